// Words of what comes after an event, and of hosting together.
export const after = {
  title: 'Afterwards', came: 'Came', missed: 'Did not', firstHere: 'First time here', walkIns: 'Members without a place', newMembers: 'Joined for it',
  sales: 'Bought at your store within seven days', buyers: '{n} guests, until {day}', street: 'Bought elsewhere on the street', later: 'Told after {day}, so that nobody is seen buying', withheld: 'Too few, or one store only: not told', buyersThere: '{n} guests, at other stores', notYet: 'Not yet',
  thank: 'Thank the {n} who came', thankNote: 'One letter each, sent once.', words: 'Thank you for coming to “{title}”. We keep you a seat next time.', wordsLabel: 'What the letter says', send: 'Send to all', thanked: 'Thanked on {day}: {n} guests',
  photos: 'Photos onto the street', photoWords: 'A word or two, such as: every seat was taken', choose: 'Choose photos', post: 'Post', posted: 'On the street now', uploading: 'Uploading', drop: 'Leave this one out',
  gift: 'Our own coupon for guests', giftNote: 'One for each member who is checked in, whoever does it', giftNone: 'Choose one if you like',
  hosts: 'Hosting together', askHosts: 'Host with other stores', hostsNote: 'A store that accepts sees the list and checks guests in. Moving it or calling it off stays with you.', sendHosts: 'Ask these', hostsWith: 'Together with {store}', hostAsked: '{store} was asked and has not answered',
  asksYou: '{store} asks you to host “{title}” together', accept: 'Host together', decline: 'Not this time',
  streetTitle: 'Events of {street}', streetNone: 'Fairs, markets and whatever the whole street does together begins here', firstStreet: 'First event of the street', streetSales: 'Bought on the street within seven days', streetHosts: 'A store that accepts sees the list and checks guests in. Moving it or calling it off stays with the alliance. Each may give the guests a coupon of its own.',
  broughtCame: 'Members you brought who came to events', people: ' people',
}
