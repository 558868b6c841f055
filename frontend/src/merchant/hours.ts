// Hours of the day, for greetings and for the bars of the desk.
export type Part = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night'

export function partOfDay(hour: number): Part {
  if (hour < 5) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 14) return 'noon'
  if (hour < 17) return 'afternoon'
  return hour < 22 ? 'evening' : 'night'
}

export interface Bar { hour: number; visits: number; height: number; state: 'past' | 'now' | 'next' }

/** The bars of a day: what has been, the hour that runs (red), and what is to come. Height in px, at most `tall`. */
export function bars(hours: { hour: number; visits: number }[], nowHour: number, tall = 64): Bar[] {
  const most = Math.max(...hours.map((one) => one.visits), 1)
  return hours.map(({ hour, visits }) => ({
    hour, visits, height: visits ? Math.max(6, Math.round((tall * visits) / most)) : 6,
    state: hour === nowHour ? 'now' : hour < nowHour ? 'past' : 'next',
  }))
}
