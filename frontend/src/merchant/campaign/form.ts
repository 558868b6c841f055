// The campaign as its form holds it, and as the server takes it. Money in fen, shares in percent; the issuer bears what
// the partners do not.
import type { Campaign, NewCampaign, Offer, StoreRef } from '@/shared/api'
import { blankHanding, handingBody, handingOf, type HandingForm } from './handing'
import { blankLimits, limitsBody, limitsOf, type Limits } from './limits'
import { blankPricing, costOfOne, offerOf as pricedOffer, pricingBody, pricingOf, type Pricing } from './pricing'

export { costOfOne }

export interface CampaignForm extends Pricing, HandingForm, Limits {
  title: string; description: string; stock: number; perMember: number
  from: string; until: string; weekdays: number[]
  partners: { store: StoreRef; percent: number }[]
}

/** A form to begin with; `today` and `until` are local dates. */
export function blank(today: string, until: string): CampaignForm {
  return {
    ...blankPricing(), ...blankHanding(), ...blankLimits(), title: '', description: '', stock: 100, perMember: 1, from: today, until, weekdays: [], partners: [],
  }
}

/** What the issuer bears, in percent: the rest. */
export const issuerPercent = (form: CampaignForm): number => 100 - form.fundPercent - form.partners.reduce((sum, one) => sum + one.percent, 0)

/** The most a funder pays when every coupon is used, in fen, by percent. */
export const worstOf = (form: CampaignForm, percent: number): number => Math.round((costOfOne(form) * form.stock * percent) / 100)

/** The offer as a ticket shows it, while it is being made. */
export const offerOf = (form: CampaignForm, title: string): Offer => pricedOffer(form, form.title || title)

/** The body for the server. `issuer` is the store's id; `instant` turns a local date and time into UTC; claiming begins at once when that time has come.
 * `began` is when the claims of a running campaign began: that stays. */
export function bodyOf(form: CampaignForm, issuer: string, instant: (day: string, time: string) => string, now: string, began?: string): NewCampaign {
  const until = instant(form.until, '23:59')
  const from = instant(form.from, form.fromTime)
  return {
    ...pricingBody(form), ...handingBody(form, issuer), ...limitsBody(form), title: form.title.trim(), description: form.description.trim(), stock: form.stock, per_member: form.perMember,
    claim_from: began ?? (from <= now ? now : from), claim_until: until, ...(form.validDays ? { valid_days: form.validDays } : { valid_until: until }),
    weekdays: [...form.weekdays].sort() as NewCampaign['weekdays'], partners: form.partners.map((one) => ({ store_id: one.store.id, share_bps: one.percent * 100 })),
  }
}

/** A draft back in its form. `day` and `clock` give the local date and time of an instant. */
export function formOf(campaign: Campaign, day: (at: string) => string, clock: (at: string) => string): CampaignForm {
  return {
    ...pricingOf(campaign), ...handingOf(campaign), ...limitsOf(campaign, clock), title: campaign.title, description: campaign.description, stock: campaign.stock, perMember: campaign.per_member,
    from: day(campaign.claim_from), until: day(campaign.valid_until ?? campaign.claim_until), weekdays: campaign.weekdays,
    partners: campaign.shares.filter((one) => !one.fund && one.store.id !== campaign.store.id).map((one) => ({ store: one.store, percent: one.share_bps / 100 })),
  }
}
