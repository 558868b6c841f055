// How people sign up for an event, as its form holds it.
import type { components } from '@/shared/api/schema'

export type Terms = components['schemas']['TermsView']
export type Question = Terms['questions'][number]

export const plainTerms = (): Terms => ({
  per_member: 1, waiting_places: 0, offer_minutes: 120, cancel_hours: 0, who: 'everyone', level: 'none', no_shows: 0, fee: 'free', points: 0, price: 0, questions: [],
})

/** A question whose id none of the others has: answers stay with the id when the words change. */
export function newQuestion(kind: Question['kind'], others: Pick<Question, 'id'>[]): Question {
  let n = others.length + 1
  while (others.some((one) => one.id === `q${n}`)) n++
  return { id: `q${n}`, kind, ask: '', required: false, ...(kind === 'choice' ? { choices: [] } : {}) }
}

/** What is sent: a circle only where it is for one, amounts only of the way it is paid, words without blanks around them. */
export function sendable(terms: Terms): Terms {
  return {
    ...terms, circle_id: terms.who === 'circle' ? terms.circle_id : undefined, points: terms.fee === 'points' ? terms.points : 0, price: terms.fee === 'door' ? terms.price : 0,
    questions: terms.questions.map((q) => ({ ...q, ask: q.ask.trim() })),
  }
}

export const sameTerms = (a: Terms, b: Terms): boolean => JSON.stringify(sendable(a)) === JSON.stringify(sendable(b))
