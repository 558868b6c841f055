// Hours over midnight belong to the day on which they begin, as a store's do: half past midnight is still Friday's night.
import type { Moment } from './date'

/** "HH:MM" of the street; `to` before `from`: over midnight. */
export interface Hours { from: string; to: string }

/** A day of the street: YYYY-MM-DD, and its weekday (0 is Sunday). */
export interface StreetDay { date: string; weekday: number }

/** The minute of the day, 0 to 1439. */
export const minuteOf = (at: string): number => Number(at.slice(0, 2)) * 60 + Number(at.slice(3, 5))

/** The day that a moment counts to under such hours; without hours the calendar's. */
export function dayOf(hours: Hours | undefined, local: Moment): StreetDay {
  const { from, to } = hours ?? { from: '', to: '' }
  const nightOfYesterday = from > to && local.hour * 60 + local.minute < minuteOf(to)
  const day = new Date(Date.UTC(local.year, local.month - 1, local.day - (nightOfYesterday ? 1 : 0)))
  return { date: day.toISOString().slice(0, 10), weekday: day.getUTCDay() }
}
