// Words of the page on which a member invites.
export const invite = {
  title: '请街坊进来', all: '请帖和请来的人', line: '请来 {n} 位，{b} 位买过东西，记了 {points} 积分', lineNone: '请一位街坊进来，他买过东西，记你 {each} 积分', card: '{name}请你来\n{street}坐坐', cardSmall: '扫一下，写手机号，就进来了', save: '存成图片', saved: '请帖存好了', fileName: '请帖.png',
  earned: '到现在记了', each: '街坊从你的请帖进来，{days} 天里在街上哪家买过东西，记你 {n} 积分。', eachNone: '现在请街坊进来不记积分，来了就热闹。', origin: '他买东西，你进街的那家也有一份推荐金。', who: '谁从你的请帖进来了', none: '还没有人从你的请帖进来', noneText: '把请帖转给一位街坊，他进来了，这里就有名字。',
  rules: '先说清楚', rule: { own: '自己扫自己的请帖不算。', household: '同一台手机进来的，算一家人，一家人只算一回。', once: '一个手机号只算一次，走了再回来也不重算。', store: '要是他先在柜台扫了哪家的码，就算那家请来的。' },
}
