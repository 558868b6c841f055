// Codes of a batch on sheets of paper: ten a page; a browser lays out so many pages at once and no more.
import type { PrintedCard } from '@/shared/api'
import { qrPath, type QrPath } from '@/shared/format/qr'

const CARDS_A_PAGE = 10
const CARDS_A_PART = 200

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size))
}

/** A large batch in parts that are printed one after the other. */
export const partsOf = (cards: PrintedCard[]): PrintedCard[][] => chunks(cards, CARDS_A_PART)

/** The pages of a part, each card with its QR code drawn. */
export const pagesOf = (cards: PrintedCard[]): (PrintedCard & { qr: QrPath })[][] => chunks(cards.map((card) => ({ ...card, qr: qrPath(card.link) })), CARDS_A_PAGE)
