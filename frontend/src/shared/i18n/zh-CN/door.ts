// Words of the door: phones that go on without a network, parties, neighbours who just come by.
export const door = {
  title: '守门', open: '这台手机守门，没网也能签到', about: '名单带在手机上，断网照样签。连上网自己报上来，同一个人只算一回。',
  ready: '没网也能签', away: '没网了，先记在这台手机上', waiting: '{n} 位等着报上去', room: '没网时还能多放 {n} 位没报名的', noRoom: '没网时只认名单上的', close: '不守了',
  noted: '{name}先记下了，连上网自己报', guest: '没报名的', told: '有 {n} 位没算上', yours: '您这儿 {at} 记的',
  refused: { known: '这位已经签过了', room: '没网时能多放的都放完了，等有网再说', unread: '没网时扫会员码，或者点名单里的名字', disk: '手机没存下，清一清手机再试' },
  asSaid: '0 就是照报名的', party: '来了几位', howMany: '{name}一共来了几位', said: '报的是 {n} 位，点一下就签到', people: '{n} 位',
  neighbours: '街坊临时来的', neighboursNote: '还不是会员的也占位子。请他们扫个入会码，下回就记得了。', howManyIn: '放几位进来', letIn: '放 {n} 位进来', unnamed: '另有 {n} 位街坊不是会员',
  doors: '守门的手机', seen: '{at} 连过', takeOff: '撤下来',
  gift: '签到送什么', giftPoints: '送几积分', giftPointsNote: '你家出，进门就到账，一人一回', giftCoupon: '送一张券', giftNone: '不送券', giftNote: '发完为止，不耽误签到',
  openedBy: '{who}{at}放上来的', wentAt: '{at} 撤了', takenOff: '撤下来了', holds: '留着 {n} 个位子', strangers: '路过的街坊', doubt: '{at} 进来 {n} 位，{by}放的',
  takeOffTitle: '把「{name}」撤下来', takeOffText: '马上就不算数了。它留的位子还给大家；没网时记下的人不会自动签到，会列在这儿，您看一眼再补。', takeOffNo: '先留着',
}
