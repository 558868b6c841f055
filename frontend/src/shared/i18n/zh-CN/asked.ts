// Words of a redemption that got no answer.
export const askedWords = {
  unsure: '没等到回音，还不知道记没记上', how: '一直在替您问，问几遍都只记一次。急的话先接下一位，有了回音告诉您。',
  again: '现在再问一次', price: '再算一次', short: '还没输全：会员码八个数字，券码十二个字',
  waiting: '{at} 那一单（收 {yuan}）没等到回音，还在问', done: '{at} 没等到回音的那一单，核好了，收 {yuan}', refused: '{at} 没等到回音的那一单（收 {yuan}）没核上：{why}',
}
