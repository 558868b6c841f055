// Whether a till without a network may take a coupon: what the token says, what the till carries of its campaign, and
// what it has taken already. The server judges the same again at the sync.
import type { TillPack, TillTerms } from '@/shared/api'
import { momentOf } from '@/shared/format/date'
import { dayOf, minuteOf } from '@/shared/format/night'
import type { CouponToken } from './token'

export type Refusal = 'forged' | 'unknown' | 'not_yet' | 'expired' | 'used_here' | 'weekday' | 'hour' | 'not_today' | 'market' | 'none_left' | 'day_over' | 'asked'

/** What the till has written into its log and not yet had an answer to, or had. */
export interface Taken { coupon: string; use: number; campaign: string; waiting: boolean }

export interface Judged { refused: Refusal | ''; terms?: TillTerms }

/** Judges a token at a moment of the server's clock (ms). */
export function judge(token: CouponToken | null, pack: TillPack, taken: Taken[], now: number): Judged {
  if (!token) return { refused: 'forged' }
  const held = pack.allotments.find((one) => one.id === token.campaign)
  const terms = held?.versions.find((one) => one.version === token.version)
  if (!held || !terms) return { refused: 'unknown' }
  if (taken.some((one) => one.coupon === token.coupon && one.use >= token.use)) return { refused: 'used_here', terms }
  if (now < token.from) return { refused: 'not_yet', terms }
  if (now >= token.until + 1000) return { refused: 'expired', terms }
  const refused = outOfHours(terms, now, pack.time_zone)
  if (refused) return { refused, terms }
  if (!holds(held, now)) return { refused: 'day_over', terms }
  return { refused: left(pack, taken, now, token.campaign) > 0 ? '' : 'none_left', terms }
}

/** What is set aside is so for a day; `until` is its last second. */
const holds = (one: { until: string }, now: number): boolean => now < Date.parse(one.until) + 1000

type Rhythm = Pick<TillTerms, 'weekdays' | 'hours' | 'not_on'> & Partial<Pick<TillTerms, 'market_only' | 'market_days'>>

export function outOfHours(terms: Rhythm, now: number, zone: string): '' | 'weekday' | 'hour' | 'not_today' | 'market' {
  const local = momentOf(now, zone)
  const { date, weekday } = dayOf(terms.hours, local)
  if (terms.market_only && !terms.market_days?.includes(date)) return 'market'
  if (terms.not_on.includes(date)) return 'not_today'
  if (terms.weekdays.length && !terms.weekdays.includes(weekday)) return 'weekday'
  if (!terms.hours) return ''
  const minute = local.hour * 60 + local.minute
  const [from, to] = [minuteOf(terms.hours.from), minuteOf(terms.hours.to)]
  return (from < to ? from <= minute && minute < to : minute >= from || minute < to) ? '' : 'hour'
}

/** How many redemptions of a campaign are left before the next sync; without a campaign, of all together. */
export function left(pack: TillPack, taken: Taken[], now: number, campaign?: string): number {
  return pack.allotments.filter((one) => (campaign === undefined || one.id === campaign) && holds(one, now))
    .reduce((sum, one) => sum + Math.max(0, one.open - taken.filter((other) => other.waiting && other.campaign === one.id).length), 0)
}

/** The day is over that everything was set aside for. */
export const dayOver = (pack: TillPack, now: number): boolean => pack.allotments.length > 0 && pack.allotments.every((one) => !holds(one, now))
