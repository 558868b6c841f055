// Changing one date of a series: what the form changed, and for which dates it may count.
import type { components } from '@/shared/api/schema'
import type { EventPlan } from './eventForm'
import { patternOf, REPEATS, ruleOf, type Repeat, type RepeatForm } from './eventRepeat'

export type Scope = 'one' | 'following' | 'all'
export type Effect = components['schemas']['Effect']
export type SeriesView = components['schemas']['SeriesView']
export type DateChange = Partial<EventPlan> & { pattern?: components['schemas']['Pattern'] }

/** Only what differs: a date that has words of its own keeps them when the others change. */
export function changesOf(before: EventPlan, after: EventPlan): DateChange {
  const changed: DateChange = {}
  const keys = Object.keys(after) as (keyof EventPlan)[]
  for (const key of keys) if (!same(key, before[key], after[key])) Object.assign(changed, { [key]: after[key] })
  // A date is told by both of its ends.
  if (changed.starts_at || changed.ends_at) Object.assign(changed, { starts_at: after.starts_at, ends_at: after.ends_at })
  return changed
}

function same(key: keyof EventPlan, a: string | number, b: string | number): boolean {
  return key === 'starts_at' || key === 'ends_at' ? Date.parse(String(a)) === Date.parse(String(b)) : a === b
}

/** The rhythm of a series as the form shows it; "once" stands for a rule that the form does not know: it stays as it is. */
export function rhythmOf(series: SeriesView, firstDay: string): RepeatForm {
  const kind = REPEATS.find((one) => one !== 'once' && sameRule(one, firstDay, series.pattern.rule)) ?? 'once'
  return { kind, until: series.pattern.until ?? '' }
}

function sameRule(kind: Repeat, day: string, rule: string): boolean {
  if (kind === 'weekly' && rule === 'FREQ=WEEKLY') return true
  return ruleOf(kind, day) === rule
}

/** The new pattern, when the rhythm was changed or the day of a series that goes by days; market days keep theirs. */
export function newPattern(was: RepeatForm, now: RepeatForm, dayBefore: string, dayAfter: string, startsAt: string): DateChange['pattern'] {
  const rhythm = was.kind !== now.kind || was.until !== now.until
  const moved = dayBefore !== dayAfter && now.kind !== 'market'
  if (now.kind === 'once' || (!rhythm && !moved)) return undefined
  return patternOf(now, dayAfter, startsAt)
}
