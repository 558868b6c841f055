// What this device makes of a seal, of a line and of its neighbour's code.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LedgerLine, LedgerRecord, ProofView, SealView } from '../api/types'
import { compare } from './compare'
import { checkLine } from './line'
import { deviceMemory, type Memory } from './memory'
import { openNote, shorten, type Verified } from './note'
import { watchSeal } from './watch'
import { wordsOf } from './words'

interface Proof { a: number; b: number; hashes: string[] }
const vectors = JSON.parse(readFileSync(new URL('testdata/vectors.json', import.meta.url), 'utf8')) as {
  street: string; store: string; key: string; other_key: string; other_note: string; other_origin: string
  records: LedgerRecord[]; roots: string[]; notes: string[]; inclusion: Proof[]; consistency: Proof[]
}
const OURS = { alliance: vectors.street, store: vectors.store }
const ORIGIN = 'onestreet/qingshi'
const checkpoint = (size: number) => ({ size, root: vectors.roots[size - 1]!, note: vectors.notes[size - 1]!, day: '2026-10-17', sealed_at: '2026-10-17T13:00:03Z' })
const sealOf = (size: number, more: Partial<SealView> = {}): SealView => ({ origin: ORIGIN, key: vectors.key, next: '2026-10-18T13:00:00Z', checkpoint: checkpoint(size), ...more }) as SealView
const between = async (from: number, to: number) => vectors.consistency.find(({ a, b }) => a === from && b === to)?.hashes ?? null
const opened = (size: number): Promise<Verified> => openNote(vectors.notes[size - 1]!, vectors.key)

afterEach(() => { vi.unstubAllGlobals() })

describe('the seal', () => {
  let memory: Memory
  beforeEach(() => { memory = deviceMemory() })

  it('is taken as it is at first sight, then must go on from there', async () => {
    expect(await watchSeal(ORIGIN, sealOf(4), between, memory)).toMatchObject({ state: 'sealed', seal: { size: 4 }, before: null })
    expect(await watchSeal(ORIGIN, sealOf(4), between, memory)).toMatchObject({ state: 'sealed', before: { size: 4 } })
    expect(await watchSeal(ORIGIN, sealOf(9), between, memory)).toMatchObject({ state: 'sealed', before: { size: 4 } })
    expect(memory.recall(ORIGIN)).toMatchObject({ size: 9, key: vectors.key, root: vectors.roots[8] })
  })

  it('may be none at first; the key is remembered all the same', async () => {
    expect(await watchSeal(ORIGIN, sealOf(1, { checkpoint: undefined }), between, memory)).toEqual({ state: 'none' })
    expect(await watchSeal(ORIGIN, sealOf(4, { key: vectors.other_key }), between, memory)).toMatchObject({ state: 'alarm', why: 'key' })
    expect(await watchSeal(ORIGIN, sealOf(4), between, memory)).toMatchObject({ state: 'sealed' })
  })

  it.each<[string, SealView, string]>([
    ['another key', sealOf(9, { key: vectors.other_key, checkpoint: { ...checkpoint(9), note: vectors.other_note } }), 'key'],
    ['a signature of another key', sealOf(9, { checkpoint: { ...checkpoint(9), note: vectors.other_note } }), 'signature'],
    ['a note of another street', sealOf(9, { origin: 'onestreet/liuhe' }), 'signature'],
    ['a note that says another size', sealOf(9, { checkpoint: { ...checkpoint(9), size: 8 } }), 'signature'],
    ['a note that says another root', sealOf(9, { checkpoint: { ...checkpoint(9), root: vectors.roots[3]! } }), 'signature'],
    ['no note', sealOf(9, { checkpoint: { ...checkpoint(9), note: '' } }), 'signature'],
    ['fewer transfers than were sealed', sealOf(3), 'shrunk'],
    ['no seal any more', sealOf(9, { checkpoint: undefined }), 'shrunk'],
  ])('raises the alarm for %s, and remembers what it knew', async (_, seal, why) => {
    await watchSeal(ORIGIN, sealOf(5), between, memory)
    expect(await watchSeal(ORIGIN, seal, between, memory)).toMatchObject({ state: 'alarm', why, before: { size: 5 } })
    expect(memory.recall(ORIGIN)).toMatchObject({ size: 5, key: vectors.key })
  })

  it('raises the alarm when it does not go on from what was seen, or the server will not prove it', async () => {
    memory.keep(ORIGIN, { key: vectors.key, size: 5, root: vectors.roots[3]!, note: '', at: 0 })
    expect(await watchSeal(ORIGIN, sealOf(9), between, memory)).toMatchObject({ state: 'alarm', why: 'changed' })
    expect(await watchSeal(ORIGIN, sealOf(5), between, memory)).toMatchObject({ state: 'alarm', why: 'changed' })
    memory.keep(ORIGIN, { key: vectors.key, size: 5, root: vectors.roots[4]!, note: '', at: 0 })
    for (const lie of [null, [], ['x'], ['AAAA']]) expect(await watchSeal(ORIGIN, sealOf(9), async () => lie, memory)).toMatchObject({ state: 'alarm', why: 'changed' })
    await expect(watchSeal(ORIGIN, sealOf(9), async () => { throw new Error('offline') }, memory)).rejects.toThrow('offline')
    expect(await watchSeal(ORIGIN, sealOf(9), between, memory)).toMatchObject({ state: 'sealed' })
  })

  it('says so where the browser cannot check', async () => {
    vi.stubGlobal('crypto', { getRandomValues: () => undefined })
    expect(await watchSeal(ORIGIN, sealOf(9), between, memory)).toEqual({ state: 'cannot' })
  })

  it('is remembered on the device, each street apart, and can be forgotten', async () => {
    const shelf = new Map<string, string>()
    vi.stubGlobal('localStorage', { getItem: (key: string) => shelf.get(key) ?? null, setItem: (key: string, value: string) => { shelf.set(key, value) }, removeItem: (key: string) => { shelf.delete(key) } })
    await watchSeal(ORIGIN, sealOf(5), between, memory)
    expect(deviceMemory().recall(ORIGIN)).toMatchObject({ size: 5 })
    expect(deviceMemory().recall('onestreet/liuhe')).toBeNull()
    shelf.set(`onestreet.seal.${ORIGIN}`, 'scribble')
    expect(deviceMemory().recall(ORIGIN)).toBeNull()
    memory.forget(ORIGIN)
    expect(shelf.size).toBe(0)
    expect(memory.recall(ORIGIN)).toBeNull()
  })
})

describe('a line', () => {
  const SIZE = 70
  const line = (at: number, more: Partial<LedgerLine> = {}): LedgerLine => {
    const record = vectors.records[at]!
    const points = record.unit === 'point'
    const sum = Number(record.amount)
    return {
      id: record.id, seq: record.seq, at: new Date(Number(record.at) / 1000).toISOString(), kind: points ? 'points_issued' : at === 1 ? 'referral' : 'commission_in', state: 'posted',
      who: '', text: '', why: [], ...(points ? { points: -sum } : { amount: { amount: sum, currency: 'CNY' } }), ...more,
    } as LedgerLine
  }
  const proofOf = (at: number, more: Partial<ProofView> = {}): ProofView => ({
    record: vectors.records[at]!, index: at, checkpoint: checkpoint(SIZE), hashes: vectors.inclusion.find(({ a, b }) => a === at && b === SIZE)?.hashes ?? [], ...more,
  })

  it('holds under the seal', async () => {
    expect(await checkLine(line(0), OURS, proofOf(0), await opened(SIZE), 'then')).toEqual({ state: 'holds', place: 1, sealedAt: 'then' })
  })

  it('waits for its seal when it is younger, and still must be the line that is shown', async () => {
    const young = proofOf(3, { checkpoint: undefined, hashes: [] })
    expect(await checkLine(line(3), OURS, young, await opened(3))).toEqual({ state: 'waits' })
    expect(await checkLine(line(3), OURS, young, null)).toEqual({ state: 'waits' })
    expect(await checkLine(line(3, { amount: { amount: 5, currency: 'CNY' } }), OURS, young, null)).toEqual({ state: 'broken', why: 'line' })
  })

  it.each<[string, Partial<LedgerLine>]>([
    ['another amount', { amount: { amount: 2, currency: 'CNY' } }], ['the other sign', { amount: { amount: -1, currency: 'CNY' } }], ['another row', { id: vectors.records[1]!.id }],
    ['another place', { seq: 2 }], ['another time', { at: '2026-10-17T02:30:01Z' }], ['another kind', { kind: 'coupon_in' }], ['points for money', { amount: undefined, points: 1 }],
  ])('does not hold when the page shows %s', async (_, more) => {
    expect(await checkLine(line(0, more), OURS, proofOf(0), await opened(SIZE))).toEqual({ state: 'broken', why: 'line' })
  })

  it('does not hold for another store or street', async () => {
    expect(await checkLine(line(0), { ...OURS, alliance: vectors.store }, proofOf(0), await opened(SIZE))).toEqual({ state: 'broken', why: 'line' })
    expect(await checkLine(line(0), { ...OURS, store: vectors.street }, proofOf(0), await opened(SIZE))).toEqual({ state: 'broken', why: 'line' })
  })

  it('does not hold when any byte of its record was changed, though page and record agree', async () => {
    const seal = await opened(SIZE)
    const plain = vectors.records[0]!
    expect(await checkLine(line(0, { amount: { amount: 2, currency: 'CNY' } }), OURS, proofOf(0, { record: { ...plain, amount: '2' } }), seal)).toEqual({ state: 'broken', why: 'record' })
    for (const field of ['reference', 'reason', 'member', 'recorded_at', 'expires_at', 'step', 'visit'] as const) {
      const record = { ...plain, [field]: field === 'member' || field === 'visit' ? vectors.store : `${plain[field]}1` }
      expect(await checkLine(line(0), OURS, proofOf(0, { record }), seal), field).toEqual({ state: 'broken', why: 'record' })
    }
  })

  it('does not hold with a wrong proof or none', async () => {
    const seal = await opened(SIZE)
    const { hashes } = proofOf(0)
    for (const bent of [[], hashes.slice(1), [...hashes].reverse(), [...hashes, hashes[0]!], ['x', ...hashes.slice(1)]]) {
      expect(await checkLine(line(0), OURS, proofOf(0, { hashes: bent }), seal)).toEqual({ state: 'broken', why: 'record' })
    }
    expect(await checkLine(line(0), OURS, proofOf(0, { checkpoint: undefined }), seal)).toEqual({ state: 'broken', why: 'withheld' })
  })
})

describe('two shops', () => {
  it('see the same book by code or by words', async () => {
    const ours = await opened(9)
    expect(await compare(shorten(ours), ours, vectors.key, between)).toEqual({ result: 'same' })
    for (const tongue of ['zh-CN', 'en'] as const) expect(await compare(wordsOf(ours.code, tongue).join(' '), ours, vectors.key, between)).toEqual({ result: 'same' })
  })

  it('see that one is ahead of the other, in the same book', async () => {
    expect(await compare(shorten(await opened(4)), await opened(9), vectors.key, between)).toMatchObject({ result: 'older', theirs: { size: 4 } })
    expect(await compare(shorten(await opened(9)), await opened(4), vectors.key, between)).toMatchObject({ result: 'newer', theirs: { size: 9 } })
  })

  it('see that the books differ', async () => {
    const ours = await opened(70)
    const forged = { ...ours, root: (await opened(69)).root }
    expect(await compare(shorten(await opened(69)), forged, vectors.key, async () => null)).toMatchObject({ result: 'different', theirs: { size: 69 } })
    expect(await compare(shorten(ours), forged, vectors.key, between)).toMatchObject({ result: 'different' })
    expect(await compare(shorten({ ...ours, note: vectors.other_note }), ours, vectors.key, between)).toEqual({ result: 'different', theirs: null })
  })

  it('are told when it is no code, another street’s, or the words are others', async () => {
    const ours = await opened(9)
    expect(await compare('OSN1.what', ours, vectors.key, between)).toEqual({ result: 'unreadable' })
    expect(await compare('https://street.test', ours, vectors.key, between)).toEqual({ result: 'unreadable' })
    expect(await compare(shorten({ ...ours, origin: 'onestreet/liuhe' }), ours, vectors.key, between)).toEqual({ result: 'elsewhere' })
    expect(await compare(wordsOf((await opened(8)).code, 'zh-CN').join(''), ours, vectors.key, between)).toEqual({ result: 'words' })
  })
})
