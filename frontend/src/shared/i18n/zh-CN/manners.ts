// 街谈的规矩，街坊这一头：举报、屏蔽、记的次数、申诉。
export default {
  helper: '问小二',
  title: '我在街谈',
  lead: '街谈里不打广告。记了的、等着看的、屏蔽的，都在这里。',
  failed: '没拿到，网可能断了',
  clean: '没有记过，也没有等着看的。',
  muted: '{at} 以前不能在街谈里说话', mutedWhy: '管理员说：{why}',
  waiting: '等管理员看', waitingSay: '看过就发出来',
  strikes: '记过的', nth: '第 {n} 次', points: '扣了 {n} 分', until: '{at} 后不再算',
  byRule: '规则认的：{evidence}', byPerson: '管理员定的',
  appeal: '我要申诉', appealSay: '写几句为什么不算广告，管理员会看。只能申诉一次。', appealPlace: '比如：这是朋友店里的号，不是我卖东西', send: '交上去', sent: '交上去了，等管理员回话。',
  state: { open: '申诉在等回话', granted: '申诉成立，分退回来了', refused: '维持原判' },
  mine: '我说的', answer: '回话',
  blocked: '屏蔽的人', unblock: '不屏蔽了', unblocked: '又能看到他们说的了。',
  menu: '这条怎么了',
  report: '举报给管理员', reportSay: '说一句哪里不对，管理员会看。对方不知道是谁说的。', reportPlace: '比如：天天发，卖假货', reported: '交给管理员了。',
  block: '不看 {name} 说的', blockSay: '以后街谈里不再出现 {name} 说的话，对方不知道。可以在“我”里改回来。', blockedNow: '不再看到了。',
}
