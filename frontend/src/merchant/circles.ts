// The circles that a host may say something is for.
import type { Circle } from '@/shared/api'

export interface NamedCircle { id: string; name: string; store?: string }

/**
 * Those that the host keeps, and open ones; with the one that is named already, should the reader not know of it. The street itself keeps
 * those of no store.
 */
export function circlesFor(host: string, known: Circle[], named: { id: string; name: string }, ofStreet = false): NamedCircle[] {
  const may = known.filter((one) => (one.store ? one.store.id === host : ofStreet) || one.access === 'open').map((one) => ({ id: one.id, name: one.name, store: one.store?.name }))
  return !named.id || may.some((one) => one.id === named.id) ? may : [named, ...may]
}
