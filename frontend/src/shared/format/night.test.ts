import { describe, expect, it } from 'vitest'
import { dayOf } from './night'

const at = (hour: number, minute: number) => ({ year: 2026, month: 11, day: 1, hour, minute, weekday: 0 })

describe('the day that a moment counts to', () => {
  const night = { from: '22:00', to: '02:00' }
  it('is the day on which the night began', () => {
    expect(dayOf(night, at(1, 59))).toEqual({ date: '2026-10-31', weekday: 6 })
    expect(dayOf(night, at(2, 0))).toEqual({ date: '2026-11-01', weekday: 0 })
    expect(dayOf(night, at(22, 30))).toEqual({ date: '2026-11-01', weekday: 0 })
  })
  it('is the calendar\'s without hours and with hours of one day', () => {
    expect(dayOf(undefined, at(0, 30)).date).toBe('2026-11-01')
    expect(dayOf({ from: '10:00', to: '18:00' }, at(0, 30)).date).toBe('2026-11-01')
  })
})
