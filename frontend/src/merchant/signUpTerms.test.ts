import { describe, expect, it } from 'vitest'
import { newQuestion, plainTerms, sameTerms, sendable } from './signUpTerms'

describe('the terms of signing up', () => {
  it('give each question an id of its own, also after one was dropped', () => {
    const two = newQuestion('choice', [{ id: 'q1' }])
    expect(two).toEqual({ id: 'q2', kind: 'choice', ask: '', required: false, choices: [] })
    expect(newQuestion('text', [two]).id).toBe('q3')
  })
  it('send only the amount of the way it is paid, and words without blanks', () => {
    const sent = sendable({ ...plainTerms(), fee: 'points', points: 20, price: 500, questions: [{ id: 'q1', kind: 'text', ask: ' 带孩子吗 ', required: true }] })
    expect(sent).toMatchObject({ points: 20, price: 0 })
    expect(sent.questions[0]!.ask).toBe('带孩子吗')
  })
  it('name a circle only where the event is for one', () => {
    expect(sendable({ ...plainTerms(), who: 'circle', circle_id: 'c' }).circle_id).toBe('c')
    expect(sameTerms(plainTerms(), { ...plainTerms(), circle_id: 'c' })).toBe(true)
  })
  it('are the same when nothing that is sent differs', () => {
    expect(sameTerms(plainTerms(), { ...plainTerms(), price: 500 })).toBe(true)
    expect(sameTerms(plainTerms(), { ...plainTerms(), per_member: 2 })).toBe(false)
  })
})
