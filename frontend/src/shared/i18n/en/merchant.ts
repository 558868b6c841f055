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
}
