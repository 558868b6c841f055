// How an event comes again, as its form holds it, and as the server reads it: a rule of RFC 5545 or of the street's market.
export const REPEATS = ['once', 'market', 'weekly', 'fortnightly', 'monthly', 'daily'] as const
export type Repeat = (typeof REPEATS)[number]
export interface RepeatForm { kind: Repeat; until: string }

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** The rule of a form whose first date is `day` (YYYY-MM-DD). Monthly is by the weekday: the second Friday, the last Sunday. */
export function ruleOf(kind: Repeat, day: string): string {
  const weekday = DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 'SU'
  switch (kind) {
    case 'market': return '{"kind":"street"}'
    case 'weekly': return `FREQ=WEEKLY;BYDAY=${weekday}`
    case 'fortnightly': return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${weekday}`
    case 'monthly': return `FREQ=MONTHLY;BYDAY=${weekOf(day)}${weekday}`
    default: return 'FREQ=DAILY'
  }
}

/** Which of its weekdays in the month a day is; after the fourth, the last. */
function weekOf(day: string): number {
  const nth = Math.ceil(Number(day.slice(8)) / 7)
  return nth > 4 ? -1 : nth
}

export function patternOf(form: RepeatForm, day: string, startsAt: string): { rule: string; starts_at: string; until?: string } {
  const pattern = { rule: ruleOf(form.kind, day), starts_at: startsAt }
  return form.until ? { ...pattern, until: form.until } : pattern
}
