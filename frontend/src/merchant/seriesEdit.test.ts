import { describe, expect, it } from 'vitest'
import { changesOf, newPattern, rhythmOf } from './seriesEdit'

const plan = { title: '茶摊', story: '', place: '院子', capacity: 8, starts_at: '2026-10-18T06:30:00Z', ends_at: '2026-10-18T08:30:00Z' }

describe('changing a date of a series', () => {
  it('sends what differs, and both ends of a time', () => {
    expect(changesOf(plan, { ...plan })).toEqual({})
    expect(changesOf(plan, { ...plan, starts_at: '2026-10-18T06:30:00.000Z' })).toEqual({})
    expect(changesOf(plan, { ...plan, place: '桥头', ends_at: '2026-10-18T09:00:00Z' })).toEqual({ place: '桥头', starts_at: plan.starts_at, ends_at: '2026-10-18T09:00:00Z' })
  })
  it('knows the rhythm of a series', () => {
    const of = (rule: string) => rhythmOf({ pattern: { rule, starts_at: plan.starts_at }, minutes: 120 }, '2026-10-18').kind
    expect(of('{"kind":"street"}')).toBe('market')
    expect(of('FREQ=WEEKLY')).toBe('weekly')
    expect(of('FREQ=WEEKLY;BYDAY=SU')).toBe('weekly')
    expect(of('FREQ=YEARLY;BYMONTH=3')).toBe('once')
  })
  it('needs a new pattern for another day, but not on market days', () => {
    const weekly = { kind: 'weekly' as const, until: '' }
    expect(newPattern(weekly, weekly, '2026-10-18', '2026-10-18', plan.starts_at)).toBeUndefined()
    expect(newPattern(weekly, weekly, '2026-10-18', '2026-10-21', 'x')).toEqual({ rule: 'FREQ=WEEKLY;BYDAY=WE', starts_at: 'x' })
    const market = { kind: 'market' as const, until: '' }
    expect(newPattern(market, market, '2026-10-18', '2026-10-21', 'x')).toBeUndefined()
  })
})
