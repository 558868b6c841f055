// What a till keeps on the phone.
import type { TillEntry, TillLine, TillPack } from '@/shared/api'

/** A till as this phone keeps it: its own key, what it may take, and how the clocks stood at the last contact. */
export interface Device {
  store: string
  /** The private half cannot be read by anybody, not even by us. */
  keys: CryptoKeyPair
  pack: TillPack
  /** The server's time of the last contact, and how far it was ahead of this phone's clock then (ms). */
  contact: number
  ahead: number
  /** The latest moment that this till has known, so that a clock set back brings no coupon back to life (ms). */
  seen: number
}

/** One line of the till's log, with what the counter shows of it. */
export interface Kept {
  till: string
  seq: number
  line: TillLine
  title: string
  member: number
  coupon: string
  campaign: string
  use: number
  /** When it was, by the server's clock (ms). */
  at: number
  toPay: number
  gift: string
  /** What the server made of it; absent while it waits. */
  entry?: TillEntry
  /** The counter has seen the answer. */
  read?: boolean
}
