import { describe, expect, it } from 'vitest'
import { clockOf, windowsOf } from './dayHours'

describe('a day on one clock', () => {
  it('runs round what is open', () => {
    expect(clockOf([])).toEqual({ from: 8, to: 20, marks: [9, 12, 15, 18] })
    expect(clockOf([{ opens: '05:30', closes: '21:15' }])).toMatchObject({ from: 5, to: 22 })
  })
  it('lays spans on it, over midnight to its end', () => {
    const clock = clockOf([{ opens: '08:00', closes: '12:00' }, { opens: '18:00', closes: '02:00' }])
    expect(clock.to).toBe(24)
    expect(windowsOf([{ opens: '08:00', closes: '12:00' }, { opens: '18:00', closes: '02:00' }], clock)).toEqual([{ left: 0, width: 25 }, { left: 62.5, width: 37.5 }])
  })
})
