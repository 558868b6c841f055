import { describe, expect, it } from 'vitest'
import { blankMarket, KINDS, marketForm, marketRule, picksNone } from './marketForm'

describe('the market rule', () => {
  it.each([
    '', '3,6,9', '1,4,7,10', '{"kind":"lunar_digits","digits":[3,6,9],"leap":false}', '{"kind":"lunar_days","days":[1,15]}', '{"kind":"gregorian_digits","digits":[3,8]}',
    '{"kind":"gregorian_days","days":[8,18,28]}', '{"kind":"weekdays","days":["TU","FR"]}', '{"kind":"branches","branches":["卯","酉"]}', '{"kind":"solar_terms","terms":["清明","冬至"]}',
    '{"kind":"every_days","every":7,"since":"2026-10-03"}', '{"kind":"daily"}', '{"kind":"any","rules":[{"kind":"lunar_digits","digits":[3,6,9]},{"kind":"lunar_yearly","dates":[[2,6]]}]}',
    '{"kind":"lunar_yearly","dates":[[2,6]]}',
  ])('%s comes back as it was', (rule) => {
    expect(marketRule(marketForm(rule))).toBe(rule)
  })
  it('orders what was picked, and says when nothing was', () => {
    expect(marketRule({ ...blankMarket('lunar_digits'), picked: [9, 3, 6] })).toBe('3,6,9')
    expect(picksNone(blankMarket('weekdays'))).toBe(true)
    expect(picksNone(blankMarket('daily'))).toBe(false)
  })
  it('keeps what it cannot hold', () => {
    for (const rule of ['{"kind":"any","rules":[]}', '{broken', '{"kind":"weekdays","days":["XX"]}']) expect(marketForm(rule)).toMatchObject({ kind: 'other', raw: rule })
    expect(KINDS).toContain('other')
  })
})
