export default {
  nav: '街谈',
  title: '街谈的事',
  lead: '规则拿不准的、街坊举报的、不服来申诉的，都在这里等一句话。',
  none: '没有等着的',
  held: '还没发出来', shown: '已经在街上',
  why: { rule: '规则觉得像广告', first: '第一次发帖', report: '街坊举报' },
  show: '没事，让它在', remove: '拿下来', strike: '是广告，记一次',
  appeals: '申诉', nth: '第 {n} 次，扣了 {points} 分', says: '申诉的话：', answer: '回一句话', grant: '申诉成立', refuse: '维持原判',
}
