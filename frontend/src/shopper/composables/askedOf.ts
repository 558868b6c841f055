// Whom a date is for, as its page says it; null where everybody may come.
import type { Occurrence } from '@/shared/api'

export type Asked = 'level' | 'members' | 'inside' | 'open' | 'invitation' | 'byLevel' | 'unknown' | 'gone'

export function askedOf({ terms, circle }: Pick<Occurrence, 'terms' | 'circle'>): Asked | null {
  if (terms.who === 'level' || terms.who === 'members') return terms.who
  if (!circle) return null
  if (circle.state !== 'outside') return circle.state
  return circle.access === 'level' ? 'byLevel' : circle.access ?? 'unknown'
}

/** Whether the page knows that the reader is not among them: the button would be refused. */
export const notAsked = ({ circle }: Pick<Occurrence, 'circle'>): boolean => circle !== undefined && circle.state !== 'inside'
