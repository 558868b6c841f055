// What a door keeps on the phone.
import type { DoorEntry, DoorLine, DoorPack } from '@/shared/api'

/** A door as this phone keeps it: its own key, the list, and how the clocks stood at the last contact. */
export interface DoorDevice {
  occurrence: string
  store: string
  /** The private half cannot be read by anybody, not even by us. */
  keys: CryptoKeyPair
  pack: DoorPack
  /** The server's time of the last contact, and how far it was ahead of this phone's clock then (ms). */
  contact: number
  ahead: number
}

/** One line of the door's log, with what the screen shows of it. */
export interface DoorKept {
  door: string
  seq: number
  line: DoorLine
  /** Who; empty for neighbours who are no members. */
  name: string
  /** When it was, by the server's clock (ms). */
  at: number
  /** Places that were given for it without asking. */
  extra: number
  /** What the server made of it; absent while it waits. */
  entry?: DoorEntry
  read?: boolean
}
