// Bringing along a calendar that was kept elsewhere: what is looked at first, and what is chosen.
import type { components } from '@/shared/api/schema'

export type CalendarImport = components['schemas']['CalendarImportView']
export type CalendarRow = components['schemas']['CalendarRowView']
export type BringAs = components['schemas']['BringBody']['as']

const STATES = ['new', 'changed', 'faulty', 'unchanged', 'past', 'cancelled', 'repeated'] as const
export type State = (typeof STATES)[number]

/** The states that occur, in the order in which people want to know of them. */
export function statesOf(counts: CalendarImport['counts']): State[] {
  return STATES.filter((one) => counts[one] > 0)
}

/** The lines that are chosen at first: all that can come and that nothing speaks against, up to what comes at once. */
export function chosenAtFirst(rows: CalendarRow[], most: number): number[] {
  return rows.filter((one) => one.choose).slice(0, most).map((one) => one.line)
}

/** The choice with a line put in or taken out. */
export function toggled(chosen: number[], line: number): number[] {
  return chosen.includes(line) ? chosen.filter((one) => one !== line) : [...chosen, line].sort((a, b) => a - b)
}

/** Why a file is not worth sending: by its name, and not above the server's limit. */
export function calendarFileProblem(file: { name: string; size: number }): '' | 'kind' | 'size' | 'empty' {
  if (!/\.(ics|ical|ifb|csv|txt|tsv|xlsx)$/i.test(file.name)) return 'kind'
  if (file.size > 8 << 20) return 'size'
  return file.size === 0 ? 'empty' : ''
}
