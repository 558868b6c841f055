// Market days on the counter.
export const marketDays = {
  day: '集日', hours: '集日另定钟点', asAlways: '和平常一样', hoursHint: '集日不管星期几，都照集日的钟点。',
  coupon: '只在集日能用', couponNote: '集日跟着街上定的走，券上会写下一集是哪天',
}
