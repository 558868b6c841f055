// Market days on the counter.
export const marketDays = {
  day: 'Market days', hours: 'Other hours on market days', asAlways: 'As on any day', hoursHint: 'On market days these hours count, whatever the weekday. ',
  coupon: 'Market days only', couponNote: 'The street sets market days; the coupon says which is next',
}
