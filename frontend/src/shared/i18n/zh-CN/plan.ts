// Words of a campaign's plan: templates, limits, money, whom it is for, versions, leaving, results.
export const plan = {
  template: '照着哪一种做', steps: { what: '样子', when: '日子', who: '给谁', money: '谁出钱' }, next: '下一步：{step}', step: '第 {n} 步，共 {all} 步',
  templates: {
    opening: { name: '开业', about: '满 30 减 10，每天 40 张', title: '开业券' },
    fresh: { name: '新品', about: '8.8 折，最多减 30', title: '新品尝鲜' },
    rain: { name: '雨天', about: '下午送一杯热的', title: '下雨进来坐坐' },
    birthday: { name: '生日', about: '生日前后 7 天，满 50 减 20', title: '生日快乐' },
    punch: { name: '次卡', about: '一张用五次，每次减 5 元', title: '老街坊次卡' },
    together: { name: '联店', about: '几家一起出，总共花 1,000 为止', title: '一条街联券' },
    back: { name: '回头客', about: '两个月没来的老客，减 15', title: '好久不见' },
    quiet: { name: '闲时', about: '周一到周四下午，8 折', title: '午后坐坐' },
  },
  rainGift: '姜茶一杯',
  fromTime: '几点开始发', validDays: '领后能用', validDaysHint: '0 就是都用到上面那天', untilHint: '空着就只看领后几天', useFrom: '哪天起能用', useFromHint: '空着就是领了就能用', lasts: '领后 {n} 天内能用', days: '天', hours: '几点能用', hoursHint: '空着就是全天', hoursFrom: '从几点', hoursTo: '到几点', notOn: '哪天不能用', notOnHint: '比如过节那几天', notOnDrop: '{day}也能用，去掉', until: '发到哪天',
  limits: '最多多少', noLimit: '0 是不限', perDay: '每天最多发', perHousehold: '一家最多领', household: '一台手机上入会的算一家', perStore: '每家店最多收', perStoreDay: '每家店每天最多收',
  audience: '发给谁', everyone: '全街都能领', all: '下面都合上的才能领', reached: '今天有 {n} 位能领', about: '今天约 {n} 位能领', few: '不到 {k} 位，不报数',
  level: '和你家的交情', levels: { any: '都行', micro: '买过的', weak: '熟客', strong: '老街坊', super: '铁杆街坊' }, tags: '你家贴的标签', tagsHint: '有一个就算', tagsSample: '常客、带孩子的', visited: '去过哪家', visitedHint: '只能选你家，和一起出券的店', lastDays: '最近几天里',
  times: '去了几次', atLeast: '至少', atMostTimes: '最多', joined: '新入会，几天之内', tookPart: '在店里说过话，几天之内', zeroAny: '0 是不管', any: '不管', birthday: '过生日', birthdays: { month: '这个月生日', around: '生日前后几天' }, birthdayDays: '前后各几天',
  money: '背后的钱', budget: '总共最多花，元', budgetHint: '0 就是张数全用掉那么多', fund: '请联盟基金出', fundName: '联盟基金', fundHint: '要协调人签字', notice: '伙伴退出，提前', covers: '伙伴退出，我家替它出', coversHint: '不点，就先停发，等改好重新签',
  reserve: '钱什么时候留', reserves: { claim: '领的时候就留好', redemption: '用的时候再扣' }, reserveAbout: { claim: '每一张都有钱兜着，领到就一定能用', redemption: '能多发一些，钱用完了后面的就用不了' },
  ofBudget: '花了，预算 {yuan}', ofWorst: '花了，全用掉是 {yuan}', spentPart: '花了 {n}%', budgetState: { low: '钱不多了，一张花到顶可能不够', spent: '钱用完了，手里的券先用不了' },
  seen: '看到', claimed: '领了', redeemed: '用了', newMembers: '带来新会员', total: '一共', cost: '出了多少，元', sales: '带来的买卖，元', salesOwn: '本店的买卖，元', salesKept: '别家做的买卖要有两家以上、够几位客人才合在一起说：一家的账、一位客人的账，别人看不到。', byDay: '一天一天看', asTable: '看表', asChart: '看图', chart: '每天领了多少、用了多少', span: '{from} 到 {until}', day: '哪天',
  versions: '改过几回', version: '第 {n} 版', versionState: { present: '现在用的', proposed: '还没送出去', signing: '等大家签', signed: '以前的', withdrawn: '收回了' }, proposedBy: '{by}写的，{at}', claimedUnder: '，领了 {n} 张', signer: { signed: '{store}签了', waiting: '等{store}签', declined: '{store}没答应' },
  signFirst: '请你家签字', signChange: '请你家签第 {n} 版', runsOn: '签齐以前照旧发，手里的券还按领的时候算。', yourShare: '你家出', worstCase: '最坏要出', worstCaseHint: '每一张都用到顶', yourCap: '你家最多出，元', capAbout: { claim: '低于最坏，就少发几张', redemption: '出到这个数，券就不再抵' },
  waitsFor: '第 {n} 版等大家签，签齐以前照旧。', toSign: '新的一版写好了，你签了字才送出去。', submit: '签字，请各家签', withdraw: '收回这一版', change: '改条款', changeAbout: '改了是新的一版，要大家重新签；签齐以前照旧发。', propose: '存好这一版',
  refused: '{stores}没答应。改一改份额，或者不请它，再送大家签。', refusedVersion: '{stores}没答应，照旧发着。改一改再送，或者收回这一版。', stillAsked: '等{stores}签字，它们的柜台上都写着。', and: '、',
  termsAll: '全部条款', notDone: '没办成', description: '说几句', descriptionHint: '比如：堂食、外带都行', dayRun: '{from}到{to}', market: '逢集用', stopsAt: '总共花到 {yuan} 就停，各家按份额出。',
  archive: '收起来', archived: '收起来的', archivedNone: '没有收起来的', copy: '再做一张', copyAbout: '样子、份额、限额都照旧，换个日子。存成草稿，先看过再签。', copyDo: '照样做一张',
  nameFirst: '先给券取个名', endAbout: '还有 {n} 张没领，停了就不再发。停了不能接着发，要发请照样再做一张。', endAboutNone: '停了不能接着发，要发请照样再做一张。', endKept: '领了的照样能用，各家照样出。', endYes: '说定了，不发了',
  most: '最多的一天 {n} 张',
  leave: '我家退出', leaveAbout: '现在说，{n} 天后退出，到那天打烊为止还照收、照出。', leaveCovered: '以后新领的由{store}替你家出；以前领的，别家收了你家还出。', leaveStops: '到那天就先停发，等改好条款重新签；以前领的，别家收了你家还出。', leaveYes: '说好 {n} 天后退出', stay: '不退了', leaves: '{store}做到 {at}', left: '{store}退出了，{at}',
  thenCovered: '往后新领的，它那份由你家出；以前领的照样能用，它照出。', thenStops: '到那天先停发。想接着发，先改条款，大家重新签。领了的，别家照收，它照出。', thenStopped: '停发了。改好条款、大家重新签，就能接着发。领了的，别家照收，它照出。',
}

/** For the coordinator. */
export const fundPlan = { nav: '联券', title: '各家的券', lead: '谁在发什么、谁签了字、花了多少。联盟基金出的那份在这里签。', asked: '等联盟签字', running: '正在发的', past: '过去的', none: '还没有哪家发券', fund: '联盟出 {bps}', issuer: '{store}发的', counts: '领 {claimed}，用 {redeemed}', cost: '一共花 {yuan}', spent: '钱用完了', share: '联盟出', cap: '最多出，元', worst: '最坏要出', reserve: '钱什么时候留', reserves: { claim: '领的时候', redemption: '用的时候' }, sign: '签字，出 {n}%', decline: '这回不出', state: { draft: '草稿', signing: '等签字', scheduled: '到点就发', live: '正在发', paused: '停发', ended: '结束了', archived: '收起来了' } }
