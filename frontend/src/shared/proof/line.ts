// Verifies one line of a store's ledger: that the raw record is the line which the page shows, and that the record's leaf
// lies under the seal.
import type { LedgerLine, ProofView } from '../api/types'
import { base64, Broken, same } from './bytes'
import { leafHash, storeAccount } from './leaf'
import { rootOf } from './merkle'
import type { Verified } from './note'

/**
 * What is not so: the page shows another line than the record; the record is not what was sealed; the proof is kept back;
 * or the seal itself does not hold (watch.ts), and then nothing under it does.
 */
export type Fault = 'line' | 'record' | 'withheld' | 'seal'

export interface Whose { alliance: string; store: string }

export type LineVerdict =
  | { state: 'cannot' }
  | { state: 'waits' }
  | { state: 'holds'; place: number; sealedAt: string }
  | { state: 'broken'; why: Fault }

const KINDS: Partial<Record<LedgerLine['kind'], string>> = {
  referral: 'referral', referral_pending: 'referral', commission_in: 'commission', commission_out: 'commission',
  coupon_in: 'coupon_share', coupon_out: 'coupon_share', points_issued: 'points_issued', points_honoured: 'points_spent',
}

/** Whether the record is the line that is shown: same row, same time, same amount on the same side of the store's own account. */
async function shows(line: LedgerLine, { alliance, store }: Whose, { record }: ProofView): Promise<boolean> {
  const unit = line.amount ? 'fen' : 'point'
  const own = await storeAccount(alliance, store, unit)
  const amount = Number(record.amount)
  const sides = [record.credit === own ? amount : 0, record.debit === own ? -amount : 0].filter(Boolean)
  const millis = Math.floor(Number(record.at) / 1000)
  return record.alliance === alliance && record.id === line.id && record.seq === line.seq && record.unit === unit && millis === Date.parse(line.at)
    && (KINDS[line.kind] ?? record.kind) === record.kind
    && sides.length === 1 && sides[0] === (line.amount?.amount ?? line.points)
}

/** Verifies a line with its proof under a seal that was verified (watch.ts); without one the line waits. */
export async function checkLine(line: LedgerLine, whose: Whose, proof: ProofView, seal: Verified | null, sealedAt = ''): Promise<LineVerdict> {
  const broken = (why: Fault): LineVerdict => ({ state: 'broken', why })
  try {
    if (!(await shows(line, whose, proof))) return broken('line')
    const { seq } = proof.record
    if (!seal || seq > seal.size) return { state: 'waits' }
    if (!proof.checkpoint) return broken('withheld')
    const root = await rootOf(await leafHash(proof.record), seq - 1, seal.size, proof.hashes.map(base64))
    return same(root, seal.root) ? { state: 'holds', place: seq, sealedAt } : broken('record')
  } catch (thrown) {
    if (thrown instanceof Broken) return broken('record')
    throw thrown
  }
}
