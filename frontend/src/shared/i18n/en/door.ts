// Words of the door: phones that go on without a network, parties, neighbours who just come by.
export const door = {
  title: 'The door', open: 'Use this phone at the door, even without a network', about: 'It carries the list and keeps going. Back on the network it reports by itself; nobody counts twice.',
  ready: 'Works without a network', away: 'No network: kept on this phone', waiting: '{n} waiting to be reported', room: 'Without a network, {n} more may come in who did not sign up', noRoom: 'Without a network, only those on the list', close: 'Stop',
  noted: '{name} is noted and reported later', guest: 'Without a place', told: 'Not counted: {n}', yours: 'Noted here at {at}',
  refused: { known: 'Checked in already', room: 'No more may come in without asking; wait for the network', unread: 'Without a network, scan the member code or choose a name', disk: 'This phone could not keep it. Make room and try again' },
  asSaid: '0: as many as they said', party: 'How many', howMany: 'How many came with {name}', said: 'They said {n}; tap to check in', people: '{n}',
  neighbours: 'Neighbours who just came by', neighboursNote: 'They take places too. A join code at the door, and you know them next time.', howManyIn: 'People', letIn: 'Let {n} in', unnamed: 'And {n} neighbours who are no members',
  doors: 'Phones at the door', seen: 'Seen at {at}', takeOff: 'Take off',
  gift: 'What the door gives', giftPoints: 'Points', giftPointsNote: 'From your store, at the check-in, once each', giftCoupon: 'A coupon', giftNone: 'No coupon', giftNote: 'While there are any; nobody is held up by it',
  openedBy: 'Opened by {who}, {at}', wentAt: 'Went at {at}', takenOff: 'Taken off', holds: 'holds {n} places', strangers: 'Neighbours passing by', doubt: '{n} let in at {at} by {by}',
  takeOffTitle: 'Take “{name}” off the door', takeOffText: 'It counts no more from this moment. The places it holds are everybody’s again. Whom it let in without a network is not checked in by itself: they are listed here for you to look at.', takeOffNo: 'Leave it',
}
