// Words of tills without a network, of the list of receipts, and of a coupon's life.
export const offline = {
  title: { code: 'Scan a coupon', bill: 'Payment', done: 'Noted' },
  left: 'No network, still redeeming: {n} left', none: { none_left: 'Nothing more can be redeemed without a network', day_over: 'What this phone may redeem was for yesterday. Connect once to go on.' }, how: 'Ask the guest to open the coupon and show its own code. Several at once, or typed codes, wait for the network.',
  gun: 'A scanner gun works too', look: 'Look at this coupon', log: 'Taken without a network', genuine: 'Genuine, of member {n}',
  note: 'and note it', later: 'It is kept on this phone and goes into the books by itself', notKept: 'The phone could not keep this one. Do not take the money yet; free some space and try again.',
  done: '{yuan} taken at {at}, kept on this phone', hand: 'Hand the guest: {gift}', kept: 'Closing the page or an empty battery loses nothing. It goes into the books when the network is back.',
  line: '{at}, member {n}, {yuan} taken', ours: '; {yuan} yuan are our own loss',
  bringing: 'Taken without a network: {n}, on their way into the books', booked: 'Taken without a network: {n}, all in the books', unbooked: 'Not in the books: {n}', read: 'All right',
  price: { lines_needed: 'This coupon looks at what was bought; take it with a network', below_minimum: 'It works from {yuan}', no_effect: 'It would take nothing off this bill; the guest keeps it' },
  refused: {
    typed: 'Without a network only the coupon’s own code is taken; a typed one cannot be checked', forged: 'This street did not make that code. Do not take it.', unknown: 'This phone does not carry that coupon. Take it with a network.', not_yet: 'This coupon does not work yet',
    expired: 'This coupon has ended', used_here: 'This coupon was used on this phone already', weekday: 'This coupon does not work today', hour: 'This coupon does not work at this hour', not_today: 'This coupon does not work today', market: 'This coupon works on market days only; today is none',
    none_left: 'No more of this one without a network', day_over: 'What was set aside was for yesterday. Connect once, then take it.', asked: 'This coupon was redeemed a moment ago and the answer has not come; do not take it again',
  },
}

export const tills = {
  title: 'Redeeming without a network', add: 'Use this phone too', about: 'When the network is gone, a registered phone still redeems: it checks the coupon itself, and books it when it is back.',
  none: 'No phone is registered yet', unable: 'This browser cannot do it; use a newer one', this: 'this one', seen: 'On the network {at}; {n} set aside', stop: 'Take out', stopOne: 'Take {name} out', gone: '{name} is out of use; what it held is free again', added: 'Done: this phone redeems without a network',
  what: 'From now on this phone redeems without a network, as many times as are set aside for it. If it is lost, take it out of use here.', name: 'Its name', nameHint: 'For example: front phone', go: 'Register this phone',
  notThis: 'No connection. This phone is not registered: once connected, register it under Store, and it redeems without a network.',
}

export const history = {
  title: 'Redeemed coupons', open: 'Redeemed coupons', from: 'From', until: 'Until', code: 'Coupon code', number: 'Member number', by: 'By whom', anyone: 'Anyone', go: 'Search', clear: 'Show all',
  none: 'No such receipt', noneText: 'Try another day, or ask for less at once.', end: 'That is all', by_: 'by {by}', line: '{at}, {name}, no. {n}', reversed: 'taken back', off: '{yuan} off', paid: '{paid} of {bill} paid', loss: '{yuan} lost',
  unbooked: 'Not counted, taken without a network', moreLost: 'Earlier ones', booked: 'In the books', lost: '{at}, taken by {by}',
}

export const life = {
  title: 'What happened to this coupon', number: 'A coupon of member {n}',
  void: 'Make it void', voidText: 'The guest gets a letter with your reason. It cannot be undone, and this one is not given out again.', reason: 'Why; the guest reads it', voided: 'It is void, and the guest was told',
}
