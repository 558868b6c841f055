// Words of what a counter does with a campaign beside making it: files of results, an audience for one send, a till's allotment.
export const rest = {
  xlsx: 'Save as Excel', csv: 'Save as CSV',
  pad: 'Digits', padLetters: 'ABC', padBack: 'Delete',
  least: 'Least a piece, yuan', leastOf: 'Line {n}: the least a piece sells for',
  sendAudience: 'Those who fit', sendAudienceHint: 'By closeness, tags, visits, circles, new members, birthdays; never beyond what was signed',
  circle: 'In the circle', circleHint: 'one of yours, or an open one', circleOf: '{circle} ({store})',
  sentTo: 'For: {to}', sentPicked: 'For: {n} who were picked', sentAbout: 'About {n} got one', sentFew: 'Few got one: not shown',
  cards: { title: 'Codes to print', print: 'Print', pdf: 'Sheet as PDF', lead: 'Ten a page; cut along the dashes. A4, printed at its actual size, without headers or footers.', part: 'Which ones', from: '{from} to {to}', none: 'No code is left to take', noneText: 'They were taken, or are void.', qr: 'Code number {n}', wechat: 'WeChat cannot print: open this page in a browser, at the top right.' },
  colon: ': ', allot: 'Set aside', allotOne: 'What {name} has set aside', allotAbout: 'The most this phone redeems without a network. What is set aside is kept for it and cannot be used elsewhere.', allotHouse: 'House rule', allotHouseHint: 'A fifth of what is free, at most 20', allotCount: 'Set aside of {title}', allotHas: '{n} set aside, {used} used', allotNone: 'Nothing is set aside for this phone yet. Once a coupon can be taken, it gets some when it is online.', allotGo: 'Set aside',
  differs: '{off} was taken off without a network; the terms give {booked}', differN: '{n} took off another sum than the terms give',
}

/** For the coordinator. */
export const fundRest = { leave: 'The fund leaves', about: 'With notice now, the fund leaves in {n} days and pays until then; of coupons claimed before it keeps paying its share.', covered: 'From then on {store} carries its share.', stops: 'Then no more are given out until other terms are signed.', yes: 'Leave in {n} days', stay: 'Stay after all', leaves: 'The fund pays until {at}', left: 'The fund left, {at}', results: 'Results as Excel' }
