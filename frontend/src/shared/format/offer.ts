// What a ticket says, by its kind.
import type { Offer } from '../api/types'
import { formatTicketFen, formatZhe, formatBps } from './number'
import type { Lang } from './date'

/** The stub's large word: a small sign before or after a figure, or a short word alone. */
export interface Stub { before?: string; figure: string; after?: string; word: boolean; pair?: [string, string] }

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

export function stubOf(offer: Offer, lang: Lang): Stub {
  switch (offer.kind) {
    case 'amount': return { before: '¥', figure: formatTicketFen(offer.off?.amount ?? 0), word: false }
    case 'fixed_price': return { before: '¥', figure: formatTicketFen(offer.price?.amount ?? 0), word: false }
    case 'percent': return lang === 'en'
      ? { figure: formatBps(offer.percent_bps ?? 0), after: 'off', word: false }
      : { figure: formatZhe(offer.percent_bps ?? 0), after: '折', word: false }
    case 'gift': return { figure: lang === 'en' ? 'Gift' : '赠', word: true }
    case 'punch_card': return { figure: String(offer.times ?? 1), after: lang === 'en' ? 'uses' : '次', word: false }
    case 'buy_x_get_y': return { figure: '', word: true, pair: pairOf(offer, lang) }
  }
}

function pairOf(offer: Offer, lang: Lang): [string, string] {
  const buy = offer.buy ?? 1
  const get = offer.get ?? 1
  return lang === 'en' ? [`Buy ${buy}`, `get ${get}`] : [`买${DIGITS[buy] ?? buy}`, `送${DIGITS[get] ?? get}`]
}
