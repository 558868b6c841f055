// The street's market rule on the coordinator's page, and the calendar in people's phones.
export const market = { next: '，接下来是' }
export const subscribe = { link: '订到手机日历里', text: '手机的日历会自己跟着改，改期、取消都看得到。' }
