// Small rules of 我.
import type { Level, MyLevel, PointsLine, PrivacyRow } from '@/shared/api'

const LEVELS: Level[] = ['none', 'micro', 'weak', 'strong', 'super']

/** How many of the four windows are lit at a level. */
export function windowsLit(level: Level): number {
  return Math.max(0, LEVELS.indexOf(level))
}

/** The number on the card: 386 → "0386". */
export function numberPlate(number: number): string {
  return String(number).padStart(4, '0')
}

/** The closest stores one has something with; without any, the first few of the street. */
export function nearStores(levels: MyLevel[], most = 5, few = 3): MyLevel[] {
  const near = levels.filter((one) => one.level !== 'none')
  return near.length > 0 ? near.slice(0, most) : levels.slice(0, few)
}

/** The latest lines in the order they happened, and what there was before them: together they make the balance. */
export function pointsStory(balance: number, latest: PointsLine[], count = 4): { before: number; lines: PointsLine[] } {
  const lines = latest.slice(0, count).reduce<PointsLine[]>((older, line) => [line, ...older], [])
  return { before: balance - lines.reduce((sum, line) => sum + line.points, 0), lines }
}

/** Stores that see anything of the member or are muted, and how many do not. */
export function seeing(rows: PrivacyRow[]): { rows: PrivacyRow[]; others: PrivacyRow[] } {
  const sees = (row: PrivacyRow) => row.phone || row.purchases || row.notes || row.muted
  return { rows: rows.filter(sees), others: rows.filter((row) => !sees(row)) }
}

/** What one types to leave; the server asks for the same words. */
export function saysLeave(text: string): boolean {
  return ['离开', 'leave'].includes(text.trim().toLowerCase())
}
