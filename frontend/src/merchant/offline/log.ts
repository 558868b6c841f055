// The line that a till signs for each redemption, to the byte as the server reads it (models.TillLine.Text).
import type { TillLine } from '@/shared/api'
import { toBase64, utf8 } from '@/shared/proof/bytes'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

export type Unsigned = Omit<TillLine, 'signature'>

export function lineText(till: string, line: Unsigned): string {
  return ['onestreet till log 1', till, line.seq, line.token, line.bill.amount, line.off.amount, line.by, line.clock, line.contact, line.since, ''].join('\n')
}

/** A key pair whose private half never leaves the browser. */
export async function newKeys(): Promise<{ keys: CryptoKeyPair; publicKey: string }> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])
  return { keys, publicKey: toBase64(new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey))) }
}

export async function signLine(keys: CryptoKeyPair, till: string, line: Unsigned): Promise<TillLine> {
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, utf8(lineText(till, line)))
  return { ...line, signature: toBase64(new Uint8Array(signature)) }
}
