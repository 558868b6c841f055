// The book of a month: which months there are, how the sums are drawn, what a line is to be read as.
import type { LedgerKind, LedgerLine, LedgerMonth } from '@/shared/api'

/** "2026-01" and −1 → "2025-12". */
export function monthAway(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + by
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`
}

export const monthNumber = (month: string): number => Number(month.slice(5, 7))

export interface Beam { mine: number; rest: number; owed: number }

/**
 * The two bars of a month, in per cent of the longer one: of what came in, the part that covers what goes out (rest)
 * and what sticks out (mine).
 */
export function beamOf(earned: number, owed: number): Beam {
  const most = Math.max(earned, owed, 1)
  const share = (fen: number) => Math.round((fen * 10_000) / most) / 100
  const covered = Math.min(earned, owed)
  return { rest: share(covered), mine: share(earned - covered), owed: share(owed) }
}

export type Section = 'referral' | 'commission' | 'coupon' | 'points' | 'prize' | 'correction' | 'settled' | 'other'

const SECTIONS: Record<Section, LedgerKind[]> = {
  referral: ['referral', 'referral_pending'], commission: ['commission_in', 'commission_out'], coupon: ['coupon_in', 'coupon_out'],
  points: ['points_issued', 'points_honoured'], prize: ['prize_in', 'prize_out'], correction: ['correction_in', 'correction_out'],
  settled: ['settled'], other: ['points_in', 'points_out', 'other_in', 'other_out'],
}

export interface Sum { section: Section; count: number; amount: number }

type Group = LedgerMonth['groups'][number]

/** A group's money (or points) as it moves the store's own: what goes to others, and points given, with a minus. */
export function signedOf(group: Group): number {
  const moved = group.amount?.amount ?? group.points ?? 0
  return moved && (group.kind.endsWith('_out') || group.kind === 'points_issued') ? -moved : moved
}

/** The month's groups by section, those without a line left out. Pending credits count as lines, not as money. */
export function sections(groups: LedgerMonth['groups']): Sum[] {
  return (Object.keys(SECTIONS) as Section[]).map((section) => {
    const mine = groups.filter((one) => SECTIONS[section].includes(one.kind))
    const settled = mine.filter((one) => one.kind !== 'referral_pending')
    return {
      section, count: mine.reduce((sum, one) => sum + one.count, 0),
      amount: settled.reduce((sum, one) => sum + signedOf(one), 0),
    }
  }).filter((one) => one.count > 0)
}

export type LineKind = LedgerKind | 'commission' | 'coupon' | 'points' | 'prize' | 'correction'

/** Which lists of lines a section is made of, by the server's names. Other entries stand in the sums only. */
export function lineKinds(section: Section): LineKind[] {
  if (section === 'other') return []
  return section === 'referral' ? SECTIONS[section] : [section]
}

export type Look = 'in' | 'out' | 'wait'

/** How an amount is written: what came in in jade, what waits or was taken back in grey. */
export function lookOf(line: Pick<LedgerLine, 'state' | 'amount' | 'points'>): Look {
  if (line.state !== 'posted') return 'wait'
  return (line.amount?.amount ?? line.points ?? 0) > 0 ? 'in' : 'out'
}
