// What a coupon gives, and how coupons go together, in the form.
export const pricing = {
  perPiece: '每件都减', goods: '只算哪样东西', goodsHint: '空着就是整单，比如：布鞋',
  times: '一张能用几次', eachGift: '每次给什么', eachGiftHint: '空着就减钱，比如：龙井一杯', eachOff: '每次减多少，元', eachWorth: '每次值多少，元',
  stackable: '能和别的券一起用', stackableHint: '对方的券也要点了这一项', category: '算哪一类', categoryHint: '同一类的券，一单一张', categorySample: '比如：满减',
}
