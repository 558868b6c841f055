// Several coupons on one bill at the counter.
export const stack = {
  works: '{n} coupon works on this bill | {n} coupons work on this bill', best: 'Use the best', dropped: 'They do not go together. Taken off: {titles}', others: '{n} more does not apply: see why | {n} more do not apply: see why',
  lines: 'Write the bill by lines, for coupons by the piece', another: 'Another line', unit: 'Line {n}, price of a piece', pieces: 'Line {n}, pieces', goods: 'Line {n}, what it is', goodsHint: 'what it is', dropLine: 'Drop line {n}',
  rule: { gift: 'given, the bill stays', pieces: 'the cheapest is free', goods: 'on these goods only', price: 'fixed price', sum: 'off', percent: 'of what is left' }, left: 'left', refused: '“{title}” cannot be taken this time', sounds: 'Sound on', muted: 'Sound off',
}
