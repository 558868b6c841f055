import { describe, expect, it } from 'vitest'
import type { Notice } from '@/shared/api'
import { byDay, joined, letterIcon } from './letters'

const letter = (id: string, at: string) => ({ id, at }) as Notice

describe('the inbox', () => {
  it('holds a letter once, also when it came by both ways', () => {
    const list = joined([letter('c', ''), letter('b', '')], [letter('b', ''), letter('a', '')])
    expect(list.map((one) => one.id)).toEqual(['c', 'b', 'a'])
  })
  it('lies in days, newest first', () => {
    const days = byDay([letter('c', '2026-11-02T01'), letter('b', '2026-11-01T09'), letter('a', '2026-11-01T08')], (at) => at.slice(0, 10))
    expect(days.map((one) => [one.day, one.letters.length])).toEqual([['2026-11-02', 1], ['2026-11-01', 2]])
  })
  it('draws what it knows, and a letter for the rest', () => {
    expect([letterIcon('coupon_redeemed'), letterIcon('something_new')]).toEqual(['stamp', 'letter'])
  })
})
