import { describe, expect, it } from 'vitest'
import type { Campaign } from '@/shared/api'
import { blank } from './form'
import { audienceBody, blankAudience, blankLimits, everyone, limitsBody, limitsOf, tagsOf } from './limits'
import { fillFrom, TEMPLATES } from './templates'

describe('whom a campaign is for', () => {
  it('is everybody until something is asked', () => {
    expect(everyone(blankAudience())).toBe(true)
    expect(audienceBody({ ...blankAudience(), visitTimes: 9, birthdayDays: 3 })).toEqual({})
  })
  it('asks for tags apart, for visits at least or at most, and for birthdays', () => {
    expect(tagsOf(' 常客，带孩子的、 常买鞋')).toEqual(['常客', '带孩子的', '常买鞋'])
    expect(audienceBody({ ...blankAudience(), tags: '常客', visitStore: 's', visitDays: 60, visitTimes: 0, atMost: true, birthday: 'around', birthdayDays: 7 }))
      .toEqual({ tags: ['常客'], visits: { store_id: 's', days: 60, at_most: 0 }, birthday: { when: 'around', days: 7 } })
  })
})

describe('limits', () => {
  it('come back as they were sent', () => {
    const form = { ...blankLimits(), perDay: 30, budget: 50000, reserve: 'redemption' as const, noticeDays: 14, fundPercent: 20, hoursFrom: '14:00', hoursTo: '18:00', notOn: ['2026-10-01'], audience: { ...blankAudience(), level: 'weak' as const, circle: 'c', circleName: '面食圈' } }
    const body = limitsBody(form)
    const campaign = {
      ...body, budget: { set: true, most: body.budget, spent: { amount: 0, currency: 'CNY' }, reserve: 'redemption' },
      shares: [{ fund: true, share_bps: body.fund_bps }], audience: { ...body.audience, circle: { id: 'c', name: '面食圈' }, tags: [] },
    } as unknown as Campaign
    expect(limitsOf(campaign)).toEqual(form)
  })
  it('send an hour that was written alone, so that the server says what is missing', () => {
    expect(limitsBody({ ...blankLimits(), hoursFrom: '14:00' }).hours).toEqual({ from: '14:00', to: '' })
  })
})

describe('templates', () => {
  it('fill a form and leave its dates and partners', () => {
    for (const key of TEMPLATES) {
      const form = { ...blank('2026-10-17', '2026-11-17'), partners: [{ store: { id: 't' } as never, percent: 30 }] }
      fillFrom(key, form, { title: key, gift: '姜茶' }, 'own', blank('x', 'y'))
      expect(form.title).toBe(key)
      expect(form.from).toBe('2026-10-17')
      expect(form.partners).toHaveLength(1)
      expect(form.stock).toBeGreaterThan(0)
    }
  })
  it('ask a returning guest of the own store only', () => {
    const form = blank('a', 'b')
    fillFrom('back', form, { title: 'x' }, 'own', blank('a', 'b'))
    expect(audienceBody(form.audience).visits).toEqual({ store_id: 'own', days: 60, at_most: 0 })
  })
})
