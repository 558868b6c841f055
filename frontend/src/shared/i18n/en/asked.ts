// Words of a redemption that got no answer.
export const askedWords = {
  unsure: 'No answer came: it may be done or not', how: 'It is asked for again by itself, and counts once however often. In a hurry, serve the next guest; you will be told.',
  again: 'Ask again now', price: 'Reckon again', short: 'Not complete yet: eight digits of a member, or twelve signs of a coupon',
  waiting: 'No answer yet to the bill of {at} ({yuan}); still asking', done: 'The bill of {at} that got no answer is redeemed: {yuan} taken', refused: 'The bill of {at} that got no answer ({yuan}) was not redeemed: {why}',
}
