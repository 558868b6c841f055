// Bytes as texts and back. Whatever does not read exactly is Broken: a proof is never guessed at.

/** What a text, a record or a proof is that cannot be what it says. */
export class Broken extends Error {}

export type Bytes = Uint8Array<ArrayBuffer>

export function base64(text: string): Bytes {
  try {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0))
    if (toBase64(bytes) === text) return bytes
  } catch { /* not base64 at all */ }
  throw new Broken(`not base64: ${text}`)
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function uuid(text: string): Bytes {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)) throw new Broken(`not an id: ${text}`)
  return Uint8Array.from(text.replaceAll('-', '').match(/../g)!, (pair) => Number.parseInt(pair, 16))
}

export function toUuid(bytes: Uint8Array): string {
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text))

/** A decimal number of 64 bits with its sign, big-endian. */
export function int64(text: string): Bytes {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(text)) throw new Broken(`not a number: ${text}`)
  const value = BigInt(text)
  if (BigInt.asIntN(64, value) !== value) throw new Broken(`too large: ${text}`)
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Number(BigInt.asUintN(64, value) >> BigInt(32)))
  view.setUint32(4, Number(BigInt.asUintN(32, value)))
  return bytes
}

export function join(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}

/** Whether this browser can hash at all: only pages that came safely may (https, or this machine). */
export const canHash = (): boolean => typeof globalThis.crypto?.subtle?.digest === 'function'

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', join(...parts)))
}
