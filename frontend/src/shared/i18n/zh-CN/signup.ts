// Words of signing up: companions, questions, the waiting list.
export const signup = {
  people: '一共几位', peopleNote: '连您自己，最多 {n} 位', optional: '{ask}（可以不填）', choose: '选一个', points: '报名时收 {n} 积分一位，退了就还', price: '到店付，{yuan} 元一位',
  wait: '排个候补', waitNote: '坐满了。有人退了按先来后到问，前面还有 {n} 位', few: '眼下只剩 {n} 个位子，可以少来几位，或者排着等', waitFull: '位子和候补都满了，过会儿再来看看',
  waiting: '候补排着呢', ahead: '前面还有 {n} 位', next: '下一个就问您', offered: '给您腾出 {n} 个位子', until: '留到 {at}，过了就问下一位', accept: '接下位子', pass: '让给下一位', stop: '不等了',
  backBy: '去不了，{at} 前能退', party: '一共 {n} 位，', missed: '这一场您没来', toWait: '去排候补',
  notAsked: '这一场您还报不了', forCircle: '只请圈子里的人',
  who: { level: '这一场请店里的熟客', members: '街上的会员都能报', inside: '只请「{circle}」圈子的人，您在里面', open: '只请「{circle}」圈子的人，进了圈子就能报', invitation: '只请「{circle}」圈子的人，这个圈子要有人请', byLevel: '只请「{circle}」圈子的人，常去店里的能进', unknown: '只请一个圈子里的人，办活动的那家可以请您进去', gone: '这一场请的圈子散了，暂时报不了名' }, toCircle: '先进圈子',
}
