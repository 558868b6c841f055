// The screen in a shop's window: to be read from three metres by who walks by.
export default {
  day: '{weekday} {date}',
  title: 'The street in the window',
  said: 'What neighbours say', saying: 'Neighbours are talking', quiet: 'It is quiet on the street right now. Come by again later.',
  today: 'On today', free: ', {n} places free', full: ', no places left',
  lunar: 'Lunar {day}', market: 'Market day', nextMarket: 'Next market {day}',
  coupons: 'Coupons to take now', left: '{n} left',
  join: 'Scan to join the street', joinText: 'One member code that every store here knows. Take the coupons on your phone.',
  cut: 'The network is gone. Until it is back, this is how it was a moment ago.',
  waiting: 'No network yet. The screen lights up by itself.',
  which: 'Which screen is this', whichText: 'Open “Store → Screens” on the store’s phone and type the 16 letters here',
  off: 'This screen was switched off', offText: 'To use it again, the owner makes a new one under “Store → Screens”; type its letters here',
  key: '16 letters', show: 'Light up',
  reaction: { thanks: 'Thanks', yum: 'Yum', laugh: 'Ha', hug: 'Hug' },
}
