// The line that a door signs for each guest, to the byte as the server reads it (models.DoorLine.Text).
import type { DoorLine } from '@/shared/api'
import { toBase64, utf8 } from '@/shared/proof/bytes'

export type Unsigned = Omit<DoorLine, 'signature'>

export function doorText(door: string, line: Unsigned): string {
  return ['onestreet door log 1', door, line.seq, line.member_id || '-', line.people, line.digits || '-', line.by, line.clock, line.contact, line.since, ''].join('\n')
}

export async function signDoorLine(keys: CryptoKeyPair, door: string, line: Unsigned): Promise<DoorLine> {
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, utf8(doorText(door, line)))
  return { ...line, signature: toBase64(new Uint8Array(signature)) }
}

/** Whose card a scanned text is, and its digits; null for anything else. A phone without a network cannot tell whether they fit. */
export function cardOf(text: string): { member: string; digits: string } | null {
  const found = /^OS1\.([0-9a-f-]{36})\.(\d{8})$/.exec(text.trim())
  return found ? { member: found[1]!, digits: found[2]! } : null
}
