import { describe, expect, it } from 'vitest'
import { calendarFileProblem, chosenAtFirst, statesOf, toggled, type CalendarRow } from './bringing'

const row = (line: number, choose: boolean) => ({ line, choose }) as CalendarRow

describe('bringing a calendar along', () => {
  it('shows what can come before what cannot', () => {
    expect(statesOf({ rows: 9, new: 1, changed: 0, unchanged: 2, past: 5, cancelled: 0, repeated: 0, faulty: 1 })).toEqual(['new', 'faulty', 'unchanged', 'past'])
  })
  it('chooses what nothing speaks against, and no more than come at once', () => {
    expect(chosenAtFirst([row(3, true), row(9, false), row(12, true), row(20, true)], 2)).toEqual([3, 12])
  })
  it('puts a line in and takes it out', () => {
    expect(toggled([3, 12], 9)).toEqual([3, 9, 12])
    expect(toggled([3, 9, 12], 9)).toEqual([3, 12])
  })
  it('sends no file that cannot be one', () => {
    expect(calendarFileProblem({ name: '日历.ICS', size: 10 })).toBe('')
    expect(calendarFileProblem({ name: 'photo.png', size: 10 })).toBe('kind')
    expect(calendarFileProblem({ name: 'a.ics', size: 9 << 20 })).toBe('size')
    expect(calendarFileProblem({ name: 'a.csv', size: 0 })).toBe('empty')
  })
})
