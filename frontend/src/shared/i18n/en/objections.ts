// Words of objections: a store's cases, and the coordinator who decides them.
export const cases = {
  title: 'Objections', kind: { import: 'In your customer book', counter: 'Scanned at the counter', poster: 'The poster at the door', staff: "A clerk's code", member: 'A link that a neighbour shared', event: 'The code of an event' }, kindOf: 'A link that {who} shared', book: "In the store's customer book", won: 'Counts here',
  joined: '{who} joined', toAnswer: '{store} objects; your answer is awaited', waits: '{store} objects; the coordinator decides', ourWaits: 'Counts for {store}; we object, and {store} may answer', ourRipe: '{store} has answered; the coordinator decides',
  kept: 'Decided for {store}', ours: 'Decided for us', back: 'Withdrawn', both: 'Both say they brought them in', noClaim: '{store} has no claim on record, only its word',
  said: '{store}, {at}', decision: 'The coordinator, {at}', answer: 'Answer', answerTitle: 'Your side of it', answerHint: '8 to 400 characters. What is said stays; {store} and the coordinator read it.', answerSend: 'Hand it to the coordinator', answered: 'Answered. The coordinator decides.',
  until: 'Answer before {at}. The coordinator decides; both sides’ words stay.', late: 'Seven days have passed without an answer. The coordinator decides; both sides’ words stay.', decides: 'The coordinator decides; both sides’ words stay. Until then a purchase does not post the credit.',
  withdraw: 'Withdraw', withdrawTitle: 'Withdraw this objection', withdrawText: 'It counts for {store} as before, and you cannot object to it again.', withdrawYes: 'Withdraw', withdrawNo: 'Not now', withdrawn: 'Withdrawn. It counts as before.',
  objected: 'Of these objected to, your answer awaited', objectedWait: 'Of these objected to, the coordinator decides',
  lost: 'You had invited them too', lostOne: '{who} counts for {store}', lostNote: 'Not posted yet; you may object', lostWhy: 'You had invited them too; why it counts for {store}', nothing: 'No objection', nothingSaid: 'Noted. It is not listed any more.', object: 'Object', objectTitle: 'Object over {who}', objectHint: 'A reason of 8 to 400 characters. {store} and the coordinator read it; what is said stays.', objectSend: 'Object', objectSent: 'You object. {store} may answer.',
  lostAfter: '{store}’s credit is not posted yet. You may object until it is, and before {at} at the latest.', byNumber: 'Not on the list? Object by member number', numberTitle: 'Object by member number', number: 'Member number', numberHint: 'As the books write it, such as 0386', reason: 'Why your store brought them in', numberSend: 'Object', numberSent: 'You object. The other store may answer.', closed: 'Closed', some: '{n}',
}

export const desk = {
  title: 'Objections to decide', none: 'Nothing to decide', ripe: 'Both sides are heard; it can be decided', overdue: 'It has waited for more than a week', waits: '{store} may answer until {at}', silent: '{store} has not answered within seven days', pick: 'Decide for', now: 'Has it now',
  reason: 'Why', reasonHint: '8 to 400 characters; both stores read it, and it stays', send: 'Decide', decide: 'Decide', sent: 'Decided for {store}', title2: 'Whose is {who}', record: 'Objections and decisions', decided: 'Decided for {store}, {at}', withdrawn: 'Withdrawn, {at}', claims: 'Claims', store: 'Store', how: 'How', when: 'When', why: 'Does it count', rule: 'The rule: ', left: 'The store has left, so it is void',
  noClaims: 'No claims on record', given: 'Given by the coordinator',
}

export const standing = {
  letGo: 'Let it leave', letGoTitle: 'Let {name} leave the street', letGoText: 'Its join codes stop, credits that wait are void, and nobody owes it commission for its members from then on. What has posted stays, and it can still read its books.', sure: 'I am sure: {name} leaves', gone: '{name} has left', left: 'Left', backText: 'Its join codes and coupons work again, and commissions count from now on. What was void stays void.',
}
