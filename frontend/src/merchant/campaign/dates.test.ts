import { describe, expect, it } from 'vitest'
import type { Campaign } from '@/shared/api'
import { blankDates, datesBody, datesOf, giveUntil, lastFor, useUntil } from './dates'

const instant = (day: string, time: string) => `${day}T${time}:00Z`
const day = (at: string) => at.slice(0, 10)
const clock = (at: string) => at.slice(11, 16)
const NOW = '2026-11-22T04:00:00Z'
const blank = () => blankDates('2026-11-22', '2026-12-22')

describe('the days of a campaign', () => {
  it('give out until one day and work until another', () => {
    const form = blank()
    giveUntil(form, '2026-11-30')
    expect(datesBody(form, instant, NOW)).toEqual({ claim_from: NOW, claim_until: '2026-11-30T23:59:00Z', valid_until: '2026-12-22T23:59:00Z', valid_days: 0 })
  })
  it('take each other along, since a coupon works at least until the last one is taken', () => {
    const form = blank()
    giveUntil(form, '2027-01-05')
    expect(form.until).toBe('2027-01-05')
    useUntil(form, '2026-12-01')
    expect(form.last).toBe('2026-12-01')
  })
  it('leave the last day to the days after the claim, and have it back without them', () => {
    const form = blank()
    lastFor(form, 7)
    expect(datesBody(form, instant, NOW)).toEqual({ claim_from: NOW, claim_until: '2026-12-22T23:59:00Z', valid_days: 7 })
    lastFor(form, 0)
    expect(form.until).toBe('2026-12-22')
    useUntil(form, '2026-12-31')
    lastFor(form, 7)
    expect(form.until).toBe('2026-12-31')
  })
  it('begin at an hour, at once, or when they began', () => {
    expect(datesBody({ ...blank(), from: '2026-11-25', fromTime: '20:00' }, instant, NOW).claim_from).toBe('2026-11-25T20:00:00Z')
    expect(datesBody(blank(), instant, NOW, 'began').claim_from).toBe('began')
  })
  it('come back as they were sent', () => {
    const sent = { claim_from: '2026-11-25T20:00:00Z', claim_until: '2026-11-26T21:30:00Z', valid_from: '2026-12-01T00:00:00Z', valid_until: '2026-12-24T18:00:00Z', valid_days: 5 }
    expect(datesBody(datesOf(sent as Campaign, day, clock), instant, NOW)).toEqual(sent)
  })
})
