// A transfer's leaf, as models/ledgerhash.go computes it: the server's word for it is not taken.
import type { LedgerRecord } from '../api/types'
import { Broken, int64, join, sha256, toUuid, utf8, uuid, type Bytes } from './bytes'

/** A text with its length before it, two bytes. */
function text(value: string): Bytes {
  const bytes = utf8(value)
  if (bytes.length > 0xffff) throw new Broken('a text is too long')
  return join(Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes)
}

/** The canonical bytes of a record: a zero byte that marks a leaf (RFC 6962), the layout's version, then every field. */
export function leafBytes(record: LedgerRecord): Bytes {
  const { reference, step, kind, unit, reason } = record
  const { debit, credit, settles, reverses, member, store, visit, campaign, coupon, redemption, referral } = record
  return join(
    Uint8Array.of(0, 1), uuid(record.alliance), int64(String(record.seq)), uuid(record.id),
    ...[reference, step, kind, unit, reason].map(text), int64(record.amount),
    ...[debit, credit, settles, reverses, member, store, visit, campaign, coupon, redemption, referral].map(uuid),
    ...[record.expires_at, record.at, record.recorded_at].map(int64),
  )
}

export const leafHash = (record: LedgerRecord): Promise<Bytes> => sha256(leafBytes(record))

/** The id of a store's account, as models.AccountID computes it from its key. */
export async function storeAccount(alliance: string, store: string, unit: string): Promise<string> {
  const id = (await sha256(utf8('onestreet account 1\0'), uuid(alliance), text('store'), uuid(store), text(unit))).slice(0, 16)
  id[6] = (id[6]! & 0x0f) | 0x80
  id[8] = (id[8]! & 0x3f) | 0x80
  return toUuid(id)
}
