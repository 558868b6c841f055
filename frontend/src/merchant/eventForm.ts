// An event as its form holds it: a day, two times of the clock, places. An end before the start is the next morning.
import type { Occurrence } from '@/shared/api'

export interface EventForm { title: string; story: string; place: string; day: string; from: string; to: string; capacity: number }
export interface EventPlan { title: string; story: string; place: string; starts_at: string; ends_at: string; capacity: number }
type Instant = (day: string, time: string) => string

export const blankEvent = (day: string, place: string): EventForm => ({ title: '', story: '', place, day, from: '15:00', to: '17:00', capacity: 20 })

/** The day after a local date. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

export function planOf(form: EventForm, instant: Instant): EventPlan {
  return {
    title: form.title.trim(), story: form.story.trim(), place: form.place.trim(), capacity: form.capacity,
    starts_at: instant(form.day, form.from), ends_at: instant(form.to > form.from ? form.day : dayAfter(form.day), form.to),
  }
}

export function eventFormOf(one: Occurrence, day: (at: string) => string, time: (at: string) => string): EventForm {
  const clock = (at: string) => time(at).padStart(5, '0')
  return { title: one.title, story: one.story, place: one.place, capacity: one.capacity, day: day(one.starts_at), from: clock(one.starts_at), to: clock(one.ends_at) }
}

/** The Sunday that comes (today, when it is Sunday): most events of the street are on Sundays. `weekday` is today's. */
export function comingSunday(today: string, weekday: number): string {
  let day = today
  for (let left = (7 - weekday) % 7; left > 0; left--) day = dayAfter(day)
  return day
}

export type When = 'next' | 'past' | 'off'

/** Whether a date is still to come, has been, or was cancelled. */
export function whenOf(one: Pick<Occurrence, 'state' | 'ends_at'>, now: number): When {
  if (one.state === 'cancelled') return 'off'
  return Date.parse(one.ends_at) < now ? 'past' : 'next'
}

const CHECK_IN_AFTER = 24 * 3_600_000

/** Guests can be checked in until a day after the end. */
export const maySeat = (one: Pick<Occurrence, 'state' | 'ends_at'>, now: number): boolean =>
  one.state === 'published' && now < Date.parse(one.ends_at) + CHECK_IN_AFTER
