// 大屏：店里的电视上放街谈。
export const tv = {
  title: '大屏', about: '橱窗里的电视放街坊的话，路人扫码进街',
  lead: '找台电视或旧电脑，打开网址就亮。谁都不用登录，屏上只有街坊的名字，没有别的。',
  make: '开一块屏', name: '放在哪', nameHint: '比如：门口、收银台旁边', only: '只放我家的和我家挑的', onlyAbout: '关着：街上的话都放，管事的要看的除外',
  none: '还没有屏', noneText: '开一块，把橱窗变成街口的公告栏。', ownerOnly: '开屏、停屏要店主来。',
  never: '还没亮过', seen: '{at}还亮着', joined: '扫码进来 {n} 位', all: '街上的都放', picked: '只放挑过的',
  open: '怎么打开', address: '在电视的浏览器里打开', key: '或者打开 {at}，输屏号', copy: '发到那台机器', secret: '知道网址的人都能看到这块屏，别贴出来。',
  change: '改', keep: '存好', off: '停用这块屏', offSure: '停了就亮不回来了，要用再新开一块。', offDone: '「{name}」停了，电视上马上就黑。', made: '开好了，去电视上打开', saved: '改好了',
  picks: '挑几条上屏', picksLead: '只影响「只放挑过的」屏。自家说的不用挑，都会放。', pick: '上屏', unpick: '撤下', own: '自家说的', noPicks: '这几天街上没人说话', end: '一周之前的不上屏',
}
