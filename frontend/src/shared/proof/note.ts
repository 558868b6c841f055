// Checkpoints as signed notes: golang.org/x/mod/sumdb/note, with the body of C2SP tlog-checkpoint.
import { base64, Broken, same, sha256, toBase64, utf8, type Bytes } from './bytes'
import { verifies } from './ed25519'

export interface Checkpoint { origin: string; size: number; root: Bytes }
/** A checkpoint whose signature was verified; `code` is the hash of its text, whose first bytes are the words. */
export interface Verified extends Checkpoint { note: string; code: Bytes }

const ED25519 = 1

interface Key { name: string; hash: Bytes; key: Bytes }

/** Reads a verifier key: name+hash+key. */
async function readKey(text: string): Promise<Key> {
  const [, name, sum, data] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (!name || !sum || !data) throw new Broken('not a verifier key')
  const key = base64(data)
  const hash = (await sha256(utf8(`${name}\n`), key)).slice(0, 4)
  if (key[0] !== ED25519 || key.length !== 33 || !same(hash, Uint8Array.from(sum.match(/../g)!, (pair) => Number.parseInt(pair, 16)))) throw new Broken('not an Ed25519 verifier key')
  return { name, hash, key: key.slice(1) }
}

export const bodyOf = (c: Checkpoint): string => `${c.origin}\n${c.size}\n${toBase64(c.root)}\n`

/** The code of a checkpoint: the hash of its text. Its first bytes are the words that two shops compare. */
export const codeOf = (c: Checkpoint): Promise<Bytes> => sha256(utf8(bodyOf(c)))

/** Reads a body. Whatever would not be written so is none: a size with a leading zero, a fourth line. */
function readBody(body: string): Checkpoint {
  const [origin = '', size = '', root = ''] = body.split('\n')
  const checkpoint = { origin, size: Number(size), root: base64(root) }
  if (!origin || !Number.isSafeInteger(checkpoint.size) || checkpoint.root.length !== 32 || bodyOf(checkpoint) !== body) throw new Broken('not a checkpoint')
  return checkpoint
}

/** The signature of a key in a note: hash of the key, then 64 bytes. */
function signatureOf(lines: string[], key: Key): Bytes {
  for (const line of lines) {
    const [, name, data] = /^— ([^+\s]+) (\S+)$/.exec(line) ?? []
    if (!name || !data) throw new Broken('not a signed note')
    const bytes = base64(data)
    if (name === key.name && same(bytes.slice(0, 4), key.hash)) return bytes
  }
  throw new Broken('the note is not signed with this key')
}

/** Verifies a signed checkpoint with a verifier key; Broken when anything of it is not so. */
export async function openNote(note: string, verifierKey: string): Promise<Verified> {
  const key = await readKey(verifierKey)
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n') || note.length > 2000) throw new Broken('not a signed note')
  const body = note.slice(0, split + 1)
  const signature = signatureOf(note.slice(split + 2, -1).split('\n'), key)
  const text = utf8(body)
  if (signature.length !== 68 || !(await verifies(key.key, text, signature.slice(4)))) throw new Broken('the signature does not hold')
  const checkpoint = readBody(body)
  if (checkpoint.origin !== key.name) throw new Broken('the note is of another ledger')
  return { ...checkpoint, note, code: await sha256(text) }
}

/** A note short enough for a QR code: OSN1.origin.size.root.signature. */
export function shorten({ origin, size, root, note }: Verified): string {
  const line = note.trimEnd().split('\n').pop() ?? ''
  return ['OSN1', origin, size, toBase64(root), line.slice(line.lastIndexOf(' ') + 1)].join('.')
}

/** The note that was shortened, and whose it is; Broken when it was none. */
export function lengthen(code: string): { origin: string; note: string } {
  const [, origin, size, root, signature] = /^OSN1\.([a-z0-9/-]+)\.([1-9]\d{0,15})\.([A-Za-z0-9+/]{43}=)\.([A-Za-z0-9+/]+={0,2})$/.exec(code.trim()) ?? []
  if (!origin || !size || !root || !signature) throw new Broken('not a code of a checkpoint')
  return { origin, note: `${origin}\n${size}\n${root}\n\n— ${origin} ${signature}\n` }
}

