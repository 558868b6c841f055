// The verifier against what the server's own code makes (testdata/vectors.json, kept by server/ledger/vectors_test.go),
// and against everything that can be bent.
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LedgerRecord } from '../api/types'
import { base64, Broken, hex, join, sha256, toBase64, utf8, type Bytes } from './bytes'
import { leafBytes, leafHash, storeAccount } from './leaf'
import { goesOn, rootOf } from './merkle'
import { lengthen, openNote, shorten } from './note'
import { bytesOf, WORDS, wordsOf } from './words'

interface Proof { a: number; b: number; hashes: string[] }
interface Vectors {
  street: string; store: string; accounts: Record<string, string>; key: string; other_key: string; other_note: string; other_origin: string
  records: LedgerRecord[]; leaves: string[]; roots: string[]; notes: string[]; inclusion: Proof[]; consistency: Proof[]
}
const vectors = JSON.parse(readFileSync(new URL('testdata/vectors.json', import.meta.url), 'utf8')) as Vectors
const leaves = vectors.leaves.map(base64)
const roots = vectors.roots.map(base64)
const hashes = (proof: Proof) => proof.hashes.map(base64)
const put = <T>(list: T[], at: number, value: T): T[] => [...list.slice(0, at), value, ...list.slice(at + 1)]
/** What comes of it, or 'broken'; any other failure is the test's. */
async function orBroken(make: () => Promise<Bytes> | Bytes): Promise<string> {
  try { return hex(await make()) } catch (thrown) {
    if (thrown instanceof Broken) return 'broken'
    throw thrown
  }
}
const node = (left: Bytes, right: Bytes) => sha256(Uint8Array.of(1), left, right)

afterEach(() => { vi.restoreAllMocks() })

describe('a leaf', () => {
  it('is what the server hashed, with every script, the largest amount and times before 1970', async () => {
    for (const [at, record] of vectors.records.entries()) expect(toBase64(await leafHash(record))).toBe(vectors.leaves[at])
  })

  it('is another when any letter of any field is', async () => {
    const [, whole] = vectors.records
    const want = hex(leafBytes(whole!))
    for (const [field, value] of Object.entries(whole!)) {
      const letters = [...String(value)]
      for (const at of letters.keys()) {
        for (const letter of ['0', '1', 'f', ' ']) {
          const bent = put(letters, at, letter).join('')
          if (bent === String(value)) continue
          const record = { ...whole!, [field]: field === 'seq' ? Number(bent) : bent }
          expect(await orBroken(() => leafBytes(record)), `${field} ${at} ${letter}`).not.toBe(want)
        }
      }
    }
  })

  it('is not made of what is no record', () => {
    const [plain] = vectors.records
    for (const bent of [{ amount: '1.5' }, { amount: '01' }, { amount: '9223372036854775808' }, { amount: '' }, { at: '-0' }, { id: 'x' }, { id: plain!.id.toUpperCase().replace('0', 'A') }, { seq: 1.5 }, { reason: 'x'.repeat(70_000) }]) {
      expect(() => leafBytes({ ...plain!, ...bent } as LedgerRecord), JSON.stringify(bent).slice(0, 60)).toThrow(Broken)
    }
  })

  it('names accounts as the server does', async () => {
    expect(await storeAccount(vectors.street, vectors.store, 'fen')).toBe(vectors.accounts.fen)
    expect(await storeAccount(vectors.street, vectors.store, 'point')).toBe(vectors.accounts.point)
  })
})

describe('inclusion', () => {
  it('holds for every proof that the server makes', async () => {
    expect(vectors.inclusion.length).toBeGreaterThan(200)
    for (const proof of vectors.inclusion) expect(await rootOf(leaves[proof.a]!, proof.a, proof.b, hashes(proof)), `${proof.a} in ${proof.b}`).toEqual(roots[proof.b - 1])
  })

  it('holds for no other leaf, place, size, order or length', async () => {
    for (const proof of vectors.inclusion.filter(({ b }) => b > 1)) {
      const good = hashes(proof)
      const root = hex(roots[proof.b - 1]!)
      const comesTo = (leaf: Bytes, at: number, size: number, path: Bytes[]) => orBroken(() => rootOf(leaf, at, size, path))
      const bent = [
        comesTo(leaves[(proof.a + 1) % 70]!, proof.a, proof.b, good), comesTo(leaves[proof.a]!, proof.a, proof.b, good.slice(1)), comesTo(leaves[proof.a]!, proof.a, proof.b, good.slice(0, -1)),
        comesTo(leaves[proof.a]!, proof.a, proof.b, [...good, leaves[0]!]), comesTo(leaves[proof.a]!, proof.b, proof.b, good),
        comesTo(leaves[proof.a]!, proof.a === 0 ? 1 : proof.a - 1, proof.b, good),
        ...good.map((one, at) => comesTo(leaves[proof.a]!, proof.a, proof.b, put(good, at, Uint8Array.from(one, (byte, i) => (i === 7 ? byte ^ 1 : byte))))),
      ]
      if (good.length > 1) bent.push(comesTo(leaves[proof.a]!, proof.a, proof.b, [good[1]!, good[0]!, ...good.slice(2)]))
      expect(await Promise.all(bent)).not.toContain(root)
    }
  })

  it('knows the well-known tree of eight leaves', async () => {
    const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
    let row = await Promise.all(inputs.map((one) => sha256(Uint8Array.of(0), Uint8Array.from(one.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))))
    const levels = [row]
    while (row.length > 1) {
      row = await Promise.all(row.filter((_, at) => at % 2 === 0).map((left, at) => node(left, row[2 * at + 1]!)))
      levels.push(row)
    }
    expect(hex(row[0]!)).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    for (let at = 0; at < 8; at++) {
      const path = [levels[0]![at ^ 1]!, levels[1]![(at >> 1) ^ 1]!, levels[2]![(at >> 2) ^ 1]!]
      expect(await rootOf(levels[0]![at]!, at, 8, path)).toEqual(row[0])
    }
  })
})

describe('consistency', () => {
  const tree = (size: number) => ({ size, root: roots[size - 1]! })

  it('holds for every proof that the server makes', async () => {
    for (const proof of vectors.consistency) expect(await goesOn(tree(proof.a), tree(proof.b), hashes(proof)), `${proof.a} to ${proof.b}`).toBe(true)
  })

  it('holds for nothing that was bent', async () => {
    for (const proof of vectors.consistency.filter(({ a, b }) => a !== b)) {
      const good = hashes(proof)
      const answers = await Promise.all([
        goesOn({ ...tree(proof.a), root: leaves[69]! }, tree(proof.b), good), goesOn(tree(proof.a), { ...tree(proof.b), root: leaves[69]! }, good),
        goesOn(tree(proof.b), tree(proof.a), good), goesOn(tree(proof.a), tree(proof.b), []), goesOn(tree(proof.a), tree(proof.b), [...good, leaves[0]!]),
        goesOn(tree(proof.a), tree(proof.b), good.slice(0, -1)),
        ...good.map((one, at) => goesOn(tree(proof.a), tree(proof.b), put(good, at, Uint8Array.from(one, (byte, i) => (i === 31 ? byte ^ 128 : byte))))),
      ])
      expect(answers, `${proof.a} to ${proof.b}`).not.toContain(true)
    }
  })

  it('of a tree with itself needs no proof and takes none', async () => {
    expect(await goesOn(tree(5), tree(5), [])).toBe(true)
    expect(await goesOn(tree(5), tree(5), [leaves[0]!])).toBe(false)
    expect(await goesOn({ size: 0, root: roots[0]! }, tree(5), [])).toBe(false)
    await expect(goesOn({ size: 1.5, root: roots[0]! }, tree(5), [])).rejects.toThrow(Broken)
  })
})

describe('a note', () => {
  it('opens with its key, and says size and root', async () => {
    for (const [at, note] of vectors.notes.entries()) expect(await openNote(note, vectors.key)).toMatchObject({ origin: 'onestreet/qingshi', size: at + 1, root: roots[at], note })
  })

  it('opens where the browser has no Ed25519 of its own', async () => {
    vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new DOMException('no Ed25519', 'NotSupportedError'))
    expect(await openNote(vectors.notes[6]!, vectors.key)).toMatchObject({ size: 7 })
    await expect(openNote(vectors.other_note, vectors.key)).rejects.toThrow(Broken)
    await expect(openNote(vectors.notes[6]!.replace('\n7\n', '\n8\n'), vectors.key)).rejects.toThrow(Broken)
  })

  it('opens with no letter changed and nothing cut off', async () => {
    const note = vectors.notes[69]!
    for (let at = 0; at < note.length; at++) {
      const bent = note.slice(0, at) + String.fromCharCode(note.charCodeAt(at) ^ 1) + note.slice(at + 1)
      await expect(openNote(bent, vectors.key), `letter ${at}`).rejects.toThrow(Broken)
      await expect(openNote(note.slice(0, at), vectors.key), `cut at ${at}`).rejects.toThrow(Broken)
    }
  })

  it('opens with no other key and for no other street', async () => {
    await expect(openNote(vectors.notes[0]!, vectors.other_key)).rejects.toThrow(Broken)
    await expect(openNote(vectors.other_note, vectors.key)).rejects.toThrow(Broken)
    await expect(openNote(vectors.other_origin, vectors.key)).rejects.toThrow(Broken)
    for (const key of ['', 'onestreet/qingshi', vectors.key.slice(0, -1), vectors.key.replace('+e0', '+e1'), vectors.key.replace('qingshi', 'qingsha')]) {
      await expect(openNote(vectors.notes[0]!, key), key).rejects.toThrow(Broken)
    }
  })

  it('fits in a QR code and comes back whole', async () => {
    const verified = await openNote(vectors.notes[69]!, vectors.key)
    const code = shorten(verified)
    expect(code.length).toBeLessThan(190)
    expect(lengthen(code)).toEqual({ origin: 'onestreet/qingshi', note: vectors.notes[69] })
    for (const bent of ['', 'OSN1', 'https://street.test/j/abc', code.replace('OSN1', 'OSN2'), code.replace('.70.', '.070.'), `${code}.x`]) expect(() => lengthen(bent), bent).toThrow(Broken)
  })
})

describe('eight words', () => {
  it('come from 256 that are all different, in both languages', () => {
    expect(new Set(WORDS['zh-CN']).size).toBe(256)
    expect(new Set(WORDS.en).size).toBe(256)
    for (const word of WORDS['zh-CN']) expect(word).toMatch(/^\p{Script=Han}$/u)
    for (const word of WORDS.en) expect(word).toMatch(/^[a-z]{2,10}$/)
  })

  it('are the first eight bytes of the checkpoint’s text, and read back', async () => {
    const { code } = await openNote(vectors.notes[69]!, vectors.key)
    expect(code).toEqual(await sha256(utf8('onestreet/qingshi\n70\njC00QoaF3hcUZYtpceZbWVhIEnMM909iXs2sw8tzDWA=\n')))
    for (const tongue of ['zh-CN', 'en'] as const) {
      const words = wordsOf(code, tongue)
      expect(words).toHaveLength(8)
      for (const mark of [' ', '，', ', ', '\n']) expect(bytesOf(words.join(mark))).toEqual(code.slice(0, 8))
    }
    expect(bytesOf(wordsOf(code, 'zh-CN').join(''))).toEqual(code.slice(0, 8))
    expect(bytesOf(wordsOf(code, 'en').join(' ').toUpperCase())).toEqual(code.slice(0, 8))
    for (const typed of ['', '柳灯盐', '柳灯盐桥雁伞井井竹', '柳灯盐桥雁伞井癸', 'lamp salt', '12345678']) expect(bytesOf(typed), typed).toBeNull()
  })

  it('are others for another size or root', async () => {
    const seen = await Promise.all(vectors.notes.map(async (note) => wordsOf((await openNote(note, vectors.key)).code, 'zh-CN').join('')))
    expect(new Set(seen).size).toBe(vectors.notes.length)
  })
})

it('joins bytes', () => { expect(join(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3)) })
