// Words of an event's terms of signing up, and of its list of guests.
export const signup = {
  title: '怎么报名', perMember: '一个人最多几个位子', perMemberNote: '带家里人的，一人一个位子', waiting: '候补几位', waitingNote: '满了还能排着，有人退了按先来后到问', offer: '腾出位子，等回话几分钟', cancel: '开始前几小时截止退位', cancelNote: '0 就是开始前都能退',
  who: '谁能来', whos: { everyone: '谁都能来', members: '街上的会员', level: '和你家熟的', circle: '圈子里的人' }, circle: '哪个圈子', circleNote: '报名时在圈子里的才能报；报上以后退了圈，位子还留着', level: '从哪一级起', noShows: '缺席几回不让报', noShowsNote: '半年里报了名没来的；0 就是不计较', fee: '怎么收费', fees: { free: '不要钱', points: '收积分', door: '到店付' }, points: '一位几积分', price: '一位几元',
  question: '第 {n} 个问题', askSample: '比如：带孩子吗', choices: '选项，用顿号隔开', required: '必须答', drop: '不问了', askText: '问一句', askChoice: '出个选择题', waits: '候补', waitsNote: '按先来后到', party: '一共 {n} 位，', cameAs: '来了 {n} 位', missed: '没来',
  forCircle: '只请「{circle}」圈子的人', circleGone: '请的圈子已经散了，没人能报名，改一下谁能来',
  unasked: { not_invited: '没报过名，和店里也还没那么熟', circle_only: '没报过名，也不在这一场请的圈子里', circle_gone: '没报过名，这一场请的圈子已经散了', no_shows: '没报过名，最近报了没来过好几回' },
}
