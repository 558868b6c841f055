// When a campaign gives out, and when its coupons work, as the form holds it (days and times of the street) and as the server
// takes it.
import type { Campaign, NewCampaign } from '@/shared/api'

/** `until` is the last day of use, '' where only the days after the claim say; `useFrom` the first, '' at once. */
export interface Dates {
  from: string; fromTime: string; last: string; lastTime: string
  useFrom: string; useTime: string; until: string; untilTime: string; validDays: number
}

const DAWN = '00:00'
const NIGHT = '23:59'

export function blankDates(today: string, until: string): Dates {
  return { from: today, fromTime: DAWN, last: until, lastTime: NIGHT, useFrom: '', useTime: DAWN, until, untilTime: NIGHT, validDays: 0 }
}

/** A coupon works at least until the last one is taken: whichever of the two days moves takes the other along. */
export function giveUntil(form: Dates, day: string): void {
  Object.assign(form, { last: day, lastTime: NIGHT })
  if (form.until && form.until < day) Object.assign(form, { until: day, untilTime: NIGHT })
}
export function useUntil(form: Dates, day: string): void {
  Object.assign(form, { until: day, untilTime: NIGHT })
  if (day && day < form.last) Object.assign(form, { last: day, lastTime: NIGHT })
}

/** Days after the claim take the place of the day that was there to begin with; without them it is there again. */
export function lastFor(form: Dates, days: number): void {
  if (days > 0 && form.validDays === 0 && form.until === form.last) form.until = ''
  if (days === 0 && !form.until) useUntil(form, form.last)
  form.validDays = days
}

/** `instant` turns a local day and time into UTC; claiming begins at once when that time has come. `began` is when the claims
 * of a running campaign began: that stays. */
export function datesBody(form: Dates, instant: (day: string, time: string) => string, now: string, began?: string): Pick<NewCampaign, 'claim_from' | 'claim_until' | 'valid_from' | 'valid_until' | 'valid_days'> {
  const from = instant(form.from, form.fromTime)
  return {
    claim_from: began ?? (from <= now ? now : from), claim_until: instant(form.last, form.lastTime), valid_days: form.validDays,
    ...(form.useFrom ? { valid_from: instant(form.useFrom, form.useTime) } : {}), ...(form.until ? { valid_until: instant(form.until, form.untilTime) } : {}),
  }
}

/** A campaign's part of the form. `day` and `clock` give the local day and time of an instant. */
export function datesOf(campaign: Campaign, day: (at: string) => string, clock: (at: string) => string): Dates {
  const { claim_from: from, claim_until: last, valid_from: use, valid_until: until } = campaign
  return {
    from: day(from), fromTime: clock(from), last: day(last), lastTime: clock(last), validDays: campaign.valid_days ?? 0,
    useFrom: use ? day(use) : '', useTime: use ? clock(use) : DAWN, until: until ? day(until) : '', untilTime: until ? clock(until) : NIGHT,
  }
}
