// What a coupon gives and what it goes together with, as the form holds it and as the server takes it. Money in fen.
import type { Campaign, CouponKind, NewCampaign, Offer } from '@/shared/api'

export interface Pricing {
  kind: CouponKind; off: number; perPiece: boolean; percentOff: number; cap: number; price: number; gift: string; buy: number; get: number
  times: number; goods: string; minSpend: number; stackable: boolean; category: string
}

const YUAN = 100
const money = (amount: number) => ({ amount, currency: 'CNY' as const })

export const KINDS: CouponKind[] = ['amount', 'percent', 'gift', 'fixed_price', 'buy_x_get_y', 'punch_card']

export function blankPricing(): Pricing {
  return {
    kind: 'amount', off: 10 * YUAN, perPiece: false, percentOff: 12, cap: 30 * YUAN, price: 99 * YUAN, gift: '', buy: 2, get: 1,
    times: 5, goods: '', minSpend: 50 * YUAN, stackable: false, category: '',
  }
}

/** Whether the form asks for the most that one coupon takes off: without it there is no worst case to sign. */
export const capped = (form: Pricing): boolean =>
  form.kind === 'percent' || form.kind === 'fixed_price' || form.kind === 'buy_x_get_y' || (form.kind === 'amount' && form.perPiece)

/** Whether a use hands something over and leaves the bill alone. */
export const handsOver = (form: Pricing): boolean => form.kind === 'gift' || (form.kind === 'punch_card' && form.gift.trim() !== '')

/** The most one coupon can cost those who pay for it, with every use of it, in fen. */
export const costOfOne = (form: Pricing): number => (capped(form) ? form.cap : form.off * (form.kind === 'punch_card' ? form.times : 1))

/** The offer as a ticket shows it, while it is being made. */
export function offerOf(form: Pricing, title: string): Offer {
  const offer: Offer = { title, kind: form.kind, min_spend: money(form.minSpend), stackable: form.stackable }
  if (form.kind === 'amount' || form.kind === 'gift' || form.kind === 'punch_card') offer.off = money(form.off)
  if (form.kind === 'amount' && form.perPiece) offer.per_piece = true
  if (form.kind === 'percent') offer.percent_bps = form.percentOff * 100
  if (handsOver(form)) offer.gift = form.gift
  if (form.kind === 'fixed_price') offer.price = money(form.price)
  if (form.kind === 'buy_x_get_y') Object.assign(offer, { buy: form.buy, get: form.get })
  if (form.kind === 'punch_card') offer.times = form.times
  if (capped(form)) offer.cap = money(form.cap)
  if (form.goods.trim() && !handsOver(form)) offer.goods = form.goods.trim()
  if (form.stackable && form.category.trim()) offer.category = form.category.trim()
  return offer
}

/** The same for the server, which keeps what a change does not mention: what the kind has no more is sent empty. */
export function pricingBody(form: Pricing): Partial<NewCampaign> & Pick<NewCampaign, 'kind'> {
  const { title: _title, ...offer } = offerOf(form, '')
  return { per_piece: false, gift: '', goods: '', category: '', ...offer }
}

/** A draft's part of the form. */
export function pricingOf(campaign: Campaign): Pricing {
  return {
    kind: campaign.kind, off: campaign.off?.amount ?? 0, perPiece: campaign.per_piece ?? false, percentOff: (campaign.percent_bps ?? 0) / 100,
    cap: campaign.cap?.amount ?? 0, price: campaign.price?.amount ?? 0, gift: campaign.gift ?? '', buy: campaign.buy ?? 2, get: campaign.get ?? 1,
    times: campaign.times ?? 5, goods: campaign.goods ?? '', minSpend: campaign.min_spend.amount, stackable: campaign.stackable, category: campaign.category ?? '',
  }
}
