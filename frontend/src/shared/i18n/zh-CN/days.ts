// The calendar's three views, and what goes by market days.
export const days = {
  views: '怎么看', view: { month: '月', agenda: '日程', day: '一天' },
  agenda: '接下来街上的事', agendaEnd: '排到这儿了，店里想起做什么，会接着写。', agendaNone: '接下来还没排上什么。', agendaMore: '再往后看', fair: '逢集', quietMarket: '集市照常',
  day: '街上的一天', before: '前一天', after: '后一天', isMarket: '这天逢集', isMarketToday: '今天逢集', noMarket: '这天不逢集', noMarketToday: '今天不逢集',
  next: '下一集 {date}，{lunar}，还有 {n} 天', open: '谁家几点开', shut: '歇业', nowOpen: '开着', onMarket: '集日钟点', openCount: '{n} 家开门', on: '这天有什么', nothingOn: '这天没有活动。', failed: '没取到',
  coupon: '逢集才能用', couponNext: '逢集用，下一集{day}', storeHours: '逢集 {hours}',
  letters: '想收的信', eve: '集日前一天晚上提醒我', eveNote: '晚上六点到十点之间一封信，写明天几号、农历初几、有什么',
}

// The calendar in people’s phones.
export const subscribe = { link: '订到手机日历里', text: '手机的日历会自己跟着改，改期、取消都看得到。' }
