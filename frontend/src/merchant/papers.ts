// Drafts and templates: an event as its form holds it, kept without standing in any calendar.
import type { components } from '@/shared/api/schema'
import { planOf, type EventForm } from './eventForm'
import { sendable, type Terms } from './signUpTerms'

export type Paper = components['schemas']['Paper']

/** What is kept of a form. A template has no day: it is for any. */
export function paperOf(kind: Paper['kind'], form: EventForm, terms: Terms, instant: (day: string, time: string) => string, pattern?: Paper['pattern']): Paper {
  const { starts_at, ends_at, ...words } = planOf(form, instant)
  return { kind, ...words, terms: sendable(terms), ...(kind === 'draft' && form.day && { starts_at, ends_at }), ...(kind === 'draft' && pattern && { pattern }) }
}

/** A form filled from a paper, or from an event that is to be held again: the hours stay, the day is a new one unless the paper has one to come. */
export function formFrom(one: Pick<Paper, 'title' | 'story' | 'place' | 'capacity' | 'starts_at' | 'ends_at'>, blank: EventForm, today: string, day: (at: string) => string, time: (at: string) => string): EventForm {
  const filled = { ...blank, title: one.title, story: one.story, place: one.place || blank.place, capacity: one.capacity }
  if (!one.starts_at || !one.ends_at) return filled
  const on = day(one.starts_at)
  return { ...filled, day: on >= today ? on : blank.day, from: time(one.starts_at).padStart(5, '0'), to: time(one.ends_at).padStart(5, '0') }
}
