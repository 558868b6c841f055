// The campaign as its form holds it, and as the server takes it. Money in fen, shares in percent; the issuer bears what
// the partners do not.
import type { Campaign, NewCampaign, Offer, StoreRef } from '@/shared/api'
import { blankHanding, handingBody, handingOf, type HandingForm } from './handing'
import { blankPricing, costOfOne, offerOf as pricedOffer, pricingBody, pricingOf, type Pricing } from './pricing'

export { costOfOne }

export interface CampaignForm extends Pricing, HandingForm {
  title: string; description: string; stock: number; perMember: number
  from: string; until: string; weekdays: number[]
  partners: { store: StoreRef; percent: number }[]
}

/** A form to begin with; `today` and `until` are local dates. */
export function blank(today: string, until: string): CampaignForm {
  return {
    ...blankPricing(), ...blankHanding(), title: '', description: '', stock: 100, perMember: 1, from: today, until, weekdays: [], partners: [],
  }
}

/** What the issuer bears, in percent: the rest. */
export const issuerPercent = (form: CampaignForm): number => 100 - form.partners.reduce((sum, one) => sum + one.percent, 0)

/** The most a funder pays when every coupon is used, in fen, by percent. */
export const worstOf = (form: CampaignForm, percent: number): number => Math.round((costOfOne(form) * form.stock * percent) / 100)

/** The offer as a ticket shows it, while it is being made. */
export const offerOf = (form: CampaignForm, title: string): Offer => pricedOffer(form, form.title || title)

/** The body for the server. `issuer` is the shop's id; `instant` turns a local date and time into UTC; claiming begins at once when it begins today. */
export function bodyOf(form: CampaignForm, issuer: string, instant: (day: string, time: string) => string, now: string, today: string): NewCampaign {
  const until = instant(form.until, '23:59')
  return {
    ...pricingBody(form), ...handingBody(form, issuer), title: form.title.trim(), description: form.description.trim(), stock: form.stock, per_member: form.perMember,
    claim_from: form.from <= today ? now : instant(form.from, '00:00'), claim_until: until, valid_until: until,
    weekdays: [...form.weekdays].sort() as NewCampaign['weekdays'], partners: form.partners.map((one) => ({ store_id: one.store.id, share_bps: one.percent * 100 })),
  }
}

/** A draft back in its form. `day` gives the local date of an instant. */
export function formOf(campaign: Campaign, day: (at: string) => string): CampaignForm {
  return {
    ...pricingOf(campaign), ...handingOf(campaign), title: campaign.title, description: campaign.description, stock: campaign.stock, perMember: campaign.per_member,
    from: day(campaign.claim_from), until: day(campaign.valid_until ?? campaign.claim_until), weekdays: campaign.weekdays,
    partners: campaign.shares.filter((one) => one.store.id !== campaign.store.id).map((one) => ({ store: one.store, percent: one.share_bps / 100 })),
  }
}
