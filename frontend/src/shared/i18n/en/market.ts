// The street's market rule on the coordinator's page.
export const market = {
  nav: 'Market days', title: 'Market days', lead: 'Set once for the whole street. Events, market-day hours, market-day coupons, letters, and what today is compared with follow it.', toEdit: 'Market days are set on their own page',
  none: 'The street holds no market', next: 'The market days that come', save: 'Agree', saved: 'Agreed; what follows it has moved', same: 'As it is now',
  how: 'By what', kind: {
    none: 'No market', lunar_digits: 'Lunar digits', lunar_days: 'Lunar days', gregorian_digits: 'Date digits', gregorian_days: 'Days of the month', weekdays: 'Weekdays', branches: 'Branches', solar_terms: 'Solar terms', every_days: 'Every few days', daily: 'Every day', other: 'Written by hand',
  },
  kindNote: {
    none: 'No market: events, hours and coupons do not look at market days', lunar_digits: 'Such as lunar days that end in 3, 6, 9', lunar_days: 'Such as the 1st and the 15th of the moon', gregorian_digits: 'Such as dates that end in 3 and 8', gregorian_days: 'Such as the 8th, 18th and 28th', weekdays: 'Such as Tuesdays and Fridays',
    branches: 'The twelve earthly branches: every six days by two, every twelve by one, every four by three', solar_terms: 'Such as on the day of Qingming', every_days: 'Counted from a day on which there was one', daily: 'Market every day', other: 'This rule was written by hand: keep it, or choose another kind',
  },
  pick: 'Which', need: 'Choose at least one', leap: 'In leap months too', leapNote: 'A leap month counts its days anew; some towns hold no market in it', presets: 'Often used', preset: { d369: '3, 6, 9', d258: '2, 5, 8', d147: '1, 4, 7, 10', d5: '5, 10', new: '1st and 15th', six: 'Every six days', four: 'Every four days', twelve: 'Every twelve days' },
  every: 'Every so many days', since: 'Counted from', fair: 'And a yearly fair', fairNote: 'By the moon, such as month 2, day 6', addFair: 'Add a fair', dropFair: 'Remove', month: 'Lunar month', day: 'Day',
  uses: 'What follows it', usesNone: 'Nothing follows it yet', use: { events: '{n} events on every market day', dates: '{n} dates to come', stores: '{n} stores with market-day hours', coupons: '{n} coupons for market days', letters: '{n} members who want the letter' },
  effect: 'Once agreed', effectNone: 'No planned date moves', gone: '{n} dates go; nobody signed up', added: '{n} new dates', kept: '{n} stay because somebody signed up', told: '{n} members get a letter that theirs stays', against: 'than {day}', gapMark: ' ', gap: '{n} days apart',
  branch: ['Rat', 'Ox', 'Tiger', 'Rabbit', 'Dragon', 'Snake', 'Horse', 'Goat', 'Monkey', 'Rooster', 'Dog', 'Pig'],
}
