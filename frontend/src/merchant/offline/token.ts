// A coupon as the member's phone shows it without a network: the server's signature says that it is real
// (docs/offline.md). What the coupon gives, the till knows from its allotment.
import { base64, join, toUuid, utf8, type Bytes } from '@/shared/proof/bytes'
import { verifies } from '@/shared/proof/ed25519'

export interface CouponToken {
  coupon: string
  campaign: string
  /** Of the terms. */
  version: number
  /** The coupon's next use, counted from 1. */
  use: number
  /** The member's number. */
  member: number
  /** Milliseconds since 1970; `until` is the last second it works. */
  from: number
  until: number
}

const PREFIX = 'OC1.'
const DOMAIN = 'onestreet coupon token 1\n'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'
const SIGNATURE = 64
const ID = 16

/** Tells a token from what is typed; it says nothing about the signature. */
export const isToken = (text: string): boolean => text.trim().startsWith(PREFIX)

/** RFC 9285; null for what is no base45. */
export function fromBase45(text: string): Bytes | null {
  const out: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const signs = text.slice(at, at + 3)
    let n = 0
    for (let i = signs.length - 1; i >= 0; i--) {
      const digit = ALPHABET.indexOf(signs[i]!)
      if (digit < 0) return null
      n = n * 45 + digit
    }
    if (signs.length === 1 || n >= 2 ** (8 * (signs.length - 1))) return null
    if (signs.length === 3) out.push(n >> 8)
    out.push(n & 0xff)
  }
  return new Uint8Array(out)
}

/** The coupon of a token that the street's key signed; null for anything else. */
export async function openToken(text: string, key: string): Promise<CouponToken | null> {
  const data = isToken(text) ? fromBase45(text.trim().slice(PREFIX.length)) : null
  if (!data || data.length < SIGNATURE) return null
  const body = data.slice(0, -SIGNATURE)
  if (!await verifies(base64(key), join(utf8(DOMAIN), body), data.slice(-SIGNATURE))) return null
  return read(body)
}

function read(body: Bytes): CouponToken | null {
  let at = 2 * ID
  const uvarint = (): number => {
    for (let value = 0, scale = 1; at < body.length && scale < 2 ** 50; scale *= 128) {
      const byte = body[at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    return Number.NaN
  }
  const [version, use, member] = [uvarint(), uvarint(), uvarint()]
  if (!Number.isSafeInteger(version + use + member) || body.length !== at + 8) return null
  const times = new DataView(body.buffer, body.byteOffset + at)
  return {
    coupon: toUuid(body.slice(0, ID)), campaign: toUuid(body.slice(ID, 2 * ID)), version, use, member,
    from: times.getUint32(0) * 1000, until: times.getUint32(4) * 1000,
  }
}
