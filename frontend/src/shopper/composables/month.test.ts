import { describe, expect, it } from 'vitest'
import type { Calendar, CalendarDay, Occurrence, StoreRef } from '@/shared/api'
import { agendaOf, cellsOf, isFirst, lunarMonthOf, monthDates, moonPath, moonPhase, nextBusy, nextMarket, shiftDate, shiftMonth, stepFrom } from './month'

const tea = { id: 'tea', color: '#1F7A6B' } as StoreRef
const books = { id: 'books', color: '#2F5D73' } as StoreRef
const day = (date: string, part: Partial<CalendarDay> = {}): CalendarDay => ({ date, lunar: '初一', market: false, occurrences: [], ...part })
const event = (id: string, store: StoreRef, at: string, part: Partial<Occurrence> = {}) =>
  ({ id, stores: [store], starts_at: at, state: 'published', ...part }) as Occurrence

function wall(): Calendar {
  const days = monthDates('2026-11').map((date) => day(date))
  days[13] = day('2026-11-14', { lunar: '初六', market: true, occurrences: ['b', 'a', 'c', 'd'] })
  days[8] = day('2026-11-09', { lunar: '十月', festival: '寒衣节' })
  days[16] = day('2026-11-17', { market: true })
  const items = [
    event('a', tea, '2026-11-14T06:30:00Z'), event('b', books, '2026-11-14T08:00:00Z'), event('c', tea, '2026-11-14T10:00:00Z'),
    event('d', books, '2026-11-14T12:00:00Z', { mine: { state: 'signed_up', at: '', companions: 0 } }),
  ]
  return { month: '2026-11', year_name: '丙午年', lunar: '', days, items, market_rule: { text: '' } }
}

describe('the wall', () => {
  it('has whole weeks from Sunday', () => {
    expect([monthDates('2026-11').length, monthDates('2026-11')[0], monthDates('2026-11').at(-1)]).toEqual([35, '2026-11-01', '2026-12-05'])
    expect([monthDates('2026-08').length, monthDates('2026-08')[0], monthDates('2026-08').at(-1)]).toEqual([42, '2026-07-26', '2026-09-05'])
    expect(monthDates('2026-02')).toHaveLength(28)
  })
  it('turns over the year', () => {
    expect([shiftMonth('2026-12', 1), shiftMonth('2026-01', -1), shiftMonth('2026-11', 0)]).toEqual(['2027-01', '2025-12', '2026-11'])
    expect(shiftDate('2028-02-28', 1)).toBe('2028-02-29')
  })
  it('stands before the server has answered, without its words', () => {
    const cells = cellsOf('2026-11', null, '2026-11-12')
    expect(cells).toHaveLength(35)
    expect(cells[11]).toMatchObject({ day: 12, today: true, lunar: '', count: 0 })
    expect(cells[10]).toMatchObject({ past: true, out: false })
    expect(cells[34]).toMatchObject({ day: 5, out: true })
  })
  it('shows what is on: one dot a host, a tick for what is mine', () => {
    const cell = cellsOf('2026-11', wall(), '2026-11-12')[13]!
    expect(cell).toMatchObject({ mine: true, count: 4, market: true, lunar: '初六' })
    expect(cell.dots.map((store) => store.id)).toEqual(['books', 'tea'])
  })
  it('has no tick for what was cancelled', () => {
    const known = wall()
    known.items[3]!.state = 'cancelled'
    expect(cellsOf('2026-11', known, '2026-11-12')[13]!.mine).toBe(false)
  })
})

describe('a day', () => {
  it('lists what is on by hour', () => {
    expect(agendaOf(wall(), '2026-11-14').map((one) => one.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(agendaOf(wall(), '2026-11-15')).toEqual([])
  })
  it('knows its lunar month from the server’s own first days', () => {
    const { days } = wall()
    expect(lunarMonthOf(days, '2026-11-14')).toBe('十月')
    expect(lunarMonthOf(days, '2026-11-08')).toBe('')
    expect([isFirst({ lunar: 'month 10' }), isFirst({ lunar: '23' }), isFirst({ lunar: '十一' })]).toEqual([true, false, false])
  })
  it('looks ahead to the next market and the next thing on', () => {
    const { days } = wall()
    expect(nextMarket(days, '2026-11-14')?.date).toBe('2026-11-17')
    expect(nextBusy(days, '2026-11-12')?.date).toBe('2026-11-14')
    expect(nextBusy(days, '2026-11-14')).toBeUndefined()
  })
  it('is left by the arrow keys', () => {
    expect(['ArrowLeft', 'ArrowDown', 'Enter'].map((key) => stepFrom('2026-11-01', key))).toEqual(['2026-10-31', '2026-11-08', '2026-11-01'])
  })
})

describe('the moon', () => {
  it('is full and new when it was', () => {
    expect(moonPhase('2024-01-25')).toBeCloseTo(0.5, 1) // full moon of 25 January 2024
    expect(Math.min(moonPhase('2024-04-08'), 1 - moonPhase('2024-04-08'))).toBeLessThan(0.04) // the eclipse of 8 April 2024
  })
  it('is lit on the right while it grows, on the left while it wanes', () => {
    expect(moonPath(0.1, 24)).toBe('M0 -24A24 24 0 0 1 0 24A19.42 24 0 0 0 0 -24z')
    expect(moonPath(0.4, 24)).toBe('M0 -24A24 24 0 0 1 0 24A19.42 24 0 0 1 0 -24z')
    expect(moonPath(0.6, 24)).toBe('M0 -24A24 24 0 0 0 0 24A19.42 24 0 0 0 0 -24z')
    expect(moonPath(0.9, 24)).toBe('M0 -24A24 24 0 0 0 0 24A19.42 24 0 0 1 0 -24z')
  })
})
