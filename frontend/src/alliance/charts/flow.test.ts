import { describe, expect, it } from 'vitest'
import type { StoreRef } from '@/shared/api'
import { BOTTOM, TOP, arcs, places } from './flow'

const store = (id: string): StoreRef => ({ id, slug: id, name: id, short_name: id, color: '#000000', color_night: '#111111', front: 'tea' })
const street = ['a', 'b', 'c'].map(store)

describe('flow', () => {
  it('stands the stores in street order, evenly', () => {
    expect([...places(street).values()]).toEqual([120, 360, 600])
  })
  it('bends east above the street and west below it', () => {
    const [west, east] = arcs([{ from: street[2]!, to: street[0]!, members: 5 }, { from: street[0]!, to: street[2]!, members: 9 }], street)
    expect(west!.d).toContain(` ${BOTTOM}C`)
    expect(east!.d).toContain(` ${TOP}C`)
    expect(east!.width).toBeGreaterThan(west!.width)
  })
  it('leaves out a store that is not on the street', () => {
    expect(arcs([{ from: store('gone'), to: street[0]!, members: 9 }], street)).toEqual([])
  })
})
