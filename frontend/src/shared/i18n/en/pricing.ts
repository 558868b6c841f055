// What a coupon gives, and how coupons go together, in the form.
export const pricing = {
  perPiece: 'Off each piece', goods: 'Only on', goodsHint: 'Empty: the whole bill. Such as: shoes',
  times: 'Uses of one card', eachGift: 'Each use gives', eachGiftHint: 'Empty: money off. Such as: a cup of tea', eachOff: 'Off each time, yuan', eachWorth: 'Worth each time, yuan',
  stackable: 'Goes with other coupons', stackableHint: 'If the others say so too', category: 'Category', categoryHint: 'Of a category one coupon a bill', categorySample: 'Such as: amount off',
}
