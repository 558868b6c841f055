// Words of coupons that come to a member by another way than a claim, and go on to a friend.
export const handed = {
  big: 'Show it large', bigLabel: 'This coupon’s code, large', brighter: 'Turn the screen up: it is read faster', put: 'Put away',
  enter: 'Enter a code', enterAbout: 'Printed on paper or given by a store: twelve letters and digits', enterField: 'Code', enterHint: 'Capitals and spaces do not matter', enterGo: 'Take this coupon', entering: 'Taking it', entered: 'Yours now: {title}',
  give: 'Give to a friend', giveText: 'Send a friend a link. When they take it the coupon is theirs. Until then it is yours, to use or to take back.', giveNew: 'A friend who is new to the street comes in by your link and counts as invited by you.', giveMake: 'Make a link', giveShare: 'Send it', giveWaits: 'Waiting for your friend', giveBack: 'Take it back',
  giveLimit: 'A coupon that a friend took cannot be passed on again.', qr: 'Your friend can scan this too',
  away: 'Given away', awayEnd: 'That is all you gave away', awayTo: 'Given to {name}', awayFriend: 'Given to a friend', stampGiven: 'Given',
  take: {
    title: 'A coupon for you', gift: '{name} gives you a coupon', link: 'A coupon from {store}', paper: 'A coupon on paper', until: 'Take it by {when}', mine: 'This coupon is in your wallet already', own: 'This is your own gift, waiting for a friend', from: 'A coupon from {name}', still: 'The street still gives this coupon out: take one of your own.', stillIn: 'The street still gives this coupon out: come in and take one of your own.', another: 'Take one of your own', others: 'See what there is to take', come: 'Come in', change: 'Come in as a member', back: 'Back to your own place', go: 'Take this coupon', going: 'Taking it', not: 'No thanks, back to {name}', done: 'It is in your wallet', toWallet: 'To the wallet', hello: 'Your number, and the coupon is yours', enterIt: 'Come in and take it', known: 'This number is a neighbour’s already: come in and take it', none: 'This link does not open', works: 'Works at this store | Works at these {n} stores', staff: 'A staff account has no wallet. Use your own member account',
  },
}
