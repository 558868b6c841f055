export default {
  area: 'Counter',
  tabs: { label: 'Store menu', desk: 'Desk', coupons: 'Coupons', events: 'Events', customers: 'People', ledger: 'Ledger', store: 'Store' },
  desk: {
    hello: { morning: 'Good morning, {name}', noon: 'Good day, {name}', afternoon: 'Good afternoon, {name}', evening: 'Good evening, {name}', night: 'It is late, {name}' },
    open: 'Open until {at}', opens: 'Not open yet, opens at {at}', closed: 'Closed today',
    today: 'Today’s figures', visits: 'Visits today', people: ' ', more: '{n} more than {than}', less: '{n} fewer than {than}', same: 'The same as {than}',
    byHour: 'Visits by hour: ', hourOf: '{hour}:00 {n}', comma: ', ', hour: '{n}:00', now: 'now',
    figures: 'Today’s books', redeemed: 'Coupons used', newMembers: 'New members', pending: 'Credit pending', toSign: '{store} asks you to sign “{title}”',
    care: 'Whom to greet today', all: 'All {n}', careDone: 'Everybody is greeted. Have a rest.', action: { greet: 'Greet', thank: 'Thank', reply: 'Reply' },
    notices: 'In the store', live: 'Live', quiet: 'Nothing yet today.', scan: 'Scan a member’s code', scanFor: 'Redeem, note a visit, give points',
  },
  scan: {
    title: { code: 'Scan a code', bill: 'The bill', done: 'Noted' }, next: 'Next guest', lens: 'Camera', again: 'Try again',
    camera: { off: 'The camera is off', starting: 'Starting the camera', on: '', denied: 'No permission for the camera. Eight digits do as well', absent: 'This device has no camera. Type the eight digits' },
    typed: 'The member’s eight digits, or a coupon’s code', who: 'See who it is', looking: 'Looking', guest: 'Member', comma: ', ', times: 'Visit {n} this year, no. {number}',
    change: 'Another', without: 'No coupon for this bill', none: 'No coupon that works here', see: 'See {n}', bill: 'The bill, yuan', failed: 'Not done, no money moved',
    take: 'Take', redeem: 'and redeem', fillBill: 'Enter the bill first', purchase: 'Note a purchase of {yuan}', visitOnly: 'Nothing bought, note the visit', undoToday: 'Can be undone until the store closes today',
    which: 'Which coupon', noCoupon: 'No coupon', noCouponText: 'Full price, points all the same', receipt: 'Receipt', thisBill: 'Bill', toTake: 'To take',
    bears: '{yuan} saved, borne by one store | {yuan} saved, borne by {n} stores', us: 'Our store', paysTo: 'To {store}', brought: '{store} brought this member, {bps} commission', keeps: 'Our store keeps', points: 'Points for the member',
    done: 'Took {yuan} at {at}, redeemed and in the books', reversed: 'Undone: the coupon is back, the books are reversed', noted: 'Noted {yuan} at {at}', seen: 'Visit noted at {at}',
    undo: 'Undo this one', undoText: 'The coupon goes back to the member; shares, points and commission are reversed. Both entries stay in the books.', reason: 'Why',
  },
}
