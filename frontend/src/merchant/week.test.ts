import { describe, expect, it } from 'vitest'
import { addSpan, alike, grouped, hoursOf, turn, weekOf } from './week'

const daily = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, opens: '09:00', closes: '21:00' }))

describe('a week of opening hours', () => {
  it('begins on Monday and comes back as it was', () => {
    const week = weekOf(daily)
    expect(week.map((day) => day.weekday)).toEqual([1, 2, 3, 4, 5, 6, 0])
    expect(hoursOf(week).sort((a, b) => a.weekday - b.weekday)).toEqual(daily)
  })

  it('keeps the two spans of a noodle shop, in order, and midnight', () => {
    const hours = [{ weekday: 5, opens: '17:00', closes: '24:00' }, { weekday: 5, opens: '06:30', closes: '14:00' }]
    const friday = weekOf(hours).find((day) => day.weekday === 5)
    expect(friday?.spans).toEqual([{ opens: '06:30', closes: '14:00' }, { opens: '17:00', closes: '00:00' }])
    expect(hoursOf(weekOf(hours))).toEqual([hours[1], hours[0]])
  })

  it('closes a day and opens it with the hours of the others', () => {
    const week = weekOf(daily)
    turn(week, 0)
    expect(hoursOf(week)).toHaveLength(6)
    turn(week, 0)
    expect(week.at(-1)?.spans).toEqual([{ opens: '09:00', closes: '21:00' }])
  })

  it('opens the first day of an empty week at usual hours', () => {
    const week = weekOf([])
    turn(week, 3)
    expect(hoursOf(week)).toEqual([{ weekday: 3, opens: '09:00', closes: '18:00' }])
  })

  it('adds a span after the last one and makes open days alike', () => {
    const week = weekOf(daily.slice(1, 3))
    addSpan(week[0]!)
    expect(week[0]?.spans).toEqual([{ opens: '09:00', closes: '21:00' }, { opens: '21:00', closes: '21:00' }])
    alike(week)
    expect(week[1]?.spans).toEqual(week[0]?.spans)
    expect(week[2]?.spans).toEqual([])
  })

  it('tells days with the same hours together', () => {
    const hours = [...daily.filter((one) => one.weekday > 0), { weekday: 0, opens: '10:00', closes: '17:00' }]
    expect(grouped(hours).map((one) => one.days)).toEqual([[1, 2, 3, 4, 5, 6], [0]])
    expect(grouped(daily)).toHaveLength(1)
    expect(grouped([])).toEqual([{ days: [1, 2, 3, 4, 5, 6, 0], spans: [] }])
  })
})
