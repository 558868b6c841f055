// The member's rotating code (RFC 6238: HMAC-SHA1, 30 s, 8 digits), made on the phone: no network needed.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648) → bytes. */
export function base32(text: string): Uint8Array<ArrayBuffer> {
  const out: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text.toUpperCase().replace(/[\s=]/g, '')) {
    const index = ALPHABET.indexOf(letter)
    if (index < 0) throw new Error('totp: not base32')
    value = ((value << 5) | index) & 0xffff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((value >> bits) & 0xff)
    }
  }
  return new Uint8Array(out)
}

/** The code at an instant (ms since 1970). `hash` is for the standard's other vectors. */
export async function totp(secret: Uint8Array<ArrayBuffer>, at: number, period = 30, digits = 8, hash = 'SHA-1'): Promise<string> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, counterBytes(Math.floor(at / 1000 / period))))
  const start = mac[mac.length - 1]! & 0x0f
  const value = ((mac[start]! & 0x7f) << 24) | (mac[start + 1]! << 16) | (mac[start + 2]! << 8) | mac[start + 3]!
  return String(value % 10 ** digits).padStart(digits, '0')
}

function counterBytes(counter: number): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(0, Math.floor(counter / 2 ** 32))
  view.setUint32(4, counter >>> 0)
  return view.buffer
}

/** Seconds until the code turns, 1 … period. */
export function secondsLeft(at: number, period = 30): number {
  return period - Math.floor(at / 1000) % period
}

/** What the QR says; the counter's scanner reads it. */
export function qrText(memberId: string, code: string): string {
  return `OS1.${memberId}.${code}`
}
