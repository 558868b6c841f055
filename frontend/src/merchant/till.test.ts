import { describe, expect, it } from 'vitest'
import { billOf, codeOf, complete, givenOf, isCodeOf, pointsOf } from './till'

describe('till', () => {
  it('takes eight digits however they are spaced', () => {
    expect(['48291703', '4829 1703', ' 4829-1703 ', '４８２９１７０３'].map(codeOf)).toEqual(Array(4).fill('48291703'))
  })
  it('hands other codes on as they are', () => {
    expect(codeOf(' OS1.abc.48291703 ')).toBe('OS1.abc.48291703')
    expect(complete('4829 170')).toBe(false)
  })
  it('knows a coupon by its own code', () => {
    expect(['7K3M 9QXA 2F', '7k3m9qxa2f', ' ７Ｋ３Ｍ-9QXA-2F '].map((typed) => isCodeOf({ code: '7K3M 9QXA 2F' }, typed))).toEqual([true, true, true])
    expect(isCodeOf({ code: '7K3M 9QXA 2F' }, '4829 1703')).toBe(false)
  })
  it('reads a bill as people write it', () => {
    expect([billOf('68'), billOf('68.5'), billOf('６８．００'), billOf('0'), billOf(''), billOf('abc')]).toEqual([6800, 6850, 6800, null, null, null])
  })
  it('reads points as a whole number', () => {
    expect(['120', ' １２ ', '0', '', '1.5', '-3', '1e3'].map(pointsOf)).toEqual([120, 12, null, null, null, null, null])
  })
  it('wants to know in a few words what points are for', () => {
    expect([' 一双  鞋垫 ', '茶', '茶'.repeat(60), '茶'.repeat(61), '🍵'].map(givenOf)).toEqual(['一双 鞋垫', null, '茶'.repeat(60), null, null])
  })
})
