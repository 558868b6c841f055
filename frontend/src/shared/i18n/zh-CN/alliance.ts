import conduct from './conduct'
import audit from './audit'
import { market } from './market'
import { fundPlan as plan } from './plan'
import { fundRest as rest } from './rest'
import { cases, desk, standing } from './objections'
import { alliance as settlement, groups } from './settlement'

export default {
  conduct,
  plan,
  rest,
  total: '合计',
  nav: { events: '街上的活动', label: '联盟菜单', of: '{n} 家店的联盟', overview: '总览', referrals: '推荐账', stores: '店铺', settings: '约定', street: '去街上' },
  tool: { chart: '看图', table: '看表', export: '导出' },
  overview: { title: '今天的{street}', day: '{date}，{weekday}', live: '实时', stopped: '数停在 {at}，正在接回去', span: '看多久的', days: '近 {n} 天' },
  totals: { label: '合计', members: '会员', today: '今天 {n}', visits: '今天到店', redemptions: '今天核券', events: '本周活动', tonight: '今晚 {n} 场', credits: '推荐金，本月入账' },
  flow: {
    title: '人从哪家走到哪家', note: '上弧往东，下弧往西', said: '店与店之间的人流，{n} 天。最多的是', one: '{from}到{to} {n} 人', and: '，',
    width: '线宽是人数。', none: '这些天还没有够多人走过的路。', withheld: '另有 {n} 条走的人太少，没有画出来。', from: '从', to: '到', people: '人数',
  },
  heat: { title: '一周里哪个钟头热闹', caption: '近 {n} 天每个钟头的到店人数', scale: '少到多', dash: '横线是隐去的：人太少，或者为了不让人倒推。' },
  levels: { title: '关系怎么深下去', brought: '带来新街坊', note: '{by} 个人，带来 {n} 个人' },
  book: {
    title: '推荐账', lines: '逐笔看', pending: '待入账', objections: '其中有异议', posted: '已入账', commission: '店付店的佣金', coupon: '券的分担', count: '{n} 笔',
    balanced: '借贷相等', unbalanced: '借贷不等，请跑一遍 audit', off: '差 {n}', origins: '各店带来的新会员', people: '{n} 位', hidden: '，{n} 家隐去',
  },
  cross: { title: '券从哪家走到哪家', note: '近 {n} 天，在别家用掉的券', at: '的券用在', byStore: '各店核券', none: '这些天还没有' },
  ticker: { title: '街上的动静', none: '今天还没有动静' },
  referrals: {
    title: '推荐账', lead: '谁带来了谁，凭什么算这家，都在这里。没算上的那几家，话也留着。', filter: '看哪些', search: '会员号、请人的会员号，或者店名', find: '找', by: '由{name}请来',
    none: '还没有人进来', noneText: '把入会码贴在门口，第一位进来，这里就有第一笔。', end: '就这些了，一笔没落', until: '{at}前买一单就入账，没买就作废。',
    state: { all: '全部', pending: '待入账', objected: '有异议', posted: '已入账', voided: '已作废', none: '不计' },
    kind: { counter: '在柜台扫码', poster: '扫了海报', staff: '店员的码', member: '街坊转的链接', import: '店里请的', event: '活动的码', other: '别的来路' },
  },
  stores: {
    new: '请一家新店', opened: '{name}开张了', newName: '新店', front: '门面', name: '招牌', short_name: '简称，两三个字', slug: '网址里的名字，小写字母', owner_name: '店主怎么称呼', owner_phone: '店主的手机号',
    fronts: { shoes: '鞋', noodles: '面', tea: '茶', books: '书', herbs: '药', tailor: '衣', bakery: '饼', glasses: '镜', flowers: '花', tools: '五金', kids: '童装', fruit: '果', photo: '相' },
    title: '街上的店', open: '开着，到 {at}', closed: '打烊了', brought: '带来的会员', suspended: '已停', suspend: '停一停', admit: '请回来',
    suspendTitle: '让{name}停一停', suspendText: '停了以后，它的入会码不再算推荐金，券也不能在它那儿用。已经记的账不动。', reason: '为什么',
    admitTitle: '请{name}回来', admitText: '回来以后，入会码和券照旧。', away: '{name}停了', back: '{name}回来了',
  },
  settings: {
    title: '街上的约定', lead: '十几家店一起定的数。改了从现在起算，以前的账不动。', save: '改好了', saved: '记下了，从现在起算',
    name: '街名', nameHint: '写在街头的招牌上', credit: '推荐金，元', creditHint: '带来一位新会员，联盟记给来源店多少',
    bps: '佣金，百分之几', bpsHint: '会员在别家买东西，那家付给来源店的', cap: '佣金封顶，元', capHint: '一位会员一个月最多这么多',
    vest: '多少天内买第一单', vestHint: '过了还没买，推荐金作废', quiet: '多少天不来落一级', quietHint: '关系会淡，来一回就回来',
    perYuan: '一元几积分', perYuanHint: '收多少钱，发多少积分', rate: '100 积分折多少元', rateHint: '月底结算时，发的店按这个数付，收的店按这个数得；0 到 10 元', treasurer: '谁管联盟的钱', treasurerHint: '这家店替联盟基金收和付，月底只有店和店之间付钱', treasurerNone: '联盟自己管', inviter: '请来一位得多少积分', inviterHint: '推荐金入账时给请人的那位',
  },
  settlement: { ...settlement, group: { referral: '推荐金', commission_in: '佣金，别家付来', commission_out: '佣金，付给别家', coupon_in: '券，别家分担', coupon_out: '券，分担别家', points_issued: '发出的积分', points_honoured: '收下的积分', ...groups } },
  audit,
  market,
  objections: { ...desk, kindOf: cases.kindOf },
  standing,
}
