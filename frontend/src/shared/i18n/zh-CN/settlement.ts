// Words of settlements: what the groups are called, the store's statements, the coordinator's months.
export const groups = {
  points_in: '积分折钱，联盟付来', points_out: '积分折钱，付给联盟', prize_in: '奖品，别家出钱', prize_out: '奖品，我们出钱', correction_in: '更正，补进来',
  correction_out: '更正，退出去', referral_out: '推荐金，付给各店', other_in: '别的，收进', other_out: '别的，付出', settled: '结清',
}

export const sections = { prize: '奖品', correction: '更正', settled: '结清的' }

const states = { waiting: '等你看', disputed: '有异议，等协调人答复', answered: '协调人答复了，等你看', confirmed: '已确认' }

export const settlement = {
  card: '{month}对账单', state: states, more: '以前的对账单', title: '{month}对账单', subtitle: '{store}，关账于 {at}', list: '对账单', none: '还没有对账单', noneText: '每月 1 号早上 9:00 出上个月的。',
  receive: '这个月该收', pay: '这个月该付', even: '这个月两清', yuan: '元', numbers: '整条街账上第 {from} 到第 {to} 笔里，跟你家有关的都在这张单上。', numbersNone: '这个月整条街没有记账。',
  what: '怎么来的', count: '{n} 笔', total: '净额', totalProof: '该收 {earned}，减该付 {owed}', with: '和谁', fund: '联盟推荐基金', kept: { collect: '另替联盟基金收 {yuan} 元，算在下面的付款里。', pay: '另替联盟基金付 {yuan} 元，算在下面的付款里。' }, points: '积分', pointsOf: '发 {issued}，收 {honoured}；每 100 分折 {rate} 元',
  due: '付钱和收钱', dueNone: '这个月不用付，也没有要收的。', payTo: '付给{name}', getFrom: '收{name}的', open: '还没付', said: { payer: '{name}说付了，{at}', payee: '{name}说收了，{at}' }, saidUs: { payer: '我们记了付，{at}', payee: '我们记了收，{at}' },
  both: '两边都记了，清了', mark: { payer: '记下：付了', payee: '记下：收到了' }, unmark: '撤回', how: '怎么付的', ways: { cash: '现金', wechat: '微信', bank: '转账' }, marked: '记下了', unmarked: '撤回了', paidNote: '付了钱再记；对方也记了，账才清。',
  confirm: '对，我们确认', confirmAnyway: '不争了，我们确认', confirmed: '确认了', confirmText: '确认了就定了。以后发现不对，找协调人在下个月更正。', dispute: '有异议', disputeTitle: '哪儿不对', disputeHint: '说清楚是哪一笔、该是多少，8 个字以上', send: '交给协调人', disputed: '交给协调人了',
  talk: '说过的话', who: { confirm: '我们确认了', dispute: '我们说', reply: '协调人说' }, corrections: '为这张单做的更正', correction: '{from}付给{to} {yuan} 元，记在下一个月', excel: '存成表格', print: '打印', saved: '存好了',
  end: '关了的月份不改一个字。有错就在下个月更正。', badge: '{n} 张对账单等你看',
}

export const closing = '{day}早上 {time} 出对账单。'

export const paper = {
  title: '{month} 对账单', store: '店铺', closed: '关账时间', numbers: '账本编号', item: '项目', lines: '笔数', earned: '该收（元）', owed: '该付（元）', total: '合计', net: '净额', netIn: '应收', netOut: '应付', even: '两清',
  points: '积分：发出 {issued} 分，收下 {honoured} 分，每 100 分折 {rate} 元', payments: '付款', from: '付款方', to: '收款方', amount: '金额（元）', state: '状态', states: { open: '未付', paid: '付款方已记', received: '收款方已记', settled: '两清' },
  sign: '店铺签字', signFund: '联盟签字', date: '日期', seal: '封条：第 {n} 笔，{at}，{words}', print: '打印这一页', back: '回去', hint: '微信里不能直接打印：点右上角，用浏览器打开。', printed: '打印于 {at}',
}

export const alliance = {
  month: { 1: '一月', 2: '二月', 3: '三月', 4: '四月', 5: '五月', 6: '六月', 7: '七月', 8: '八月', 9: '九月', 10: '十月', 11: '十一月', 12: '十二月' },
  nav: '结算', title: '月底结算', lead: '每月 1 号早上 9:00 关上个月的账，一家一张单，净下来几笔就付清。关了就不改，错了在下个月更正。', next: '{month}还没关，{at}自动关。', nextDue: '{month}过完了，可以关账。到 {at} 不关也会自动关。', close: '关上{month}的账', closed: '{month}关好了',
  none: '还没有关过账', noneText: '过完第一个月，1 号早上 9:00 自动出对账单。', months: '关了的月份', progress: '确认 {confirmed} / {statements}，付清 {settled} / {payments}', confirmed: '确认了', settled: '付清了', moved: '一共要付', disputedN: '{n} 家有异议，等你答复', by: { clock: '到点自动关的', hand: '协调人关的' },
  statements: '各家对账单', store: '店', earned: '该收', owed: '该付', net: '净额', state: { waiting: '等店里看', disputed: '有异议', answered: '答复了，等店里看', confirmed: '已确认' }, fund: '联盟推荐基金', keeper: '由{store}管钱', payments: '付款', paymentsNone: '这个月不用付款。', to: '收的',
  payment: { open: '还没付', paid: '付的说付了', received: '收的说收了', settled: '两边都记了' }, mark: { payer: '联盟付了', payee: '联盟收到了' }, unmark: '撤回', says: { dispute: '{store}说', reply: '协调人答', confirm: '{store}确认了' }, reply: '答复{store}', replyHint: '说清楚怎么回事，8 个字以上', send: '答复', replied: '答复了',
  correct: '记一笔更正', correctFor: '替{store}记一笔更正', correctLead: '更正记在还没关的月份里，关了的月份不动。', payer: '谁付', payee: '付给谁', yuan: '多少元', reason: '为什么', reasonHint: '两家都看得到，8 个字以上', correctDo: '记下更正', corrected: '更正记下了，算在下一个月', corrections: '更正：{from}付给{to} {yuan} 元，{reason}',
  excel: '存成表格', end: '{month}就这些。', rate: '每 100 积分折 {yuan} 元，账本第 {from} 到第 {to} 笔。', back: '所有月份', count: '{n} 笔', pointsOf: '积分发 {issued}，收 {honoured}',
}
