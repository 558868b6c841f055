import { describe, expect, it } from 'vitest'
import { bars, partOfDay } from './hours'

describe('hours', () => {
  it('greets by the hour of the street', () => {
    expect([3, 8, 12, 15, 18, 23].map(partOfDay)).toEqual(['night', 'morning', 'noon', 'afternoon', 'evening', 'night'])
  })
  it('draws the busiest hour tallest and tells past from to come', () => {
    const drawn = bars([{ hour: 9, visits: 2 }, { hour: 10, visits: 8 }, { hour: 11, visits: 0 }], 10)
    expect(drawn.map((bar) => bar.state)).toEqual(['past', 'now', 'next'])
    expect(drawn[1]!.height).toBe(64)
    expect(drawn[0]!.height).toBe(16)
  })
})
