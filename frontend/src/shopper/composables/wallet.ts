// The wallet's rules: which ticket to use first, and what each says about its time.
import type { Coupon, CouponCampaign } from '@/shared/api'
import type { Moment } from '@/shared/format/date'
import { dayOf, type StreetDay } from '@/shared/format/night'

/** A ticket that ends within so many milliseconds lies on gold paper. */
const DUE_WITHIN = 48 * 3600_000

/** What begins within a minute has begun: the wallet's clock moves twice a minute, and is not quite the server's. */
const BEGUN_WITHIN = 60_000

export type DueState = 'later' | 'usable' | 'due' | 'used' | 'expired' | 'given'

/** What a coupon is at an instant (ms): the server's word, and for a usable one the clock's. */
export function dueState(coupon: Pick<Coupon, 'state' | 'valid_from' | 'valid_until'>, now: number): DueState {
  if (coupon.state === 'used' || coupon.state === 'given') return coupon.state
  if (coupon.state !== 'usable' || Date.parse(coupon.valid_until) < now) return 'expired'
  if (Date.parse(coupon.valid_from) - now > BEGUN_WITHIN) return 'later'
  return Date.parse(coupon.valid_until) - now <= DUE_WITHIN ? 'due' : 'usable'
}

/** The one that ends soonest first; those of the same hour by when they were claimed. */
export function soonestFirst<T extends Pick<Coupon, 'valid_until' | 'claimed_at'>>(coupons: T[]): T[] {
  return [...coupons].sort((a, b) => Date.parse(a.valid_until) - Date.parse(b.valid_until) || Date.parse(a.claimed_at) - Date.parse(b.claimed_at))
}

type Days = Pick<CouponCampaign, 'weekdays' | 'not_on' | 'market_only' | 'market_days'>

/** Whether its days let it be used on one; the hours are not asked. */
export function worksOn(campaign: Days, day: StreetDay): boolean {
  if (campaign.weekdays.length > 0 && !campaign.weekdays.includes(day.weekday)) return false
  return !campaign.not_on.includes(day.date) && (!campaign.market_only || campaign.market_days.includes(day.date))
}

/** What it is no use to queue with today: its time has not come, neither the day nor the night that still goes on is one of its own, or its money is gone. */
export function idle(coupon: Coupon, now: number, local: Moment): boolean {
  const days = [dayOf(undefined, local), dayOf(coupon.campaign.hours, local)]
  return dueState(coupon, now) === 'later' || coupon.budget_state === 'spent' || !days.some((day) => worksOn(coupon.campaign, day))
}

/** Those to use first, the others, and those that are no use today; what ended on the shelf meanwhile is in none. */
export function sorted(coupons: Coupon[], now: number, local: Moment): { first: Coupon[]; rest: Coupon[]; idle: Coupon[] } {
  const alive = soonestFirst(coupons).filter((coupon) => !['expired', 'given'].includes(dueState(coupon, now)))
  const useful = alive.filter((coupon) => !idle(coupon, now, local))
  const first = useful.filter((coupon) => dueState(coupon, now) === 'due')
  return { first, rest: useful.filter((coupon) => !first.includes(coupon)), idle: alive.filter((coupon) => !useful.includes(coupon)) }
}
