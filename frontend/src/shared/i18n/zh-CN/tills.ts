// Words of tills without a network, of the list of receipts, and of a coupon's life.
export const offline = {
  title: { code: '扫券码', bill: '收钱', done: '记好了' },
  left: '没网也能核：还剩 {n} 次', none: { none_left: '没网能核的都用完了，连上网再收', day_over: '没网能核的名额是昨天的，连一下网再收' }, how: '请顾客打开券，亮出券上的码。叠着用、手输的码，等有网再说。',
  gun: '扫码枪扫进来也行', look: '看看这张券', log: '没网时记的', genuine: '真券，{n} 号会员的',
  note: '先记下', later: '先记在这台手机上，连上网自己入账', notKept: '手机没存下这一笔，钱先别收，清一清手机再试',
  done: '收了 {yuan}，{at} 记在这台手机上', hand: '把{gift}给顾客', kept: '关掉页面、手机没电都不会丢。连上网自己记进账里。',
  line: '{at}，{n} 号会员，收 {yuan}', ours: '，{yuan} 元算我们店的',
  bringing: '没网时的 {n} 笔，正在记进账里', booked: '没网时的 {n} 笔，都记进账里了', unbooked: '有 {n} 笔没记上', read: '知道了',
  price: { lines_needed: '这张券要看买了哪几样，连上网再收', below_minimum: '满 {yuan} 才能用', no_effect: '这一单用它省不了钱，券先给顾客留着' },
  refused: {
    typed: '没网时只认券上的码，手输的验不了', forged: '这个码不是我们街发的，别收', unknown: '这台手机没备着这张券，连上网再收', not_yet: '这张券还没到能用的时候',
    expired: '这张券过期了', used_here: '这张券在这台手机上用过了', weekday: '这张券今天不能用', hour: '这张券这个钟点不能用', not_today: '这张券今天不能用', market: '这张券逢集才能用，今天不逢集',
    none_left: '这张券没网能核的次数用完了，连上网再收', day_over: '名额是昨天的，连一下网再收', asked: '这张券刚才核过，还没等到回音，别再核一次',
  },
}

export const tills = {
  title: '没网也能核券', add: '这台手机也算上', about: '断网那会儿，登记过的手机照样核券：真假当场验，连上网自己入账。',
  none: '还没有登记的手机', unable: '这个浏览器做不了，换个新一点的', this: '就是这台', seen: '{at} 连过网，备着 {n} 次', stop: '停用', stopOne: '停用{name}', gone: '{name}停用了，备着的都放回去了', added: '好了，这台手机没网也能核',
  what: '以后这台手机没网也能核券，最多核备好的那几次。手机丢了，随时在这里停用。', name: '叫什么', nameHint: '比如：前台手机', go: '登记这台手机',
  notThis: '没连上。这台手机还没登记，连上以后在「店」里登记，往后没网也能核券。',
}

export const history = {
  title: '核过的券', open: '核过的券', from: '从哪天', until: '到哪天', code: '券码', number: '会员号', by: '谁核的', anyone: '都算', go: '查', clear: '不筛了',
  none: '没有这样的单子', noneText: '换个日子，或者少写一样再查。', end: '就这些了', by_: '{by}核的', line: '{at}，{name}，{n} 号', reversed: '撤销了', off: '减 {yuan}', paid: '{bill} 收 {paid}', loss: '亏 {yuan}',
  unbooked: '没网时没记上的', moreLost: '再往前看', booked: '记上账的', lost: '{at}，{by}收的',
}

export const life = {
  title: '这张券的来历', number: '{n} 号会员的券',
  void: '作废这张券', voidText: '顾客会收到一封信，写着您填的原因。作废了不能恢复，这一张也不再发给别人。', reason: '为什么作废，顾客看得到', voided: '作废了，已经告诉顾客',
}
