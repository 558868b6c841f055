import { describe, expect, it } from 'vitest'
import type { Import } from '@/shared/api'
import { advanced, fileProblem, firstLook, percent } from './importing'

const counts = { rows: 420, valid: 400, new: 390, known: 10, duplicate: 14, invalid: 6 }
const running: Import = { id: 'a', file_name: 'f.csv', encoding: 'UTF-8', state: 'running', columns: [], counts, done: 100, created_at: '' }

describe('an import on its way', () => {
  it('takes a signal and never runs backwards', () => {
    expect(advanced(running, { id: 'a', state: 'running', done: 150, valid: 400 }).done).toBe(150)
    expect(advanced(running, { id: 'a', state: 'running', done: 50, valid: 400 }).done).toBe(100)
  })
  it('is not said to be done before the server was asked, nor changed by another import', () => {
    expect(advanced(running, { id: 'a', state: 'done', done: 400, valid: 400 }).state).toBe('running')
    expect(advanced(running, { id: 'b', state: 'running', done: 300, valid: 400 })).toBe(running)
    expect(advanced({ ...running, state: 'done', done: 400 }, { id: 'a', state: 'running', done: 350, valid: 400 }).state).toBe('done')
  })
  it('counts in whole per cent', () => {
    expect(percent(running)).toBe(25)
    expect(percent({ done: 399, counts })).toBe(99)
    expect(percent({ done: 0, counts: { ...counts, valid: 0 } })).toBe(100)
  })
  it('shows what is wrong first', () => {
    expect(firstLook(counts)).toBe('invalid')
    expect(firstLook({ ...counts, invalid: 0, duplicate: 0 })).toBe('new')
  })
  it('sends tables only', () => {
    expect(fileProblem({ name: '老顾客.CSV', size: 10 })).toBe('')
    expect(fileProblem({ name: '本子.xlsx', size: 10 })).toBe('')
    expect(fileProblem({ name: '照片.jpg', size: 10 })).toBe('kind')
    expect(fileProblem({ name: 'a.csv', size: 9 << 20 })).toBe('size')
    expect(fileProblem({ name: 'a.csv', size: 0 })).toBe('empty')
  })
})
