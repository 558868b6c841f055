// Words of coupons that come by another way than a claim, at the counter.
export const handing = {
  title: '怎么发出去', partners: '联券店签的就是这个发法，签好就不能换。', transferable: '可以转送朋友', transferableText: '朋友从送的链接进街，算送券的人请来的',
  given: { public: '全街来领', targeted: '店里点名发', link: '凭链接领', event: '做到了就得', prize: '当奖品', printed: '印成券码', new_members: '新会员见面礼' },
  about: { public: '街上列着，谁都能领', targeted: '挑一群顾客，直接放进券夹', link: '不列出来，有链接的人才领得到', event: '来过、买过、回来了，自动给', prize: '抽中了、赢了，店员亲手给', printed: '剪开发出去，谁先扫归谁', new_members: '进街的时候就在券夹里' },
  trigger: '做到什么', triggers: { visited: '来过店里', bought: '买过东西', checked_in: '来过活动', joined: '从这家进街', returned: '好久没来又来了' }, at: '在哪家', atHint: '要算别家的，先在「谁出钱」里请它', min: '满多少元', minSaid: '满 {n} 元', days: '多少天没来', daysUnit: '天', each: '一人最多几张，按上面「每人」算',
  ways: '发了多少', way: { sent: '点名发的', link: '凭链接领的', event: '做到了得的', prize: '当奖品给的', printed: '从纸上领的', gift: '朋友转送的' }, brought: '带进街的新会员', none: '还没有发出去',
  linkTitle: '领券的链接', linkText: '发到群里、贴在店里，有链接的人都能领一张。没进街的人先进街，算你家带来的。', linkMake: '做一个链接', linkShare: '发出去', linkRenew: '换一个新的', linkEnd: '停用', linkClaimed: '领了 {n} 张，带来 {m} 位新会员', linkUntil: '用到 {at}', linkIdle: '停发了，用这个链接现在领不到', linkQr: '领券的二维码', linkSure: '换新的以后，旧链接马上不能领了。',
  send: '发给顾客', sendTo: '发给谁', sendAll: '店里的所有会员', sendSome: '挑几位', sendSearch: '找名字、标签', sendChosen: '选了 {n} 位', sendGo: '发给 {n} 位', sendGoAbout: '发给约 {n} 位', sending: '正在发', sendReach: '{n} 位会员收得到', sendHad: '其中 {n} 位已经有了，不会重发', sendLeft: '券还有 {n} 张', sendShort: '，不够每人一张，先到的先得', sendAbout: '约 {n} 位会员收得到', sendFew: '收得到的不到 {k} 位，不报数', sendGoFew: '发给他们', sendCannot: '这张券不能从这儿发', sendOther: '这张券是{store}做的，要发由他们家发', sendWay: '签好的发法是「{way}」，不是点名发', sendNotLive: '还没开始，或者已经停了', sendLook: '看看这张券', sendDone: '发完了', sendStopped: '停下了', sendRunning: '正在发，{n} 位还没轮到', sendStop: '停下', sendGiven: '发到 {n} 位', sendHadN: '{n} 位本来就有', sendNone: '{n} 位没轮上，券发完了', sendMissed: '{n} 位发不了', sendBy: '{who}，{at}', sendNotice: '每位会收到一封信；街上每周收信有数，屏蔽了你家的收不到信，券还是在券夹里。',
  print: '印券码', printText: '一印就占住库存。谁先扫、先输入，券就归谁，每张纸只能用一回。', printSize: '印几张', printLabel: '用在哪儿', printLabelHint: '比如：校门口传单', printGo: '印 {n} 张', printed: '印好的券码', batch: '{n} 张，领了 {taken} 张', batchVoided: '作废 {n} 张', batchUntil: '{at} 前领', csv: '表格', void: '作废没领的', voidSure: '没领的 {n} 张马上作废，库存还回来。', voided: '作废了',
  prize: '给一张奖券', prizeText: '在{store}赢了什么，给一张券，原因本人看得到。', prizeWhich: '给哪张', prizeWhy: '为什么给', prizeWhyHint: '比如：周三抽中二等奖', prizeGo: '给出去', prizeDone: '给了，在顾客的券夹里', prizeNone: '没有能当奖品的券，先做一张',
  paper: '印的券归这位顾客了', paperNext: '再扫顾客的会员码',
}
