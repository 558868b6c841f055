// The street's market rule on the coordinator's page.
export const market = {
  nav: '集日', title: '逢集的日子', lead: '一条街定一次。活动、集日的钟点、集日的券、提醒的信、和上一集比的数，都跟着它走。', toEdit: '逢几赶集，在「集日」里定',
  none: '街上不逢集', next: '接下来的集日', save: '就这么定', saved: '定下来了，该挪的都挪了', same: '和现在一样',
  how: '怎么逢', kind: {
    none: '不逢集', lunar_digits: '农历尾数', lunar_days: '农历哪几天', gregorian_digits: '公历尾数', gregorian_days: '每月几号', weekdays: '星期几', branches: '地支', solar_terms: '节气', every_days: '几天一场', daily: '天天', other: '手写的规则',
  },
  kindNote: {
    none: '街上没有集，活动、钟点、券都不看集日', lunar_digits: '逢三六九、逢一四七十，这样的', lunar_days: '初一、十五，这样的', gregorian_digits: '公历逢 3、8，这样的', gregorian_days: '每月 8、18、28 号，这样的', weekdays: '每周二、五，这样的',
    branches: '卯酉日六天一场，子日十二天一场，空三赶四四天一场', solar_terms: '清明、冬至当天，这样的', every_days: '隔几天一场，从有集的一天数起', daily: '天天有集', other: '这条规则是手写的，可以照样留着，也可以另选一种',
  },
  pick: '选哪些', need: '至少选一个', leap: '闰月也逢', leapNote: '闰月的日子从初一重新数；有的地方闰月不逢', presets: '常见的', preset: { d369: '逢三六九', d258: '逢二五八', d147: '逢一四七十', d5: '逢五逢十', new: '初一十五', six: '六天一场', four: '空三赶四', twelve: '十二天一场' },
  every: '几天一场', since: '从哪天数起', fair: '每年还有一场大集', fairNote: '如二月初六的庙会，写农历', addFair: '添一场', dropFair: '去掉', month: '农历几月', day: '初几',
  uses: '跟着它走的', usesNone: '还没有什么跟着它走', use: { events: '{n} 个逢集办的活动', dates: '往后 {n} 场', stores: '{n} 家店集日另有钟点', coupons: '{n} 种集日的券', letters: '{n} 位要前一晚的信' },
  effect: '定下来以后', effectNone: '已经排上的活动一场也不动', gone: '撤掉 {n} 场没人报名的', added: '新排 {n} 场', kept: '{n} 场有人报了名，照原样留着', told: '写信告诉 {n} 位：集日改了，他报的那场不动', against: '比{day}', gapMark: ' ', gap: '隔 {n} 天',
  branch: ['鼠', '牛', '虎', '兔', '龙', '蛇', '马', '羊', '猴', '鸡', '狗', '猪'],
}
