import { describe, expect, it } from 'vitest'
import type { Occurrence } from '@/shared/api'
import { askedOf, notAsked } from './askedOf'

const one = (who: string, circle?: Occurrence['circle']) => ({ terms: { who }, circle }) as unknown as Occurrence

describe('whom a date is for', () => {
  it('is not said where everybody may come', () => expect(askedOf(one('everyone'))).toBeNull())
  it('is said of levels and members', () => {
    expect(askedOf(one('level'))).toBe('level')
    expect(askedOf(one('members'))).toBe('members')
    expect(notAsked(one('level'))).toBe(false)
  })
  it('tells how one comes into the circle, where it may be seen', () => {
    expect(askedOf(one('circle', { id: 'c', name: 'x', access: 'open', state: 'outside' }))).toBe('open')
    expect(askedOf(one('circle', { id: 'c', name: 'x', access: 'level', state: 'outside' }))).toBe('byLevel')
    expect(askedOf(one('circle', { state: 'unknown' }))).toBe('unknown')
    expect(notAsked(one('circle', { state: 'gone' }))).toBe(true)
    expect(notAsked(one('circle', { id: 'c', name: 'x', access: 'open', state: 'inside' }))).toBe(false)
  })
})
