// The drawn shopfronts: how wide each is, where its sign hangs, and where its roof ends (for the bubble).
import type { FrontKey } from '../api/types'

export interface Front { width: number; x: number; y: number; size: number; spacing: number; room: number; ink: string; roof: number }

const SIGN = 'var(--sign-ink)'
const BOARD = 'var(--board-ink)'
const LAMP = 'var(--lit-3)'

export const FRONTS: Record<FrontKey, Front> = {
  shoes: { width: 122, x: 61.9, y: 113.2, size: 13, spacing: 1.8, room: 76, ink: BOARD, roof: 32 },
  noodles: { width: 100, x: 51, y: 108.7, size: 13, spacing: 2, room: 62, ink: SIGN, roof: 50 },
  tea: { width: 108, x: 54.9, y: 120.7, size: 13, spacing: 1.8, room: 62, ink: BOARD, roof: 24 },
  books: { width: 98, x: 49.9, y: 110.7, size: 13, spacing: 1.8, room: 62, ink: SIGN, roof: 42 },
  herbs: { width: 96, x: 48.9, y: 115.7, size: 13, spacing: 1.8, room: 62, ink: BOARD, roof: 38 },
  tailor: { width: 86, x: 43.9, y: 115, size: 12.5, spacing: 1.8, room: 60, ink: SIGN, roof: 54 },
  bakery: { width: 94, x: 47.9, y: 101.7, size: 13, spacing: 1.8, room: 58, ink: LAMP, roof: 50 },
  glasses: { width: 84, x: 43, y: 111.6, size: 12.5, spacing: 2, room: 62, ink: SIGN, roof: 48 },
  flowers: { width: 92, x: 46.9, y: 118, size: 12.5, spacing: 1.8, room: 60, ink: SIGN, roof: 48 },
  tools: { width: 94, x: 47.9, y: 109.7, size: 13, spacing: 1.8, room: 58, ink: LAMP, roof: 56 },
  kids: { width: 90, x: 46, y: 112.7, size: 13, spacing: 2, room: 62, ink: SIGN, roof: 54 },
  fruit: { width: 96, x: 48.9, y: 102.7, size: 13, spacing: 1.8, room: 60, ink: SIGN, roof: 54 },
  photo: { width: 96, x: 49, y: 109.7, size: 13, spacing: 2, room: 62, ink: BOARD, roof: 40 },
}

/** The drawing of a store; an unknown key gets the book shop's plain front. */
export function frontOf(key: string): Front {
  return FRONTS[key as FrontKey] ?? FRONTS.books
}

/** The sign's letters, small enough for its board. Wide (Chinese) letters take one size, others about half. */
export function signSize(front: Front, name: string): { size: number; spacing: number } {
  let ems = 0
  for (const letter of name) ems += letter.codePointAt(0)! > 0x2e7f ? 1 : 0.56
  const needed = ems * front.size + name.length * front.spacing
  if (needed <= front.room) return { size: front.size, spacing: front.spacing }
  const spacing = Math.min(front.spacing, 0.4)
  return { size: (front.room - name.length * spacing) / ems, spacing }
}
