// The campaign as its form holds it, and as the server takes it. Money in fen, shares in percent; the issuer bears what
// the partners do not.
import type { Campaign, NewCampaign, Offer, StoreRef } from '@/shared/api'
import { blankDates, datesBody, datesOf, type Dates } from './dates'
import { blankHanding, handingBody, handingOf, type HandingForm } from './handing'
import { blankLimits, limitsBody, limitsOf, type Limits } from './limits'
import { blankPricing, costOfOne, offerOf as pricedOffer, pricingBody, pricingOf, type Pricing } from './pricing'

export { costOfOne }

export interface CampaignForm extends Pricing, HandingForm, Limits, Dates {
  title: string; description: string; stock: number; perMember: number
  weekdays: number[]
  partners: { store: StoreRef; percent: number }[]
}

/** A form to begin with; `today` and `until` are local dates. */
export function blank(today: string, until: string): CampaignForm {
  return {
    ...blankPricing(), ...blankHanding(), ...blankLimits(), ...blankDates(today, until), title: '', description: '', stock: 100, perMember: 1, weekdays: [], partners: [],
  }
}

/** What the issuer bears, in percent: the rest. */
export const issuerPercent = (form: CampaignForm): number => 100 - form.fundPercent - form.partners.reduce((sum, one) => sum + one.percent, 0)

/** The most a funder pays when every coupon is used, in fen, by percent. */
export const worstOf = (form: CampaignForm, percent: number): number => Math.round((costOfOne(form) * form.stock * percent) / 100)

/** The offer as a ticket shows it, while it is being made. */
export const offerOf = (form: CampaignForm, title: string): Offer => pricedOffer(form, form.title || title)

/** The body for the server. `issuer` is the store's id; the others are those of datesBody. */
export function bodyOf(form: CampaignForm, issuer: string, instant: (day: string, time: string) => string, now: string, began?: string): NewCampaign {
  return {
    ...pricingBody(form), ...handingBody(form, issuer), ...limitsBody(form), ...datesBody(form, instant, now, began),
    title: form.title.trim(), description: form.description.trim(), stock: form.stock, per_member: form.perMember,
    weekdays: [...form.weekdays].sort() as NewCampaign['weekdays'], partners: form.partners.map((one) => ({ store_id: one.store.id, share_bps: one.percent * 100 })),
  }
}

/** A draft back in its form. `day` and `clock` give the local date and time of an instant. */
export function formOf(campaign: Campaign, day: (at: string) => string, clock: (at: string) => string): CampaignForm {
  return {
    ...pricingOf(campaign), ...handingOf(campaign), ...limitsOf(campaign), ...datesOf(campaign, day, clock),
    title: campaign.title, description: campaign.description, stock: campaign.stock, perMember: campaign.per_member, weekdays: campaign.weekdays,
    partners: campaign.shares.filter((one) => !one.fund && one.store.id !== campaign.store.id).map((one) => ({ store: one.store, percent: one.share_bps / 100 })),
  }
}
