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
  scan: {
    title: { code: '扫会员码', bill: '收钱', done: '记好了' }, next: '下一位', lens: '摄像头', again: '再试一次',
    camera: { off: '摄像头停了', starting: '正在开摄像头', on: '', denied: '没有摄像头的权限，输八个数字也行', absent: '这台机器没有摄像头，输八个数字' },
    typed: '会员码八个数字，或券码', who: '看看是谁', looking: '正在看', guest: '会员', comma: '，', times: '今年第 {n} 次来，{number} 号',
    change: '换一张', without: '这一单不用券', none: '没有这儿能用的券', see: '看看 {n} 张', bill: '这一单多少钱', failed: '没办成，钱没动',
    take: '收', redeem: '核销', fillBill: '先填这一单多少钱', purchase: '记一单 {yuan}', visitOnly: '没买东西，只记到店', undoToday: '今天打烊前都能撤销',
    which: '用哪张券', noCoupon: '不用券', noCouponText: '照原价收，积分照记', receipt: '账单', thisBill: '这一单', toTake: '应收',
    bears: '省下的 {yuan}，{n} 家分着出', us: '我们店', paysTo: '付给{store}', brought: '{store}带来的会员，佣金 {bps}', keeps: '我们店实得', points: '给会员的积分',
    done: '收了 {yuan}，{at} 核好，记在账里', reversed: '撤销了，券还给会员，账也冲回来了', noted: '记了 {yuan}，{at}', seen: '记到店，{at}',
    undo: '撤销这一单', undoText: '券还给会员，各家分的、积分和佣金都冲回来。两笔都留在账上。', reason: '为什么撤销',
  },
}
