export default {
  area: '柜台',
  tabs: { label: '店铺菜单', desk: '柜台', coupons: '券', events: '活动', customers: '顾客', ledger: '账', store: '店' },
  desk: {
    hello: { morning: '{name}，早上好', noon: '{name}，中午好', afternoon: '{name}，下午好', evening: '{name}，傍晚好', night: '{name}，夜深了' },
    open: '正在营业，到 {at}', opens: '还没开门，{at} 开', closed: '今天歇业',
    today: '今天的数', visits: '今天到店', people: '人', more: '比{than}多 {n} 人', less: '比{than}少 {n} 人', same: '和{than}一样',
    byHour: '每小时到店：', hourOf: '{hour} 点 {n} 人', comma: '，', hour: '{n} 点', now: '现在',
    figures: '今天的账', redeemed: '核券', newMembers: '新会员', pending: '推荐金，待入账', toSign: '{store}请你家签「{title}」',
    care: '今天该招呼谁', all: '全部 {n} 位', careDone: '今天该招呼的都招呼了，歇会儿吧。', action: { greet: '问候', thank: '道谢', reply: '回话' },
    notices: '店里的动静', live: '随时更新', quiet: '今天还没有动静。', scan: '扫会员码', scanFor: '核券、记到店、记积分',
  },
}
