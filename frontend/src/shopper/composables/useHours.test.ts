import { describe, expect, it } from 'vitest'
import { minutes } from '@/shared/format/opening'
import { barOf, plainClock } from './useHours'

const span = (opens: string, closes: string) => ({ weekday: 6, opens, closes })

describe('a day in windows of light', () => {
  it('is lit exactly while the store is open', () => {
    const { half } = barOf([span('06:00', '14:00'), span('17:00', '21:30')], minutes('18:20'))
    expect(half).toHaveLength(36)
    expect(half.filter((one) => one.open)).toHaveLength(16 + 9)
    expect(half.filter((one) => one.past)).toHaveLength(26)
  })

  it('reaches as far as the hours do', () => {
    const { half, marks } = barOf([span('04:30', '23:30')], 0)
    expect(half).toHaveLength(44)
    expect(marks.map((mark) => mark.text)).toEqual(['4:30', '23:30'])
    expect(marks[0]!.at).toBeCloseTo((90 / 1320) * 100)
  })

  it('stays dark on a day off', () => {
    expect(barOf([], 600).half.some((one) => one.open)).toBe(false)
  })

  it('writes clocks without a leading nought', () => {
    expect([plainClock('08:30'), plainClock('18:05'), plainClock('00:10')]).toEqual(['8:30', '18:05', '0:10'])
  })
})
