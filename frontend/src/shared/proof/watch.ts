// Watches the street's seal: that it is signed with the key which this device met first, and that the ledger only ever
// grew since the checkpoint that it saw last.
import type { SealView } from '../api/types'
import { base64, Broken, canHash, same, toBase64 } from './bytes'
import type { Kept, Memory } from './memory'
import { goesOn, type Rooted } from './merkle'
import { openNote, type Verified } from './note'

/**
 * Why the ledger cannot be what it was: another key signs; the signature is not the key's; transfers that were sealed are
 * gone; what was sealed has changed.
 */
export type Alarm = 'key' | 'signature' | 'shrunk' | 'changed'

export type Watched =
  | { state: 'cannot' }
  | { state: 'none' }
  | { state: 'sealed'; seal: Verified; key: string; sealedAt: string; before: Kept | null }
  | { state: 'alarm'; why: Alarm; seal: Verified | null; before: Kept | null }

/** The hashes between two sizes; null when the server says that it has no such checkpoint. */
export type Between = (from: number, to: number) => Promise<string[] | null>

/** Whether one checkpoint goes on from the other, by the server's proof and this device's own arithmetic. */
export async function consistent(earlier: Rooted, later: Rooted, between: Between): Promise<boolean> {
  if (earlier.size === later.size) return same(earlier.root, later.root)
  const hashes = await between(earlier.size, later.size)
  try {
    return hashes !== null && await goesOn(earlier, later, hashes.map(base64))
  } catch (thrown) {
    if (thrown instanceof Broken) return false
    throw thrown
  }
}

async function opened(seal: SealView): Promise<Verified | null> {
  const { note, size, root } = seal.checkpoint!
  try {
    const verified = await openNote(note, seal.key)
    return verified.size === size && toBase64(verified.root) === root && verified.origin === seal.origin ? verified : null
  } catch (thrown) {
    if (thrown instanceof Broken) return null
    throw thrown
  }
}

/** Verifies a street's seal against what this device remembers, and remembers it. Throws only what the network throws. */
export async function watchSeal(origin: string, seal: SealView, between: Between, memory: Memory): Promise<Watched> {
  if (!canHash()) return { state: 'cannot' }
  const before = memory.recall(origin)
  const alarm = (why: Alarm, seal: Verified | null = null): Watched => ({ state: 'alarm', why, seal, before })
  if (seal.origin !== origin) return alarm('signature')
  if (before && before.key !== seal.key) return alarm('key')
  if (!seal.checkpoint) {
    if (before?.size) return alarm('shrunk')
    memory.keep(origin, { key: seal.key, size: 0, root: '', note: '', at: Date.now() })
    return { state: 'none' }
  }
  const now = await opened(seal)
  if (!now) return alarm('signature')
  if (before?.size) {
    if (now.size < before.size) return alarm('shrunk', now)
    if (!(await consistent({ size: before.size, root: base64(before.root) }, now, between))) return alarm('changed', now)
  }
  memory.keep(origin, { key: seal.key, size: now.size, root: toBase64(now.root), note: now.note, at: Date.now() })
  return { state: 'sealed', seal: now, key: seal.key, sealedAt: seal.checkpoint.sealed_at, before }
}
