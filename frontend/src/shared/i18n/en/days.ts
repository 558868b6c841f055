// The calendar's three views, and what goes by market days.
export const days = {
  views: 'View', view: { month: 'Month', agenda: 'Agenda', day: 'Day' },
  agenda: 'What comes on the street', agendaEnd: 'That is as far as it is planned. When a store thinks of something, it stands here.', agendaNone: 'Nothing is planned yet.', agendaMore: 'Show more', fair: 'Market', quietMarket: 'The market as always',
  day: 'A day on the street', before: 'The day before', after: 'The day after', isMarket: 'Market day', isMarketToday: 'Market today', noMarket: 'No market', noMarketToday: 'No market today',
  next: 'Next market {date}, lunar {lunar}, in {n} days', open: 'Who is open when', shut: 'closed', nowOpen: 'open now', onMarket: 'market hours', openCount: '{n} stores open', on: 'What is on', nothingOn: 'Nothing is on that day.', failed: 'This did not come through',
  coupon: 'Market days only', couponNext: 'Market days; next {day}', storeHours: 'Market days {hours}',
  letters: 'Letters I want', eve: 'The evening before market day', eveNote: 'One letter between six and ten: the date, the lunar day, what is on',
}

// The calendar in people’s phones.
export const subscribe = { link: 'Subscribe in your calendar', text: 'Your calendar follows by itself when a date moves or is called off.' }
