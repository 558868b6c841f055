import { describe, expect, it } from 'vitest'
import { correctionOf, doneOf, monthNumber } from './settlement'

describe('a closed month', () => {
  it.each([
    [{ statements: 13, confirmed: 13, payments: 5, settled: 5 }, 100], [{ statements: 3, confirmed: 1, payments: 1, settled: 0 }, 25], [{ statements: 0, confirmed: 0, payments: 0, settled: 0 }, 100],
  ])('%o is done by %i per cent', (month, want) => { expect(doneOf(month)).toBe(want) })
  it('knows its number', () => { expect(monthNumber('2026-03')).toBe(3) })
})

describe('a correction', () => {
  it('leaves the fund and what it answers out, and sends fen', () => {
    expect(correctionOf({ from: '', to: 'b', yuan: '12.5', reason: ' 记重了一笔佣金 ', statement: '' })).toEqual({ to: 'b', amount: { amount: 1250, currency: 'CNY' }, reason: '记重了一笔佣金' })
    expect(correctionOf({ from: 'a', to: '', yuan: '一块', reason: 'x', statement: 's' })).toMatchObject({ from: 'a', statement: 's', amount: { amount: 0 } })
  })
})
