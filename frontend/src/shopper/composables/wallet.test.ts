import { describe, expect, it } from 'vitest'
import type { Coupon } from '@/shared/api'
import { dayRuns, workingDays } from '@/shared/format/weekdays'
import { dueState, soonestFirst, sorted, worksOn } from './wallet'

const now = Date.parse('2026-10-17T10:00:00Z')
const today = { date: '2026-10-17', weekday: 6 }
const local = { year: 2026, month: 10, day: 17, hour: 18, minute: 0, weekday: 6 }
const always = { weekdays: [] as number[], not_on: [] as string[], market_only: false, market_days: [] as string[] }
const hours = (n: number) => new Date(now + n * 3600_000).toISOString()

function coupon(id: string, from: number, until: number, state: Coupon['state'] = 'usable'): Coupon {
  return { id, state, valid_from: hours(from), valid_until: hours(until), claimed_at: hours(-1), budget_state: 'ok', campaign: always } as unknown as Coupon
}

describe('a ticket in the wallet', () => {
  it('is due in its last two days', () => {
    expect(dueState(coupon('a', -1, 48), now)).toBe('due')
    expect(dueState(coupon('a', -1, 48.01), now)).toBe('usable')
  })
  it('waits before its time, whatever is left of it', () => {
    expect(dueState(coupon('a', 1, 5), now)).toBe('later')
    expect(dueState(coupon('claimed this second', 0.01, 90), now)).toBe('usable')
  })
  it('is over by the clock, also when the kept answer still calls it usable', () => {
    expect(dueState(coupon('a', -9, -0.01), now)).toBe('expired')
    expect(dueState(coupon('a', -9, 9, 'void'), now)).toBe('expired')
    expect(dueState(coupon('a', -9, 9, 'used'), now)).toBe('used')
  })
})

describe('the wallet', () => {
  it('puts the one that ends soonest first', () => {
    expect(soonestFirst([coupon('b', -1, 90), coupon('a', -1, 30)]).map((c) => c.id)).toEqual(['a', 'b'])
  })
  it('takes out what is due and leaves out what is over', () => {
    const { first, rest } = sorted([coupon('late', -1, 90), coupon('due', -1, 30), coupon('over', -9, -1), coupon('tomorrow', 20, 40)], now, local)
    expect(first.map((c) => c.id)).toEqual(['due'])
    expect(rest.map((c) => c.id)).toEqual(['late'])
  })
  it('puts by itself what is no use today', () => {
    const sunday = { ...coupon('sunday', -1, 30), campaign: { ...always, weekdays: [0] } } as Coupon
    const spent: Coupon = { ...coupon('spent', -1, 90), budget_state: 'spent' }
    const { first, rest, idle } = sorted([spent, sunday, coupon('tomorrow', 20, 40), coupon('now', -1, 90)], now, local)
    expect([first, rest, idle].map((pile) => pile.map((c) => c.id))).toEqual([[], ['now'], ['sunday', 'tomorrow', 'spent']])
  })
  it('keeps out for a night what began yesterday', () => {
    const friday = { ...coupon('friday', -1, 30), campaign: { ...always, weekdays: [5], hours: { from: '22:00', to: '02:00' } } } as Coupon
    const useless = (hour: number) => sorted([friday], now, { ...local, hour }).idle.length
    expect([useless(1), useless(2), useless(18)]).toEqual([0, 1, 1])
  })
})

describe('the days it works', () => {
  it('are weekdays, days of market, and not the days that are left out', () => {
    const saturday = (days: Partial<typeof always>) => worksOn({ ...always, ...days }, today)
    expect(saturday({})).toBe(true)
    expect(saturday({ weekdays: [0, 5] })).toBe(false)
    expect(saturday({ weekdays: [6], not_on: ['2026-10-17'] })).toBe(false)
    expect(saturday({ market_only: true, market_days: ['2026-10-18'] })).toBe(false)
    expect(saturday({ market_only: true, market_days: ['2026-10-17'] })).toBe(true)
  })
  it('are not spoken of when they are all', () => {
    expect(workingDays({ weekdays: [] })).toEqual([])
    expect(workingDays({ weekdays: [0, 1, 2, 3, 4, 5, 6] })).toEqual([])
  })
  it('begin with Monday and are told in runs', () => {
    expect(workingDays({ weekdays: [0, 1, 6] })).toEqual([1, 6, 0])
    expect(dayRuns([1, 2, 3, 4, 5])).toEqual([[1, 5]])
    expect(dayRuns([1, 2, 6, 0])).toEqual([[1, 2], [6, 0]])
    expect(dayRuns([2, 4])).toEqual([[2, 2], [4, 4]])
  })
})
