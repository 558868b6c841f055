// Words of objections: a store's cases, and the coordinator who decides them.
export const cases = {
  title: '有异议的', kind: { import: '在你家顾客本上', counter: '在柜台扫码', poster: '门口的海报码', staff: '店员的码', member: '街坊转的链接', event: '活动的码' }, kindOf: '{who} 转的链接', book: '早在店里的顾客本上', won: '算这家',
  joined: '{who} 入会', toAnswer: '{store}有异议，等你说明', waits: '{store}有异议，等协调人定', ourWaits: '算{store}的，我们提了异议，等{store}说明', ourRipe: '{store}说明了，等协调人定',
  kept: '判给了{store}', ours: '判给了我们家', back: '撤回了', both: '两家都说是自己带来的', noClaim: '{store}没有来路，只凭说的话',
  said: '{store}，{at} 说', decision: '协调人，{at} 定', answer: '去说明', answerTitle: '说说你家的理', answerHint: '写一句话说清楚，8 到 400 个字。说过的话不能改，{store}和协调人都看得到。', answerSend: '说好了，交给协调人', answered: '说明了，等协调人定',
  until: '{at} 前说明就行。由协调人定，两家的话都留着。', late: '过了七天，没有说明。由协调人定，两家的话都留着。', decides: '由协调人定，两家的话都留着。没定之前，买了东西也先不入账。',
  withdraw: '撤回异议', withdrawTitle: '撤回这个异议', withdrawText: '撤回以后照旧算{store}的，这一笔不能再提。', withdrawYes: '撤回', withdrawNo: '先不撤', withdrawn: '撤回了，照旧算',
  objected: '其中有异议，等你说明', objectedWait: '其中有异议，等协调人定',
  lost: '你家也请过，算给了别家', lostOne: '{who}，算{store}的', lostNote: '还没入账，可以提异议', lostWhy: '你家也请过，为什么算{store}', nothing: '没有意见', nothingSaid: '知道了，不再列出来', object: '提异议', objectTitle: '对{who} 提异议', objectHint: '写一句理由，8 到 400 个字。{store}和协调人都看得到，说过的话不能改。', objectSend: '提异议', objectSent: '提了异议，等{store}说明',
  lostAfter: '{store}那笔还没入账，入账前都能提，最晚到 {at}。', byNumber: '名单上没有？按会员号提异议', numberTitle: '按会员号提异议', number: '会员号', numberHint: '账上写的号，比如 0386', reason: '为什么说是你家带来的', numberSend: '提异议', numberSent: '提了异议，等那家店说明', closed: '了结的', some: '{n} 件',
}

export const desk = {
  title: '要判的异议', none: '没有要判的', ripe: '两边都听过了，可以判', overdue: '放了一个多星期了，该判了', waits: '等{store}说明，到 {at}', silent: '{store}七天里没有说明', pick: '判给谁', now: '现在算这家',
  reason: '为什么这么判', reasonHint: '8 到 400 个字，两家都看得到，以后也改不了', send: '就这么判', decide: '判一判', sent: '判给了{store}', title2: '{who} 该算谁的', record: '异议和判定', decided: '判给了{store}，{at}', withdrawn: '撤回了，{at}', claims: '来路', store: '店', how: '怎么来的', when: '什么时候', why: '算不算', rule: '按规矩：', left: '店退出了联盟，作废',
  noClaims: '没有记下来路', given: '协调人判给的',
}

export const standing = {
  letGo: '请它退出', letGoTitle: '让{name}退出联盟', letGoText: '退出以后，它的入会码不能用，还没入账的推荐金全部作废，它带来的会员以后买东西也没有人付它佣金。已经入账的不动，它自己的账还看得到。', sure: '我想清楚了，{name}退出', gone: '{name}退出了', left: '已退出', backText: '回来以后，入会码和券照旧，佣金从现在起再算。已经作废的不还。',
}
