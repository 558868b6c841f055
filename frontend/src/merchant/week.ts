// A store's week as its form holds it: for every weekday the spans it is open, Monday first. The server counts midnight
// at the end of a day as 24:00, which no time field can show; here it is 00:00.
import type { Hours } from '@/shared/api'

export interface Span { opens: string; closes: string }
export interface Day { weekday: number; spans: Span[] }

const WEEK = [1, 2, 3, 4, 5, 6, 0]
const USUAL: Span = { opens: '09:00', closes: '18:00' }

const shown = ({ opens, closes }: Span): Span => ({ opens, closes: closes === '24:00' ? '00:00' : closes })
const sent = ({ opens, closes }: Span): Span => ({ opens, closes: closes === '00:00' ? '24:00' : closes })

export function weekOf(hours: Hours[]): Day[] {
  return WEEK.map((weekday) => ({
    weekday,
    spans: hours.filter((one) => one.weekday === weekday).sort((a, b) => a.opens.localeCompare(b.opens))
      .map(shown),
  }))
}

export function hoursOf(week: Day[]): Hours[] {
  return week.flatMap((day) => marketHours(day.spans).map((one) => ({ weekday: day.weekday, ...one })))
}

/** The hours of a market day as the form holds them, and as the server takes them. */
export const marketSpans = (spans: Span[]): Span[] => spans.map(shown)
export const marketHours = (spans: Span[]): Span[] => spans.filter((one) => one.opens && one.closes).map(sent)

/** Opens or closes a day; a day that opens keeps the hours of its neighbour. */
export function turn(week: Day[], weekday: number): void {
  const day = week.find((one) => one.weekday === weekday)
  if (!day) return
  const like = week.find((one) => one.spans.length)?.spans ?? [USUAL]
  day.spans = day.spans.length ? [] : like.map((one) => ({ ...one }))
}

/** One more span, after the last one. */
export function addSpan(day: Pick<Day, 'spans'>): void {
  const last = day.spans[day.spans.length - 1]
  day.spans.push({ opens: last?.closes ?? USUAL.opens, closes: last ? '21:00' : USUAL.closes })
}

/** Every open day takes Monday's hours (or those of the first open day). */
export function alike(week: Day[]): void {
  const like = week.find((one) => one.spans.length)
  if (!like) return
  for (const day of week) if (day.spans.length && day !== like) day.spans = like.spans.map((one) => ({ ...one }))
}

/** Days with the same hours together, in the week's order: [{ days: [1,2,3,4,5], spans }, …]. Closed days have no spans. */
export function grouped(hours: Hours[]): { days: number[]; spans: Span[] }[] {
  const groups: { days: number[]; spans: Span[]; key: string }[] = []
  for (const day of weekOf(hours)) {
    const key = JSON.stringify(day.spans)
    const last = groups[groups.length - 1]
    if (last && last.key === key) last.days.push(day.weekday)
    else groups.push({ days: [day.weekday], spans: day.spans, key })
  }
  return groups.map(({ days, spans }) => ({ days, spans }))
}
