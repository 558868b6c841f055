// 橱窗里的大屏：三米外看得清，路过的人看得懂。
export default {
  day: '{date} {weekday}',
  title: '橱窗里的一条街',
  said: '街坊说的话', saying: '街坊正在聊', quiet: '街上这会儿静着，晚点再来看看',
  today: '今天有', free: '，还有 {n} 个位子', full: '，位子满了',
  lunar: '农历{day}', market: '今天逢集', nextMarket: '下一集 {day}',
  coupons: '现在能领的券', left: '还剩 {n} 张',
  join: '扫码进街', joinText: '一个会员码，整条街的店都认；券在手机上领。',
  cut: '网断了，等它回来，先看着刚才的',
  waiting: '网还没通，通了自己会亮',
  which: '这是哪一块屏', whichText: '打开店里手机上的「店 → 大屏」，把 16 位屏号输在这里',
  off: '这块屏已经停用了', offText: '要再用，店主在「店 → 大屏」里新开一块，把屏号输在这里',
  key: '16 位屏号', show: '亮屏',
  reaction: { thanks: '谢谢', yum: '馋了', laugh: '乐了', hug: '抱抱' },
}
