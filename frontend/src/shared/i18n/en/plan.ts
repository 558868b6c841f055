// Words of a campaign's plan: templates, limits, money, whom it is for, versions, leaving, results.
export const plan = {
  template: 'Begin from', steps: { what: 'Ticket', when: 'Days', who: 'For whom', money: 'Who pays' }, next: 'Next: {step}', step: 'Step {n} of {all}',
  templates: {
    opening: { name: 'Opening', about: '10 off 30, 40 a day', title: 'Opening days' },
    fresh: { name: 'New dish', about: '12 % off, 30 at most', title: 'Try the new one' },
    rain: { name: 'Rainy day', about: 'Something hot in the afternoon', title: 'Come in from the rain' },
    birthday: { name: 'Birthday', about: '20 off 50, within 7 days of it', title: 'Happy birthday' },
    punch: { name: 'Punch card', about: 'Five uses, 5 off each', title: 'Neighbour’s card' },
    together: { name: 'Together', about: 'Several shops pay, up to 1,000', title: 'One-street coupon' },
    back: { name: 'Come back', about: '15 off for guests of two months ago', title: 'Long time no see' },
    quiet: { name: 'Quiet hours', about: '20 % off on weekday afternoons', title: 'An afternoon off' },
  },
  rainGift: 'A cup of ginger tea',
  fromTime: 'Given out from', validDays: 'Works after the claim', validDaysHint: '0: until the day above', days: 'days', hours: 'Works at', hoursHint: 'empty: all day', hoursFrom: 'from', hoursTo: 'to', notOn: 'Does not work on', notOnHint: 'holidays, say', notOnDrop: 'Let it work on {day}', until: 'Given out until',
  limits: 'At most', noLimit: '0 is no limit', perDay: 'Given out a day', perHousehold: 'For one household', household: 'those who joined on one phone', perStore: 'Redeemed in each store', perStoreDay: 'Redeemed in each store a day',
  audience: 'For whom', everyone: 'The whole street', all: 'Those for whom all of this holds', reached: 'Reaches {n} today', about: 'Reaches about {n} today', few: 'Fewer than {k}: not shown',
  level: 'How close to your store', levels: { any: 'Any', micro: 'Has bought', weak: 'Regular', strong: 'Close neighbour', super: 'The closest' }, tags: 'Your tags', tagsHint: 'one is enough', tagsSample: 'regular, with children', visited: 'Has been to', visitedHint: 'your store, or one that signs with you', lastDays: 'In the last',
  times: 'How often', atLeast: 'at least', atMostTimes: 'at most', joined: 'Joined in the last', tookPart: 'Talked with the store in the last', zeroAny: '0: does not matter', any: 'Does not matter', birthday: 'Birthday', birthdays: { month: 'this month', around: 'some days around' }, birthdayDays: 'Days before and after',
  money: 'The money behind it', budget: 'May cost at most, yuan', budgetHint: '0: what all of them cost', fund: 'The alliance’s fund carries', fundName: 'The alliance’s fund', fundHint: 'the coordinator signs', notice: 'A partner leaves with', covers: 'We carry a share whose store leaves', coversHint: 'else no more are given out until new terms are signed',
  reserve: 'When money is taken', reserves: { claim: 'At the claim', redemption: 'At the redemption' }, reserveAbout: { claim: 'Every coupon is covered: who has one can use it', redemption: 'More are given out; when the money is gone the rest do not redeem' },
  ofBudget: 'spent of a budget of {yuan}', ofWorst: 'spent; all used it is {yuan}', spentPart: '{n}% spent', budgetState: { low: 'Little is left: the dearest coupon may not be covered', spent: 'The money is used up; coupons do not redeem now' },
  seen: 'Seen by', claimed: 'Claimed', redeemed: 'Redeemed', newMembers: 'New members', total: 'In all', cost: 'Borne', sales: 'Sales with it', byDay: 'Day by day', asTable: 'As a table', asChart: 'As a chart', chart: 'Claimed and redeemed each day', span: '{from} to {until}', day: 'Day',
  versions: 'Versions', version: 'Version {n}', versionState: { present: 'runs now', proposed: 'not sent yet', signing: 'being signed', signed: 'before', withdrawn: 'withdrawn' }, proposedBy: 'by {by}, {at}', claimedUnder: '; {n} claimed', signer: { signed: '{store} signed', waiting: '{store} to sign', declined: '{store} declined' },
  signFirst: 'Your signature, please', signChange: 'Version {n}: your signature, please', runsOn: 'Until all have signed, the present terms run on. Coupons keep the terms they were claimed under.', yourShare: 'You carry', worstCase: 'At worst', worstCaseHint: 'every coupon used at its highest cost', yourCap: 'You pay at most, yuan', capAbout: { claim: 'below the worst case fewer are given out', redemption: 'when it is reached coupons stop redeeming' },
  waitsFor: 'Version {n} waits to be signed; until then nothing changes.', toSign: 'New terms are written. They go out when you sign.', submit: 'Sign and ask the others', withdraw: 'Withdraw this version', change: 'Change the terms', changeAbout: 'A change is a new version that all sign again; until then the present one runs on.', propose: 'Keep this version',
  archive: 'Put away', archived: 'Put away', archivedNone: 'Nothing was put away', copy: 'Make another', copyAbout: 'The same ticket, shares and limits on other days. It is a draft: look at it before you sign.', copyDo: 'Make one like it',
  leave: 'Leave it', leaveAbout: 'You leave in {n} days. Until the end of that day you take the coupons and pay your share.', leaveCovered: '{store} carries your share of what is claimed after that; of what was claimed before you still pay yours.', leaveStops: 'Then no more are given out until new terms are signed; of what was claimed before you still pay your share.', leaveYes: 'Leave in {n} days', stay: 'Stay after all', leaves: '{store} until {at}', left: '{store} left {at}',
}

/** For the coordinator. */
export const fundPlan = { nav: 'Coupons', title: 'Every store’s coupons', lead: 'Who gives out what, who has signed, what it costs. The fund’s share is signed here.', asked: 'For the alliance to sign', running: 'Running', past: 'Past', none: 'No store gives out coupons yet', fund: 'The fund carries {bps}', issuer: 'by {store}', counts: '{claimed} claimed, {redeemed} used', cost: '{yuan} in all', spent: 'Money used up', share: 'The fund carries', cap: 'At most, yuan', worst: 'At worst', reserve: 'Money is taken', reserves: { claim: 'at the claim', redemption: 'at the redemption' }, sign: 'Sign for {n}%', decline: 'Not this time', state: { draft: 'Draft', signing: 'Being signed', scheduled: 'Scheduled', live: 'Live', paused: 'Paused', ended: 'Over', archived: 'Put away' } }
