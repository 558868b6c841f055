// Which coupons lie on the bill, as taps change it, and its rows. The server says what goes together and what it comes to.
import type { Qualified } from '@/shared/api'
import { billOf } from './till'

/** What a tap did: the coupons now on the bill, and which ones had to make room. */
export interface Tap { chosen: string[]; dropped: Qualified[] }

export const MOST = 5

/** Takes a coupon off the bill, or lays it on; those that do not go with it make room, the earliest when it is full. */
export function tap(all: Qualified[], chosen: string[], id: string): Tap {
  if (chosen.includes(id)) return { chosen: chosen.filter((one) => one !== id), dropped: [] }
  const tapped = all.find((one) => one.coupon.id === id)
  if (!tapped?.ok) return { chosen, dropped: [] }
  const clashes = new Set(tapped.clashes.map((one) => one.coupon_id))
  const stay = chosen.filter((one) => !clashes.has(one)).slice(-(MOST - 1))
  return { chosen: [...stay, id], dropped: all.filter((one) => chosen.includes(one.coupon.id) && !stay.includes(one.coupon.id)) }
}

/** Why a coupon that is not on the bill does not go with those that are; empty when it does. */
export function clashOf(one: Qualified, chosen: string[]): string {
  if (chosen.includes(one.coupon.id)) return ''
  return one.clashes.find((clash) => chosen.includes(clash.coupon_id))?.why ?? ''
}

/** What of a choice still applies when the bill is another. */
export const stillApply = (all: Qualified[], chosen: string[]): string[] => chosen.filter((id) => all.some((one) => one.coupon.id === id && one.ok))

/** A row of the bill as it is typed. */
export interface TypedLine { price: string; pieces: number; goods: string; /** No coupon brings a piece below it. */ least: string }

/** What the rows come to, in fen; null while none has a price. */
export function sumOf(lines: TypedLine[]): number | null {
  const priced = lines.map((line) => (billOf(line.price) ?? 0) * line.pieces)
  return priced.reduce((sum, one) => sum + one, 0) || null
}

/** The bill once its rows come to something else: it follows them until somebody types another, for the rest may have no row. */
export function billAfter(bill: string, before: number | null, now: number | null): string {
  const follows = bill.trim() === '' || (before !== null && billOf(bill) === before)
  if (!follows) return bill
  return now === null ? '' : (now / 100).toFixed(2)
}

export const same = (a: string[], b: string[]): boolean => a.length === b.length && [...a].sort().join() === [...b].sort().join()
