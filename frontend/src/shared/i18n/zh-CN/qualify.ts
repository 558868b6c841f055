// Words of the shopper’s question what works at a shop.
export const qualify = {
  ask: '这单能用哪些', title: '这单能用哪些券', store: '在哪家', bill: '这单多少钱，元', go: '看看能省多少', looking: '正在算', best: '用这几张最省', off: '省 {yuan}', pay: '只付 {yuan}', none: '这一单没有能用的券', fits: '能用', not: '用不了', gift: '送{gift}', inBest: '算在里面', wrong: '写个数，比如 68 或 68.50',
  note: '到柜台亮会员码，店家照这个收。',
}
