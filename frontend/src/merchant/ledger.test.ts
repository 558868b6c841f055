import { describe, expect, it } from 'vitest'
import { beamOf, lineKinds, lookOf, monthAway, monthNumber, sections, signedOf } from './ledger'

const yuan = (amount: number) => ({ amount, currency: 'CNY' as const })

describe('months of the book', () => {
  it.each([['2026-11', -1, '2026-10'], ['2026-01', -1, '2025-12'], ['2025-12', 1, '2026-01'], ['2026-06', 0, '2026-06']])('%s and %i is %s', (month, by, want) => {
    expect(monthAway(month, by)).toBe(want)
  })
  it('knows its number', () => { expect(monthNumber('2026-03')).toBe(3) })
})

describe('the beam', () => {
  it('lets what is ours stick out', () => {
    expect(beamOf(59746, 29018)).toEqual({ rest: 48.57, mine: 51.43, owed: 48.57 })
  })
  it('has nothing to stick out when more is owed', () => {
    expect(beamOf(100, 400)).toEqual({ rest: 25, mine: 0, owed: 100 })
  })
  it('is flat in a month without entries', () => {
    expect(beamOf(0, 0)).toEqual({ rest: 0, mine: 0, owed: 0 })
  })
})

describe('sections of a month', () => {
  const groups = [
    { kind: 'referral' as const, count: 2, amount: yuan(400) }, { kind: 'referral_pending' as const, count: 3, amount: yuan(600) },
    { kind: 'commission_in' as const, count: 1, amount: yuan(172) }, { kind: 'commission_out' as const, count: 1, amount: yuan(106) },
    { kind: 'coupon_in' as const, count: 0, amount: yuan(0) }, { kind: 'points_issued' as const, count: 4, points: 120 },
  ]
  it('adds both directions, pending money not, and leaves empty ones out', () => {
    expect(sections(groups)).toEqual([
      { section: 'referral', count: 5, amount: 400 }, { section: 'commission', count: 2, amount: 66 }, { section: 'points', count: 4, amount: -120 },
    ])
  })
  it('gives what goes out a minus, and nothing to nothing', () => {
    expect(signedOf({ kind: 'coupon_out', count: 1, amount: yuan(800) })).toBe(-800)
    expect(signedOf({ kind: 'coupon_in', count: 1, amount: yuan(800) })).toBe(800)
    expect(Object.is(signedOf({ kind: 'commission_out', count: 0, amount: yuan(0) }), 0)).toBe(true)
  })
  it('asks for the lines by the names the server knows', () => {
    expect(lineKinds('commission')).toEqual(['commission'])
    expect(lineKinds('referral')).toEqual(['referral', 'referral_pending'])
  })
})

describe('a line', () => {
  it('is jade when it came in, plain when it went out, grey when it waits or was taken back', () => {
    expect(lookOf({ state: 'posted', amount: yuan(200) })).toBe('in')
    expect(lookOf({ state: 'posted', amount: yuan(-92) })).toBe('out')
    expect(lookOf({ state: 'posted', points: -53 })).toBe('out')
    expect(lookOf({ state: 'pending', amount: yuan(200) })).toBe('wait')
    expect(lookOf({ state: 'reversed', amount: yuan(-600) })).toBe('wait')
  })
})
