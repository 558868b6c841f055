import { describe, expect, it } from 'vitest'
import type { Qualified } from '@/shared/api'
import { billAfter, clashOf, same, stillApply, sumOf, tap } from './stack'

const one = (id: string, clashes: string[] = [], ok = true): Qualified => ({ coupon: { id }, ok, clashes: clashes.map((other) => ({ coupon_id: other, why: `不和${other}一起` })) }) as unknown as Qualified

describe('taps on coupons', () => {
  const all = [one('a', ['x']), one('b', ['x']), one('x', ['a', 'b']), one('no', [], false)]
  it('lays on and takes off', () => {
    expect(tap(all, [], 'a').chosen).toEqual(['a'])
    expect(tap(all, ['a'], 'b').chosen).toEqual(['a', 'b'])
    expect(tap(all, ['a', 'b'], 'a').chosen).toEqual(['b'])
  })
  it('makes room for one that goes with none, and says for whom', () => {
    const done = tap(all, ['a', 'b'], 'x')
    expect(done.chosen).toEqual(['x'])
    expect(done.dropped.map((gone) => gone.coupon.id)).toEqual(['a', 'b'])
    expect(clashOf(all[2]!, ['a'])).toBe('不和a一起')
    expect(clashOf(all[0]!, ['a'])).toBe('')
  })
  it('leaves what does not apply', () => {
    expect(tap(all, ['a'], 'no').chosen).toEqual(['a'])
    expect(stillApply(all, ['a', 'no', 'gone'])).toEqual(['a'])
  })
  it('lays at most five on a bill', () => {
    const many = ['1', '2', '3', '4', '5', '6'].map((id) => one(id))
    expect(tap(many, ['1', '2', '3', '4', '5'], '6').chosen).toEqual(['2', '3', '4', '5', '6'])
  })
  it('knows the same choice in another order', () => {
    expect(same(['a', 'b'], ['b', 'a'])).toBe(true)
    expect(same(['a'], ['b'])).toBe(false)
  })
})

describe('the rows of a bill', () => {
  const row = (price: string, pieces = 1) => ({ price, pieces, goods: '', least: '' })
  it('come to a sum once one has a price', () => {
    expect(sumOf([])).toBeNull()
    expect(sumOf([row(''), row('0')])).toBeNull()
    expect(sumOf([row('18', 3), row('8.5'), row('面')])).toBe(6250)
  })
  it('are followed by the bill until another is typed', () => {
    expect(billAfter('', null, 5400)).toBe('54.00')
    expect(billAfter('54.00', 5400, 6250)).toBe('62.50')
    expect(billAfter('54', 5400, null)).toBe('')
    expect(billAfter('100', 5400, 6250)).toBe('100')
    expect(billAfter('一百', null, 6250)).toBe('一百')
  })
})
