// What the door of a store says.

/** "8:30" or "08:30" → minutes of the day. */
export function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number)
  return hour * 60 + minute
}

/** Open; shut until later today; over for today; or a day off. */
export type Door = 'open' | 'shut' | 'over' | 'off'

/** @param now the minute of the street's day */
export function doorOf(store: { open: boolean; opens_at: string }, now: number): Door {
  if (store.open) return 'open'
  if (!store.opens_at) return 'off'
  return now < minutes(store.opens_at) ? 'shut' : 'over'
}
