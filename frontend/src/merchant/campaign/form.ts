// The campaign as its form holds it, and as the server takes it. Money in fen, shares in percent; the issuer bears what
// the partners do not.
import type { Campaign, CouponKind, NewCampaign, Offer, StoreRef } from '@/shared/api'

export interface CampaignForm {
  kind: CouponKind; title: string; description: string
  off: number; percentOff: number; cap: number; price: number; gift: string; buy: number; get: number
  minSpend: number; stock: number; perMember: number
  from: string; until: string; weekdays: number[]
  partners: { store: StoreRef; percent: number }[]
}

const YUAN = 100

/** A form to begin with; `today` and `until` are local dates. */
export function blank(today: string, until: string): CampaignForm {
  return {
    kind: 'amount', title: '', description: '', off: 10 * YUAN, percentOff: 12, cap: 30 * YUAN, price: 99 * YUAN, gift: '', buy: 2, get: 1,
    minSpend: 50 * YUAN, stock: 100, perMember: 1, from: today, until, weekdays: [], partners: [],
  }
}

/** What the issuer bears, in percent: the rest. */
export const issuerPercent = (form: CampaignForm): number => 100 - form.partners.reduce((sum, one) => sum + one.percent, 0)

/** The most one coupon can cost those who pay for it, in fen. */
export function costOfOne(form: CampaignForm): number {
  return form.kind === 'amount' || form.kind === 'gift' ? form.off : form.cap
}

/** The most a funder pays when every coupon is used, in fen, by percent. */
export const worstOf = (form: CampaignForm, percent: number): number => Math.round((costOfOne(form) * form.stock * percent) / 100)

const money = (amount: number) => ({ amount, currency: 'CNY' as const })

/** The offer as a ticket shows it, while it is being made. */
export function offerOf(form: CampaignForm, title: string): Offer {
  const offer: Offer = { title: form.title || title, kind: form.kind, min_spend: money(form.minSpend) }
  if (form.kind === 'amount') offer.off = money(form.off)
  if (form.kind === 'percent') Object.assign(offer, { percent_bps: form.percentOff * 100, cap: money(form.cap) })
  if (form.kind === 'gift') Object.assign(offer, { gift: form.gift, off: money(form.off) })
  if (form.kind === 'fixed_price') Object.assign(offer, { price: money(form.price), cap: money(form.cap) })
  if (form.kind === 'buy_x_get_y') Object.assign(offer, { buy: form.buy, get: form.get, cap: money(form.cap) })
  return offer
}

/** The body for the server. `instant` turns a local date and time into UTC; claiming begins at once when it begins today. */
export function bodyOf(form: CampaignForm, instant: (day: string, time: string) => string, now: string, today: string): NewCampaign {
  const { title: _title, ...offer } = offerOf(form, '')
  const until = instant(form.until, '23:59')
  return {
    ...offer, title: form.title.trim(), description: form.description.trim(), stock: form.stock, per_member: form.perMember,
    claim_from: form.from <= today ? now : instant(form.from, '00:00'), claim_until: until, valid_until: until,
    weekdays: [...form.weekdays].sort() as NewCampaign['weekdays'], partners: form.partners.map((one) => ({ store_id: one.store.id, share_bps: one.percent * 100 })),
  }
}

/** A draft back in its form. `day` gives the local date of an instant. */
export function formOf(campaign: Campaign, day: (at: string) => string): CampaignForm {
  return {
    kind: campaign.kind, title: campaign.title, description: campaign.description,
    off: campaign.off?.amount ?? 0, percentOff: (campaign.percent_bps ?? 0) / 100, cap: campaign.cap?.amount ?? 0, price: campaign.price?.amount ?? 0,
    gift: campaign.gift ?? '', buy: campaign.buy ?? 2, get: campaign.get ?? 1, minSpend: campaign.min_spend.amount, stock: campaign.stock, perMember: campaign.per_member,
    from: day(campaign.claim_from), until: day(campaign.valid_until ?? campaign.claim_until), weekdays: campaign.weekdays,
    partners: campaign.shares.filter((one) => one.store.id !== campaign.store.id).map((one) => ({ store: one.store, percent: one.share_bps / 100 })),
  }
}
