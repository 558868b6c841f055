// 连载：一回一回讲，跟着看的人不落下。
export default {
  title: '连载', lead: '林师傅教做菜，邻居写遛狗，一回一回往下讲。',
  parts: '{n} 回', noParts: '还没开讲', followers: '{n} 位跟着看', readTo: '您看到第 {n} 回', readAll: '您都看完了', nameless: '没留名字的连载',
  running: '正在讲', paused: '歇一阵', ended: '讲完了', goesOn: '还讲不讲', endedFor: '讲完就收住了，不能再往下加。',
  cover: '封面', noCover: '不要封面', partOf: '「{series}」第 {n} 回', failed: '没取到，再试一次', empty: '街上还没有连载', emptyText: '有手艺的、有故事的，开一个，一回一回讲。', gone: '没有这个连载', end: '街上的连载就这些',
  start: '开一个连载', change: '改一改', keep: '存好', name: '叫什么', about: '讲什么', who: '谁来讲',
  follow: '跟着看', unfollow: '不跟了', followed: '跟上了，有新的一回就写信告诉您', unfollowed: '不再告诉您了',
  fromStart: '从头看起', goOn: '接着看第 {n} 回', next: '讲第 {n} 回', partName: '这一回讲什么', words: '怎么讲', tell: '讲出去',
  partGone: '这一回撤下来了', noneYet: '还没开讲，跟着看，头一回来了告诉您', readOn: '往下看', talk: '大家说了 {n} 句', talkFirst: '还没人接话，您先说一句', writing: '写个故事', after: '第 {n} 回：{title}', before: '回头看第 {n} 回：{title}',
  write: '只写一篇？写个故事', storyTitle: '故事叫什么', storyText: '从头讲起，空一行就是另起一段', publish: '贴到街上', published: '贴出去了，街上的人都看得到', minutes: '{n} 分钟读完', whole: '读全文', storyGone: '这个故事撤下来了', storyMissing: '没有这个故事，或者还在等管理员看', share: '给朋友看', storyEnd: '讲完了。想说一句，就在下面接。', photosHint: '照片按顺序排在段落中间，第一张在最上面。',
  endOf: { running: '讲到这儿了，下一回等着', paused: '讲到这儿，歇一阵再说', ended: '全讲完了，谢谢您看到这儿' },
}
