// Words of the private chat between a member and a store: both sides' screens.
export default {
  title: '聊天', with: '跟{name}聊聊', failed: '聊天没取到', listFailed: '聊天没取到', earlier: '再往前看', begins: '从这里开始',
  say: '写一句', send: '发出去', sending: '正在发', photo: '发照片', photoFailed: '照片没传好', photoOf: '照片', opening: '正在取照片', coupon: '发一张券', noCoupons: '眼下没有能领的券', ready: '常用的话', couponGone: '这张券看不到了',
  read: '已读', by: '{name}回的', handed: '{name}接着跟您聊', handedUs: '转给{name}了', away: '店里休息了，{at} 回来接着回您。', backAt: '现在休息，{at} 回来', awayUs: '自动回了一句：{at} 回来',
  empty: '还没说过话', emptyText: '问尺码、问有没有货、约个时间，写一句就行。只有您和店里看得到。', emptyUs: '还没聊过，先打个招呼吧。',
  muted: '您关了这家店的消息，在「我」的隐私里打开就能接着聊。', mutedUs: '这位会员关了我们店的消息，先别打扰。', blocked: '这家店暂时不收您的消息，有事请到店里说。', blockedUs: '我们不收这位的消息。',
  unread: '{n} 条没看', none: '还没有人来聊', noneText: '会员在店铺页点「聊聊」，话就到这里。', noneMine: '眼下没有归你管的', noneUnread: '都看过了', end: '就这些了', kinds: { all: '全部', unread: '没看的', mine: '归我的' }, which: '看哪些',
  preview: { photo: '［照片］', coupon: '［券］', away: '［自动回话］', handed: '［换人接待］' }, pick: '挑一位，接着聊', you: '您：', us: '我们：',
  hand: '转给同事', handTo: '转给谁', block: '不再收消息', unblock: '重新收消息', more: '还能做什么', keeper: '{name}在管', who: '这位顾客', portrait: '看看这位顾客', stranger: '还不是店里的顾客，没有记过什么。',
  answering: '休息时间和常用的话', quietFrom: '几点开始休息', quietUntil: '几点回来', quietHint: '休息时有人来问，自动说一声几点回来；店里的提醒也等到那时。不休息就都空着。', awayText: '休息时说什么', awayHint: '空着就说几点回来', cannedTitle: '标题', cannedText: '话', addCanned: '加一条', dropCanned: '不要这条', save: '改好了', saved: '记下了',
}
