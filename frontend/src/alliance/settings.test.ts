import { describe, expect, it } from 'vitest'
import { fromForm, toForm } from './settings'

const settings = {
  name: '青石街', referral_credit: { amount: 200, currency: 'CNY' as const }, commission_bps: 250, commission_cap: { amount: 2000, currency: 'CNY' as const },
  vest_days: 60, quiet_days: 90, points_per_yuan: 1, points_rate: 100, treasurer: '01a1fbb0-0000-7000-8000-000000000001', inviter_points: 200, k: 5, market_rule: '3,6,9',
}

describe('settings', () => {
  it('come back as they went', () => {
    const { k: _k, market_rule: _market, ...sent } = settings
    expect(fromForm(toForm(settings))).toEqual(sent)
  })
  it('may leave the purse with the alliance', () => {
    const { treasurer: _treasurer, ...alone } = settings
    expect(fromForm(toForm(alone))).toMatchObject({ treasurer: '' })
  })
  it('says what is no number to the server, which names the field', () => {
    expect(fromForm({ ...toForm(settings), vest: 'soon', credit: 'two' })).toMatchObject({ vest_days: -1, referral_credit: { amount: -1 } })
  })
})
