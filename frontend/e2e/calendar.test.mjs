// The story of the calendar, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/calendar.test.mjs        pictures of every step: e2e/out
import { DESKTOP } from './harness/people.mjs'
import { tell } from './harness/story.mjs'
import { apart, planned, thanked, together } from './steps/door.mjs'
import { again, brought, undone } from './steps/import.mjs'
import { asked, inside } from './steps/circle.mjs'
import { agreed, booked, kept, looked, moved, repeated } from './steps/market.mjs'

async function open(cast) {
  await cast.tea.be('店主 · 清和茶馆')
  await cast.li.be('李桂芳')
  await cast.coordinator.be('方若兰')
}

const steps = [
  ['the people come', open],
  ['a tasting is planned, and two neighbours sign up', planned],
  ['a phone at the door loses its network and goes on', apart],
  ['back on the network: each guest once, and the phone is told', together],
  ['after an event, thanks go to all who came', thanked],
  ['the tea house asks the people of a circle', asked],
  ['a neighbour comes into the circle and signs up', inside],
  ['the coordinator sets on which days there is market', agreed],
  ['the tea house opens its door every market day', repeated],
  ['a neighbour signs up for one', booked],
  ['it is moved: one date alone, and who is told', moved],
  ['the neighbour is told, and comes all the same', kept],
  ['a day on the street, and what comes', looked],
  ['the calendar kept elsewhere comes, each entry once', brought],
  ['it is taken back, and comes again', undone],
  ['the same file again changes nothing', again],
]

tell('calendar', { tea: {}, li: {}, coordinator: { size: DESKTOP } }, steps)
