// A month as it hangs on the wall: whole weeks from Sunday, what is on each day, and the evening's moon. The lunar
// calendar is the server's; only the shape of the moon is reckoned here, from its mean course.
import type { Calendar, CalendarDay, LocalDate, Occurrence, StoreRef } from '@/shared/api'

export interface Cell {
  date: LocalDate; day: number; lunar: string; festival: string; market: boolean
  /** Signed up for something that day. */
  mine: boolean
  /** Hosts of what else is on, at most three; `count` is everything. */
  dots: StoreRef[]; count: number
  out: boolean; past: boolean; today: boolean
}

const DAY = 86_400_000
const MAX_DOTS = 3

/** "2026-12" and −1 → "2026-11". */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

/** "2026-11-30" and 1 → "2026-12-01". */
export function shiftDate(date: LocalDate, by: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + by * DAY).toISOString().slice(0, 10)
}

/** The days on the wall: whole weeks from Sunday, 28 to 42 of them. */
export function monthDates(month: string): LocalDate[] {
  const first = Date.parse(`${month}-01T00:00:00Z`)
  const lead = new Date(first).getUTCDay()
  const length = (Date.parse(`${shiftMonth(month, 1)}-01T00:00:00Z`) - first) / DAY
  const weeks = Math.ceil((lead + length) / 7)
  return Array.from({ length: weeks * 7 }, (_, i) => new Date(first + (i - lead) * DAY).toISOString().slice(0, 10))
}

/** The month's cells; before the server has answered without what only it knows. */
export function cellsOf(month: string, known: Calendar | null, today: LocalDate): Cell[] {
  const days = new Map(known?.days.map((day) => [day.date, day]))
  const events = new Map(known?.items.map((one) => [one.id, one]))
  const dates = known && known.month === month && known.days.length > 0 ? known.days.map((day) => day.date) : monthDates(month)
  return dates.map((date) => cell(date, month, today, days.get(date), events))
}

function cell(date: LocalDate, month: string, today: LocalDate, day: CalendarDay | undefined, events: Map<string, Occurrence>): Cell {
  const on = (day?.occurrences ?? []).map((id) => events.get(id)).filter((one) => one !== undefined)
  return {
    date, day: Number(date.slice(8)), lunar: day?.lunar ?? '', festival: day?.festival ?? '', market: day?.market ?? false,
    mine: on.some((one) => one.mine && one.state === 'published'), dots: hosts(on), count: on.length,
    out: !date.startsWith(month), past: date < today, today: date === today,
  }
}

/** One dot a host, in the order of the day; what one is signed up for has its tick instead. */
function hosts(on: Occurrence[]): StoreRef[] {
  const seen = new Map<string, StoreRef>()
  for (const one of on) if (!one.mine && one.stores[0]) seen.set(one.stores[0].id, one.stores[0])
  return [...seen.values()].slice(0, MAX_DOTS)
}

/** What is on that day, by hour. */
export function agendaOf(known: Calendar | null, date: LocalDate): Occurrence[] {
  const ids = known?.days.find((day) => day.date === date)?.occurrences ?? []
  return (known?.items ?? []).filter((one) => ids.includes(one.id)).sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at))
}

/** The lunar month's name as the server wrote it on that month's first day, if that day is on this wall. */
export function lunarMonthOf(days: CalendarDay[], date: LocalDate): string {
  return days.filter((day) => day.date <= date && isFirst(day)).at(-1)?.lunar ?? ''
}

/** The first of a lunar month bears the month's name: 十月, month 10. */
export function isFirst(day: Pick<CalendarDay, 'lunar'>): boolean {
  return /月$|^[a-z]/i.test(day.lunar)
}

/** The next market day on this wall after a date. */
export function nextMarket(days: CalendarDay[], date: LocalDate): CalendarDay | undefined {
  return days.find((day) => day.date > date && day.market)
}

/** The next day on this wall, after a date, on which something is on. */
export function nextBusy(days: CalendarDay[], date: LocalDate): CalendarDay | undefined {
  return days.find((day) => day.date > date && day.occurrences.length > 0)
}

/** Where the arrow keys lead from a date; the same date when the key is not one of them. */
export function stepFrom(date: LocalDate, key: string): LocalDate {
  const by = ({ ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 } as Record<string, number>)[key] ?? 0
  return shiftDate(date, by)
}

const NEW_MOON = Date.parse('2000-01-06T18:14:00Z')
const SYNODIC = 29.530588853

/** How far the moon has come on a day's evening: 0 new, 0.25 half, 0.5 full, to 1. */
export function moonPhase(date: LocalDate): number {
  const days = (Date.parse(`${date}T12:00:00Z`) - NEW_MOON) / DAY
  return ((days % SYNODIC) + SYNODIC) % SYNODIC / SYNODIC
}

/** The lit part of a moon of radius r round 0,0. Waxing it is lit on the right. */
export function moonPath(phase: number, r: number): string {
  const waxing = phase < 0.5
  const bulge = Math.abs(Math.cos(phase * 2 * Math.PI)) * r
  const gibbous = phase > 0.25 && phase < 0.75
  const back = waxing === gibbous ? 1 : 0
  return `M0 ${-r}A${r} ${r} 0 0 ${waxing ? 1 : 0} 0 ${r}A${bulge.toFixed(2)} ${r} 0 0 ${back} 0 ${-r}z`
}
