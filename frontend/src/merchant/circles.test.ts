import { describe, expect, it } from 'vitest'
import type { Circle } from '@/shared/api'
import { circlesFor } from './circles'

const circle = (id: string, access: string, store?: string) => ({ id, name: id, access, store: store && { id: store, name: store } }) as unknown as Circle
const known = [circle('own', 'invitation', 's'), circle('street', 'open'), circle('theirs', 'open', 't'), circle('closed', 'level', 't'), circle('watch', 'invitation')]
const none = { id: '', name: '' }

describe('the circles that may be named', () => {
  it('are the store’s own and the open ones', () => {
    expect(circlesFor('s', known, none)).toEqual([{ id: 'own', name: 'own', store: 's' }, { id: 'street', name: 'street', store: undefined }, { id: 'theirs', name: 'theirs', store: 't' }])
  })
  it('are those of no store for the street itself, beside the open ones', () => {
    expect(circlesFor('alliance', known, none, true).map((one) => one.id)).toEqual(['street', 'theirs', 'watch'])
  })
  it('keep one that a colleague named', () => {
    expect(circlesFor('s', known, { id: 'hidden', name: '老客' })[0]).toEqual({ id: 'hidden', name: '老客' })
  })
})
