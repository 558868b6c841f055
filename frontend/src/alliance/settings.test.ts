import { describe, expect, it } from 'vitest'
import { fromForm, toForm } from './settings'

const settings = {
  name: '青石街', referral_credit: { amount: 200, currency: 'CNY' as const }, commission_bps: 250, commission_cap: { amount: 2000, currency: 'CNY' as const },
  vest_days: 60, quiet_days: 90, points_per_yuan: 1, points_rate: 100, inviter_points: 200, k: 5, market_rule: '3,6,9',
}

describe('settings', () => {
  it('come back as they went', () => {
    const { k: _k, ...sent } = settings
    expect(fromForm(toForm(settings))).toEqual(sent)
  })
  it('says what is no number to the server, which names the field', () => {
    expect(fromForm({ ...toForm(settings), vest: 'soon', credit: 'two' })).toMatchObject({ vest_days: -1, referral_credit: { amount: -1 } })
  })
})
