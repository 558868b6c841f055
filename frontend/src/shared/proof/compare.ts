// Two shops compare: the neighbour's checkpoint, scanned or pasted or read out in words, with the one that this device
// verified itself.
import { Broken, same } from './bytes'
import { lengthen, openNote, type Verified } from './note'
import { consistent, type Between } from './watch'
import { bytesOf, EIGHT } from './words'

export type Comparison =
  | { result: 'same' }
  | { result: 'older' | 'newer'; theirs: Verified }
  | { result: 'different'; theirs: Verified | null }
  | { result: 'elsewhere' | 'unreadable' | 'words' }

/**
 * Compares a code (OSN1…) or eight words with our own checkpoint. Words tell only whether it is the same one: 'words' when
 * they are not ours, for they may be of another evening. Throws only what the network throws.
 */
export async function compare(text: string, ours: Verified, key: string, between: Between): Promise<Comparison> {
  if (!text.trim().startsWith('OSN1.')) return compareWords(text, ours)
  let code: ReturnType<typeof lengthen>
  try { code = lengthen(text) } catch { return { result: 'unreadable' } }
  if (code.origin !== ours.origin) return { result: 'elsewhere' }
  let theirs: Verified
  try {
    theirs = await openNote(code.note, key)
  } catch (thrown) {
    if (thrown instanceof Broken) return { result: 'different', theirs: null }
    throw thrown
  }
  if (theirs.size === ours.size) return same(theirs.root, ours.root) ? { result: 'same' } : { result: 'different', theirs }
  const [earlier, later] = theirs.size < ours.size ? [theirs, ours] : [ours, theirs]
  if (!(await consistent(earlier, later, between))) return { result: 'different', theirs }
  return { result: theirs === earlier ? 'older' : 'newer', theirs }
}

function compareWords(text: string, ours: Verified): Comparison {
  const bytes = bytesOf(text)
  if (!bytes) return { result: 'unreadable' }
  return { result: same(bytes, ours.code.subarray(0, EIGHT)) ? 'same' : 'words' }
}
