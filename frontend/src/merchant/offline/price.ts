// What a coupon makes of a bill, as the server reckons it (models.Offer.PriceFor), for the time without a network: one
// coupon, a bill without lines. Both are held to the same vectors. Amounts are whole fen.
import type { Offer } from '@/shared/api'

export type PriceRefusal = 'lines_needed' | 'below_minimum' | 'no_effect'
export interface OfflinePrice { bill: number; off: number; toPay: number; refused: PriceRefusal | '' }

type Terms = Omit<Offer, 'title'>

const WHOLE = 10_000

/** The price of a bill. What is to be paid is rounded half up; the discount is the rest. */
export function priceFor(offer: Terms, bill: number): OfflinePrice {
  const full = { bill, off: 0, toPay: Math.max(bill, 0) }
  if (offer.goods || offer.per_piece) return { ...full, refused: 'lines_needed' }
  if (bill < Math.max(offer.min_spend.amount, 0)) return { ...full, refused: 'below_minimum' }
  if (handsOver(offer)) return { ...full, refused: '' }
  const off = Math.min(Math.max(wanted(offer, bill), 0), bill)
  return off === 0 ? { ...full, refused: 'no_effect' } : { bill, off, toPay: bill - off, refused: '' }
}

/** A use hands something over and leaves the bill alone. */
export const handsOver = (offer: Terms): boolean => offer.kind === 'gift' || (offer.kind === 'punch_card' && !!offer.gift)

function wanted(offer: Terms, bill: number): number {
  const cap = offer.cap?.amount ?? 0
  switch (offer.kind) {
    case 'amount':
    case 'punch_card': return offer.off?.amount ?? 0
    case 'percent': return Math.min(bill - roundedPart(bill, WHOLE - (offer.percent_bps ?? 0), WHOLE), cap)
    case 'fixed_price': return Math.min(bill - (offer.price?.amount ?? 0), cap)
    case 'buy_x_get_y': return Math.min(bill - roundedPart(bill, offer.buy ?? 0, (offer.buy ?? 0) + (offer.get ?? 0)), cap)
    default: return 0
  }
}

/** part/whole of an amount, half up; exact for every bill there is (below 2^53 / 10,000 fen). */
function roundedPart(amount: number, part: number, whole: number): number {
  if (part < 0 || whole <= 0 || part >= whole) return amount
  const product = amount * part
  const rest = product % whole
  return (product - rest) / whole + (rest * 2 >= whole ? 1 : 0)
}
