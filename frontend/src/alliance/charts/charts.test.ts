import { describe, expect, it } from 'vitest'
import { shade } from './heat'
import { slices } from './funnel'

describe('heat', () => {
  it('goes from 0 to 5 and never back', () => {
    const shades = Array.from({ length: 101 }, (_, n) => shade(n, 100))
    expect(shades[0]).toBe(0)
    expect(shades[100]).toBe(5)
    expect([...shades].sort((a, b) => a - b)).toEqual(shades)
  })
  it('is dark on a street without visits', () => expect(shade(0, 0)).toBe(0))
})

describe('funnel', () => {
  it('has a slice a level, never thinner than a finger', () => {
    const drawn = slices([1874, 968, 402, 181, 0])
    expect(drawn).toHaveLength(5)
    expect(drawn[4]!.d).toMatch(/^M70 /)
  })
  it('gives a withheld level the width of its neighbour, so that it tells nothing', () => {
    const [held, shown] = slices([null, 100, 40])
    expect(held!.d.split('C')[0]!.split(' ')[0]).toBe(shown!.d.split('C')[0]!.split(' ')[0])
  })
})
