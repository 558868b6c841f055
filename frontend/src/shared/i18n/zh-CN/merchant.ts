import { askedWords } from './asked'
import asks from './asks'
import { cases } from './objections'
import { leaflet } from './leaflet'
import { after } from './after'
import { door } from './door'
import { handing } from './handout'
import { honour } from './honour'
import { plan } from './plan'
import { papers } from './papers'
import { bringing } from './bringing'
import { pricing } from './pricing'
import { seal } from './proof'
import { rest } from './rest'
import { repeat } from './repeat'
import { marketDays } from './marketDays'
import { scope } from './scope'
import { closing, groups, paper, sections, settlement } from './settlement'
import { stack } from './stack'
import { history, life, offline, tills } from './tills'
import { signup } from './signupTerms'
import { persona } from './persona'
import { tv } from './tv'

export default {
  signup, door, tv, persona, after, papers, bringing,
  leaflet,
  tabs: { label: '店铺菜单', desk: '柜台', coupons: '券', events: '活动', customers: '顾客', ledger: '账', store: '店', alliance: '联盟' },
  desk: {
    hello: { morning: '{name}，早上好', noon: '{name}，中午好', afternoon: '{name}，下午好', evening: '{name}，傍晚好', night: '{name}，夜深了' },
    door: { open: '正在营业，到 {closes}', shut: '还没开门，{opens} 开', over: '今天打烊了', off: '今天歇业' },
    today: '今天的数', visits: '今天到店', people: '人', more: '比{than}多 {n} 人', less: '比{than}少 {n} 人', same: '和{than}一样',
    byHour: '每小时到店：', hourOf: '{hour} 点 {n} 人', comma: '，', hour: '{n} 点', now: '现在',
    figures: '今天的账', redeemed: '核券', newMembers: '新会员', pending: '推荐金，待入账', toSign: '{store}请你家签「{title}」',
    care: '今天该招呼谁', all: '全部 {n} 位', careDone: '今天该招呼的都招呼了，歇会儿吧。', action: { greet: '问候', thank: '道谢', reply: '回话' },
    notices: '店里的动静', live: '随时更新', quiet: '今天还没有动静。', scan: '扫会员码', scanFor: '核券、记到店、记积分',
  },
  asks, asked: askedWords, offline, tills, history, life,
  scan: {
    title: { code: '扫会员码', bill: '收钱', points: '收积分', done: '记好了' }, next: '下一位', lens: '摄像头', again: '再试一次',
    camera: { off: '摄像头停了', starting: '正在开摄像头', on: '正在看', denied: '没有摄像头的权限，输八个数字也行', absent: '这台机器没有摄像头，输八个数字' },
    typed: '会员码八个数字，或券码', who: '看看是谁', looking: '正在看', guest: '会员', comma: '，', times: '今年来过 {n} 次，{number} 号',
    none: '没有这儿能用的券', bill: '这一单多少钱', failed: '没办成，钱没动',
    take: '收', redeem: '核销', fillBill: '先填这一单多少钱', purchase: '记一单 {yuan}', visitOnly: '没买东西，只记到店', undoToday: '今天打烊前都能撤销',
    receipt: '账单', thisBill: '这一单', toTake: '应收',
    bears: '{yuan} 由 {n} 家分着出', us: '我们店', paysTo: '付给{store}', brought: '{store}带来的会员，佣金 {bps}', keeps: '我们店实得', points: '给会员的积分',
    done: '收了 {yuan}，{at} 核好，记在账里', reversed: '撤销了，券还给会员，账也冲回来了', noted: '记了 {yuan}，{at}', seen: '记到店，{at}',
    undo: '撤销这一单', undoText: '券还给会员，各家分的、积分和佣金都冲回来。两笔都留在账上。', reason: '为什么撤销',
    honour,
  },
  handing,
  coupons: {
    title: '券', make: '做一张新券', none: '还没有券', noneText: '做一张，街上的人都看得到。请隔壁一起出，来的人更多。', end: '就这些了',
    waits: '等你家签字', own: '我们做的', carried: '我们分着出的', counts: '领了 {claimed} 张，共 {stock} 张',
    state: { draft: '草稿', signing: '等签字', scheduled: '到点就发', live: '正在发', paused: '停发', ended: '结束了', archived: '收起来了' },
  },
  campaign: {
    make: '做一张新券', seen: '顾客看到的样子', untitled: '还没取名', to: '用到 {at}', kind: '先挑个样子',
    kinds: { amount: '满减', percent: '打折', gift: '送东西', fixed_price: '一口价', buy_x_get_y: '买送', punch_card: '次卡' },
    sample: { amount: '¥10', percent: '8.8 折', gift: '赠', fixed_price: '¥99', buy_x_get_y: '买二\n送一', punch_card: '5 次' },
    title: '叫什么', titleHint: '比如：秋冬街坊券', off: '减多少，元', percent: '减百分之几', percentHint: '减 12 就是 8.8 折', gift: '送什么', giftHint: '比如：菊花茶一壶', worth: '这份值多少，元',
    price: '一口价，元', buy: '买几件', get: '送几件', cap: '一张最多减，元', min: '满多少能用，元', stock: '一共几张', each: '每人最多领几张',
    when: '哪天能用', from: '从哪天发', until: '用到哪天', days: '星期几能用', bears: '谁来出这 {yuan}', whole: '合起来 100%',
    yours: '每张出 {yuan}，差的都归你家', theirs: '每张出 {yuan}', share: '{store}出几成', drop: '不请了', invite: '再请一家',
    worst: '最坏要花多少', allUsed: '每一张都用掉', atMost: '封顶', together: '一共', sign: '签字，请各家签', start: '签字，开始发', draft: '存成草稿', ownerSigns: '草稿存好，店主签了字才发',
    results: '用得怎样', left: '还剩 {n} 张，共 {of} 张', shares: '谁出多少', atMostYuan: '最多 {yuan}', signed: '签了', signedAt: '{by}签，{at}', mark: '签', declined: '没答应', waiting: '等{store}签字',
    claims: '{from} 起，{until} 前能领', edit: '改一改', submit: '签字送出', pause: '先停发', resume: '接着发', end: '不发了', signShare: '签字，出 {n}%', decline: '这回不参加',
  },
  store: {
    keeper: '{name}看店，{place}', face: '店面和故事', faceAbout: '店名、谁在柜台、店里的故事、招牌的颜色', name: '店名', persona: '柜台后面是谁', personaHint: '街坊怎么叫，就怎么写，比如：陈姐',
    storyTitle: '一句话说这家店', story: '店里的故事', storyHint: '像和街坊说话那样写，手艺、来历、规矩都行', color: '招牌的颜色', save: '存好', saved: '存好了，街上已经换上',
    live: '这会儿在做什么', liveNone: '窗口没挂字', liveLabel: '六个字，挂在你家窗口上', liveHint: '到 {at} 打烊自己收', liveClosed: '店还没开，开门前收掉', liveSample: '比如：试新鞋', liveOn: '挂上去', liveOff: '收下来',
    hours: '几点开门', everyDay: '每天', off: '歇业', comma: '，', openOn: '{day}开门', opensAt: '{day}几点开', closesAt: '{day}几点关', addSpan: '加一段', dropSpan: '去掉这一段', alike: '每天都照头一天', hoursHint: '中午要关一会儿，就加一段。关门填 00:00 是到半夜。',
    poster: '贴门口的海报', helper: '小二', helperAbout: '答不上来的等店里答，答了能教他', posterAbout: '一张 A4，扫码就入会', you: '{name}', otherCounter: '去{store}的柜台', asSeen: '看看街上的人看到的店', toStreet: '回街上逛逛', language: '语言', theme: '白天还是夜里', themes: { auto: '跟手机', light: '白天', dark: '夜里' },
  },
  staff: {
    title: '店里的人', add: '添一个人', added: '{name}可以用自己的手机登录了', gone: '{name}不在这家店了', since: '{phone}，{day}起', letGo: '请走', end: '店里一共 {n} 个人',
    phone: '手机号', phoneHint: '用这个号码收验证码登录', name: '名字', role: '能做什么', may: { clerk: '扫码、核券、记到店、给活动签到、看顾客', manager: '还能做券、办活动、导入顾客、看账、改店面', owner: '还能给券签字、添人请人走' },
    letGoTitle: '请{name}走', letGoText: '马上生效，在每一台手机上都退出这家店。记过的账还写着是谁经的手。', letGoYes: '请走', letGoNo: '先留着',
  },
  links: {
    title: '入会码', make: '做一个新码', none: '还没有入会码', noneText: '做一个贴在门口，扫进来的会员记在你家名下。', kind: { counter: '柜台上的码', poster: '贴出去的码', staff: '店员自己的码' },
    about: { counter: '摆在柜台上', poster: '贴在门口、橱窗、传单上', staff: '带着你的名字，请人时给人看' }, until: '，到 {day}', came: '人进来', posterOf: '打印「{label}」的海报', shareOf: '把「{label}」发给人', where: '放在哪儿', label: '叫什么', labelHint: '比如：门口、橱窗，日后看得出人从哪儿来', makeIt: '做好', end: '每个码进来几个人，都记着',
  },
  poster: {
    label: '{store}的海报', invite: '进来坐坐，\n{street}认得您了', step: { 1: '手机扫一扫', 2: '写手机号，收验证码', 3: '整条街的店都认得您' }, scan: '扫码入会，不用下载', code: '入会码，{url}', print: '打印', tip: 'A4 纸，竖着，选「无边距」和「打印背景」最好看。想留着，就在打印里选存成 PDF。',
  },
  import: {
    title: '老本子', file: '{name}，{encoding}', other: '换个文件', reading: '正在看这个文件', choose: '选一个文件', kinds: 'CSV 或 Excel（xlsx），最大 8 MB', unread: '这个文件没读成', problem: { kind: '要 CSV 或 xlsx 的表格', size: '文件太大了，最多 8 MB', empty: '这个文件是空的' },
    tip: { 1: '先看一遍，你点头才写', 2: '只有你家看得到，别家看不到', 3: '老顾客自己扫码才成会员，你不替人点头' },
    columns: '认出的列', recognised: '{of} 列认出 {n} 列', header: '列名', means: '认成', sample: '头一个', noHeader: '第 {n} 列', field: { name: '称呼', phone: '手机号', last_purchase: '最近买', total_spent: '一共买', purchases: '买过几次', tags: '标签', note: '备注', none: '不用' },
    filter: '按行看', state: { new: '新的', known: '已有', duplicate: '重复', invalid: '不对' }, about: { new: '本子里有、店里还没有的人。写进去，就能请来。', known: '店里已有的人，本子里新写的会补上，不会抹掉店里记的。', duplicate: '同一个号码写了两回，只写头一回。', invalid: '这些写不进去，为什么写在后面。改好再传一回就行。' },
    none: { new: '没有新的人', known: '没有已有的人', duplicate: '没有重复的', invalid: '没有不对的' }, line: '第 {n} 行', noName: '没写名字', sameAs: '和第 {n} 行是同一个号码', end: '一共 {n} 行',
    lead: '{rows} 行，写得进 {valid} 行。', run: '写进 {n} 位', notYet: '到这儿什么都还没写', writing: '正在写', of: '写好了，一共 {n} 位', writingText: '可以先去忙别的，写完店里就有了。',
    done: '写好了', doneText: '还没入会的人可以请了：打开那个人，把请帖发过去。', nothing: '这个文件早写过了，这回什么都没变。', result: { invited: '新写进', updated: '补上了', unchanged: '没变' }, see: '看看可以请的人', another: '再传一个', failed: '没写完', failedText: '已经写的都在，再传一次同一个文件，会接着写，不会重复。',
  },
  people: { chats: '聊天', chatsUnread: '{n} 条没看',
    title: '顾客', import: '导入老本子', search: '名字、标签、手机号', which: '看哪些人', kinds: { all: '全部', member: '会员', invited: '还没入会' }, invited: '还没入会', last: '{day}来过', bought: '买过 {n} 次，{yuan}', notYet: '还没来过',
    none: '还没有顾客', noneText: '门口贴上海报，或者把老本子传进来。', noneFound: '没找到这个人', noneFoundText: '少写几个字再找找。手机号只找得到肯给你家看的人。', end: '店里认得的人都在这儿了',
    origin: '你家带来的', purchases: '买过几次', spent: '一共，元', why: '熟到哪一步', portrait: '店里记的', onlyUs: '只有你家看得到', remark: '店里怎么叫', tags: '标签', tagsHint: '用空格隔开，最多 10 个', note: '备注', save: '存好', saved: '记好了',
    complaint: '什么事没了结', complain: '记下', open: '记一件没了结的事', settle: '了结了', visits: '来过的日子', noVisits: '还没来过', visitsEnd: '最近的都在这儿', kind: { scan: '到店', purchase: '买东西', redemption: '用券', check_in: '来活动', honour: '收积分' },
    inviteText: '入了会，这一页还会接着记。链接是单给这一位的，从这儿进来算你家带来的。', invite: '把请帖发过去',
  },
  events: {
    title: '活动', make: '办一场活动', none: '还没办过活动', noneText: '试吃、试鞋、教一门手艺都行，街上的日历会写上。', next: '要来的', past: '办过的、取消的', end: '就这些了', months: { 1: '1 月', 2: '2 月', 3: '3 月', 4: '4 月', 5: '5 月', 6: '6 月', 7: '7 月', 8: '8 月', 9: '9 月', 10: '10 月', 11: '11 月', 12: '12 月' }, when: '{day} {weekday} {from}–{to}', off: '取消了', full: '{n} 位坐满了', taken: '{n} 位来 {taken} 位',
    change: '改一改', what: '办什么', whatSample: '比如：秋冬试鞋会', story: '说几句', storyHint: '来的人会看到：做什么、适合谁', place: '在哪儿', day: '哪天', from: '几点开始', to: '几点结束', nextDay: '第二天', places: '几个位子', already: '已经报了 {n} 位', told: '改了时间或地方，报了名的人会收到信。', save: '存好', publish: '写进日历',
    signedUp: '报名', came: '到了', left: '还有', guests: '谁来', guestsEnd: '一共 {n} 位', nobody: '还没有人报名', nobodyText: '街上的日历里已经有了，也可以在街上说一声。', number: '{n} 号，', walkIn: '当场来的', signed: '{at}报的名', find: '名字或会员号', notFound: '名单里没有这个人，没报名的扫会员码也能进。',
    checkIn: '签到', checkInOf: '给{name}签到', here: '{at} 到', scan: '扫码签到', code: '会员码八个数字', greeted: '{name}签到了', greetedFirst: '{name}签到了，头一回来你家的活动', notChecked: '没签上',
    cancel: '不办了', cancelTitle: '这场不办了', cancelText: '报了名的 {n} 位都会收到信。取消了就不能再改回来。', cancelNobody: '还没有人报名。取消了就不能再改回来。', cancelYes: '不办了', cancelNo: '还是要办',
  },
  ledger: {
    title: '{month}的账', months: '换个月', month: { 1: '一月', 2: '二月', 3: '三月', 4: '四月', 5: '五月', 6: '六月', 7: '七月', 8: '八月', 9: '九月', 10: '十月', 11: '十一月', 12: '十二月' }, net: '本月净额', soFar: '到此刻净得', wasNet: '这个月净得', yuan: '元', earned: '该收', owed: '该付', pending: '另有 {yuan}（{n} 笔）等新会员买第一单，没买就作废。',
    where: '怎么来的', lines: '{n} 笔', group: { referral: '推荐金，已入账', referral_pending: '待入账', commission_in: '佣金，别家付来', commission_out: '佣金，付给别家', coupon_in: '券，别家分担', coupon_out: '券，分担别家', ...groups },
    adds: '净得，加得上', addsNot: '加不上，请找协调人', section: { referral: '推荐金', commission: '佣金', coupon: '券的分担', points: '积分', ...sections }, pointsOf: '发 {issued}，收 {honoured}', pt: '分',
    state: { pending: '待入账，{day}前买一单就算', voided: '作废了', reversed: '已冲回' }, why: '为什么', place: '整条街账上的第 {n} 笔，{at}，{who}', more: '{what}，看全部', allThere: '全部 {n} 笔都在这儿', noLines: '还没有',
    none: '这个月还没有账', noneText: '新会员从你家的码进来、券在别家用掉，都会记在这儿。', end: '{month}从 1 号记到此刻，一笔没落。', closing, endPast: '{month}整月，一笔没落。',
  },
  settlement: { ...settlement, paper },
  cases,
  plan,
  pricing,
  rest,
  stack,
  repeat,
  scope,
  market: marketDays,
  seal,
}
