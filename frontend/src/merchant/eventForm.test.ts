import { describe, expect, it } from 'vitest'
import { instantOf } from '@/shared/format/date'
import { blankEvent, comingSunday, dayAfter, maySeat, planOf, whenOf } from './eventForm'

const shanghai = (day: string, time: string) => instantOf(day, time, 'Asia/Shanghai')

describe('an event being planned', () => {
  it('is sent in UTC, without spaces around the words', () => {
    const form = { ...blankEvent('2026-11-29', '店门口'), title: ' 试鞋 ' }
    expect(planOf(form, shanghai)).toMatchObject({ title: '试鞋', place: '店门口', starts_at: '2026-11-29T07:00:00.000Z', ends_at: '2026-11-29T09:00:00.000Z' })
  })
  it('may go on past midnight', () => {
    const form = { ...blankEvent('2026-12-31', '街口'), title: '守岁', from: '22:00', to: '00:30' }
    expect(planOf(form, shanghai).ends_at).toBe('2026-12-31T16:30:00.000Z')
  })
  it('is proposed for the Sunday that comes', () => {
    expect(comingSunday('2026-11-25', 3)).toBe('2026-11-29')
    expect(comingSunday('2026-11-29', 0)).toBe('2026-11-29')
    expect(dayAfter('2026-12-31')).toBe('2027-01-01')
  })
})

describe('an event that is on', () => {
  const one = { state: 'published' as const, ends_at: '2026-11-29T09:00:00Z' }
  it('is to come, over, or off', () => {
    expect(whenOf(one, Date.parse('2026-11-29T08:59:00Z'))).toBe('next')
    expect(whenOf(one, Date.parse('2026-11-29T09:01:00Z'))).toBe('past')
    expect(whenOf({ ...one, state: 'cancelled' }, 0)).toBe('off')
  })
  it('takes guests until a day after its end', () => {
    expect(maySeat(one, Date.parse('2026-11-30T08:59:00Z'))).toBe(true)
    expect(maySeat(one, Date.parse('2026-11-30T09:01:00Z'))).toBe(false)
    expect(maySeat({ ...one, state: 'cancelled' }, 0)).toBe(false)
  })
})
