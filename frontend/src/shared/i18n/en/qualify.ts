// Words of the shopper’s question what works at a shop.
export const qualify = {
  ask: 'What works on this bill', title: 'What works on this bill', store: 'Where', bill: 'The bill, yuan', go: 'See what I save', looking: 'Working it out', best: 'Best together', off: '{yuan} off', pay: 'You pay {yuan}', none: 'None of your coupons work on this bill', fits: 'Works', not: 'Does not work', gift: '{gift} as a gift', inBest: 'counted in', wrong: 'Write a figure, such as 68 or 68.50',
  note: 'Show your member code at the counter; the store takes this price.',
}
