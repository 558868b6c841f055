import { describe, expect, it } from 'vitest'
import type { Campaign } from '@/shared/api'
import { blankHanding, handingBody, handingOf } from './handing'

describe('how a coupon is given out', () => {
  it('sends only what the way needs', () => {
    expect(handingBody(blankHanding(), 'shop')).toEqual({ given: 'public', transferable: false })
    const bought = { ...blankHanding(), given: 'event' as const }
    expect(handingBody(bought, 'shop').trigger).toEqual({ kind: 'bought', store_id: 'shop', min: { amount: 5000, currency: 'CNY' } })
    expect(handingBody({ ...bought, trigger: 'returned', triggerStore: 'tea' }, 'shop').trigger).toEqual({ kind: 'returned', store_id: 'tea', days: 60 })
    expect(handingBody({ ...bought, trigger: 'visited' }, 'shop').trigger).toEqual({ kind: 'visited', store_id: 'shop' })
  })

  it('comes back from a draft as it was', () => {
    const campaign = { given: 'event', transferable: true, trigger: { kind: 'returned', store: { id: 'tea' }, days: 30 } } as unknown as Campaign
    const form = handingOf(campaign)
    expect(form).toMatchObject({ given: 'event', transferable: true, trigger: 'returned', triggerStore: 'tea', triggerDays: 30 })
    expect(handingBody(form, 'shop').trigger).toEqual({ kind: 'returned', store_id: 'tea', days: 30 })
  })
})
