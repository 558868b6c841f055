// Words of what comes after an event, and of hosting together.
export const after = {
  title: '散场以后', came: '来了', missed: '没来', firstHere: '头回进店', walkIns: '临时来的会员', newMembers: '为这场新入会的',
  sales: '七天里在你家买了', buyers: '{n} 位，算到 {day}', street: '七天里在别家买了', later: '{day}以后才看得到，免得看出是谁', withheld: '人太少，或者只在一家，就不写了', buyersThere: '{n} 位，都在街上别的店', notYet: '还没到日子',
  thank: '谢谢来的 {n} 位', thankNote: '一人一封信，只发一回。', words: '谢谢您来「{title}」，下回还给您留座。', wordsLabel: '信里写什么', send: '都送到', thanked: '{day}谢过了，送到 {n} 位',
  photos: '照片发到街谈', photoWords: '说两句，比如：今天坐得满满的', choose: '挑照片', post: '发出去', posted: '发到街谈了', uploading: '正在传', drop: '不要这张',
  gift: '签到的人，本店也送一张券', giftNote: '谁签的到都送，一人一张', giftNone: '想送就选一张',
  hosts: '一起办的店', askHosts: '请别家一起办', hostsNote: '答应了的店看得到名单，也能在门口签到。改时间、取消还是你家说了算。', sendHosts: '请这几家', hostsWith: '和{store}一起办', hostAsked: '请了{store}，还没回话',
  asksYou: '{store}请你家一起办「{title}」', accept: '一起办', decline: '这回不了',
  streetTitle: '{street}的活动', streetNone: '庙会、集市、整条街一起办的事，都从这儿发', firstStreet: '头回来街上的活动', streetSales: '七天里在街上买了', streetHosts: '答应了的店看得到名单，也能在门口签到。改时间、取消还是联盟说了算。签到的人，各家还能送一张自己的券。',
  broughtCame: '你带来的人里，来过街上活动的', people: '位',
}
