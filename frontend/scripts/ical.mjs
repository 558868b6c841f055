// What another calendar program makes of our files: ical.js reads each calendar of a JSON list [{ text, to }] on the standard
// input and prints the dates that it finds up to a moment, with their series expanded. The server's tests compare them with
// the street's own dates.
import ICAL from 'ical.js'

const one = (component, name) => component.getFirstPropertyValue(name)
const told = (item, start, end) => ({
  uid: item.uid,
  title: item.summary,
  status: one(item.component, 'status'),
  sequence: item.sequence,
  override: item.component.hasProperty('recurrence-id'),
  alarms: item.component.getAllSubcomponents('valarm').length,
  start: start.toJSDate().toISOString(),
  end: end.toJSDate().toISOString(),
})

function dates({ text, to }) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  ICAL.TimezoneService.reset()
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone)
  const items = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  const changes = items.filter((item) => item.isRecurrenceException())
  return items.filter((item) => !item.isRecurrenceException()).flatMap((item) => {
    if (!item.isRecurring()) return [told(item, item.startDate, item.endDate)]
    for (const change of changes) if (change.uid === item.uid) item.relateException(change)
    const found = []
    const next = item.iterator()
    for (let at = next.next(); at && at.toJSDate() <= new Date(to); at = next.next()) {
      const date = item.getOccurrenceDetails(at)
      found.push(told(date.item, date.startDate, date.endDate))
    }
    return found
  }).sort((a, b) => a.start.localeCompare(b.start) || a.uid.localeCompare(b.uid))
}

let input = ''
for await (const piece of process.stdin) input += piece
process.stdout.write(JSON.stringify(JSON.parse(input).map(dates)))
