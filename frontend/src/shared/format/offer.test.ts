import { describe, expect, it } from 'vitest'
import type { Money, Offer } from '../api/types'
import { stubOf } from './offer'

const yuan = (amount: number): Money => ({ amount: amount * 100, currency: 'CNY' })
const offer = (more: Partial<Offer>): Offer => ({ title: '券', kind: 'amount', min_spend: yuan(50), ...more })

describe('what a stub says', () => {
  it.each([
    ['yuan off', offer({ off: yuan(10) }), { before: '¥', figure: '10', word: false }],
    ['a fixed price', offer({ kind: 'fixed_price', price: yuan(9.9) }), { before: '¥', figure: '9.90', word: false }],
    ['a discount', offer({ kind: 'percent', percent_bps: 1200 }), { figure: '8.8', after: '折', word: false }],
    ['a gift', offer({ kind: 'gift', gift: '溏心蛋一个' }), { figure: '赠', word: true }],
    ['buy two get one', offer({ kind: 'buy_x_get_y', buy: 2, get: 1 }), { figure: '', word: true, pair: ['买二', '送一'] }],
  ])('%s', (_name, given, stub) => expect(stubOf(given, 'zh-CN')).toEqual(stub))

  it('is said in English too', () => {
    expect(stubOf(offer({ kind: 'percent', percent_bps: 1250 }), 'en')).toEqual({ figure: '12.5%', after: 'off', word: false })
    expect(stubOf(offer({ kind: 'buy_x_get_y', buy: 3, get: 1 }), 'en').pair).toEqual(['Buy 3', 'get 1'])
  })

  it('writes large numbers as figures', () => {
    expect(stubOf(offer({ kind: 'buy_x_get_y', buy: 12, get: 2 }), 'zh-CN').pair).toEqual(['买12', '送二'])
  })
})
