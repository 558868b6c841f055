import { describe, expect, it } from 'vitest'
import { formatBps, formatFen, formatFenSigned, formatNumber, formatSigned, formatTicketFen, formatZhe, parseYuan } from './number'

describe('figures', () => {
  it.each([[0, '0'], [7, '7'], [999, '999'], [1286, '1,286'], [3483, '3,483'], [1234567, '1,234,567'], [-5, '−5'], [-1000, '−1,000']])(
    '%i is written out in full as %s', (value, text) => expect(formatNumber(value)).toBe(text))

  it('marks what came in and what went out', () => {
    expect([formatSigned(20), formatSigned(-20), formatSigned(0)]).toEqual(['+20', '−20', '0'])
  })
})

describe('money', () => {
  it.each([[0, '0.00'], [5, '0.05'], [50, '0.50'], [1250, '12.50'], [-1500, '−15.00'], [123456, '1,234.56'], [100000000, '1,000,000.00'], [-7, '−0.07']])(
    '%i fen is %s yuan', (fen, text) => expect(formatFen(fen)).toBe(text))

  it('has a plus on what came in, a real minus on what went out', () => {
    expect([formatFenSigned(200), formatFenSigned(-200), formatFenSigned(0)]).toEqual(['+2.00', '−2.00', '0.00'])
    expect(formatFen(-200).codePointAt(0)).toBe(0x2212)
  })

  it('leaves whole yuan short on a ticket only', () => {
    expect([formatTicketFen(1000), formatTicketFen(1250), formatTicketFen(123400)]).toEqual(['10', '12.50', '1,234'])
  })

  it.each([['68', 6800], ['68.5', 6850], ['68.50', 6850], ['1,234.56', 123456], [' 0.05 ', 5], ['0', 0]])(
    'reads %s as %i fen', (text, fen) => expect(parseYuan(text)).toBe(fen))

  it.each(['', '-5', '1.234', 'abc', '1e5', '12.5.0', '￥5'])('does not take %s for money', (text) => expect(parseYuan(text)).toBeNull())

  it('never loses a fen between writing and reading', () => {
    for (let fen = 0; fen < 30000; fen += 7) expect(parseYuan(formatFen(fen))).toBe(fen)
  })
})

describe('shares and discounts', () => {
  it.each([[3000, '30%'], [1250, '12.5%'], [5, '0.05%'], [10000, '100%']])('%i basis points are %s', (bps, text) => expect(formatBps(bps)).toBe(text))
  it.each([[1200, '8.8'], [2000, '8'], [500, '9.5'], [150, '9.85']])('%i off is %s 折', (bps, text) => expect(formatZhe(bps)).toBe(text))
})
