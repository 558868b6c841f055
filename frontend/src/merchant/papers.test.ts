import { describe, expect, it } from 'vitest'
import { blankEvent } from './eventForm'
import { formFrom, paperOf } from './papers'
import { plainTerms } from './signUpTerms'

const instant = (day: string, time: string) => `${day}T${time}:00Z`
const form = { ...blankEvent('2026-12-05', '二楼'), title: ' 认茶 ' }
const day = (at: string) => at.slice(0, 10)
const time = (at: string) => at.slice(11, 16)

describe('an event on paper', () => {
  it('keeps its day as a draft and none as a template', () => {
    expect(paperOf('draft', form, plainTerms(), instant)).toMatchObject({ kind: 'draft', title: '认茶', starts_at: '2026-12-05T15:00:00Z' })
    expect(paperOf('template', form, plainTerms(), instant)).not.toHaveProperty('starts_at')
  })
  it('is held again at its hours, on a day to come', () => {
    const past = { title: '认茶', story: '', place: '', capacity: 12, starts_at: '2026-11-01T09:30:00Z', ends_at: '2026-11-01T11:00:00Z' }
    expect(formFrom(past, form, '2026-11-27', day, time)).toMatchObject({ day: '2026-12-05', from: '09:30', to: '11:00', capacity: 12, place: '二楼' })
    expect(formFrom({ ...past, starts_at: '2026-12-24T09:30:00Z' }, form, '2026-11-27', day, time).day).toBe('2026-12-24')
  })
})
