// The bars of a campaign's days: claimed and redeemed side by side.
export interface Bar { day: string; x: number; claimed: { y: number; height: number }; redeemed: { y: number; height: number } }

export const HEIGHT = 96
export const STEP = 22
export const WIDE = 9

interface Day { day: string; claimed: number; redeemed: number }

/** Every day from the first to the last on which something happened, so that quiet days show as gaps. */
export function everyDay<D extends Day>(days: D[], empty: (day: string) => D): D[] {
  const [first, last] = [days[0], days[days.length - 1]]
  if (!first || !last) return []
  const known = new Map(days.map((one) => [one.day, one]))
  const all: D[] = []
  for (let at = Date.parse(`${first.day}T12:00:00Z`); at <= Date.parse(`${last.day}T12:00:00Z`); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10)
    all.push(known.get(day) ?? empty(day))
  }
  return all
}

export function bars(days: Day[]): Bar[] {
  const most = Math.max(1, ...days.map((one) => Math.max(one.claimed, one.redeemed)))
  const bar = (n: number) => {
    const height = n === 0 ? 0 : Math.max(2, Math.round((n / most) * HEIGHT))
    return { y: HEIGHT - height, height }
  }
  return days.map((one, i) => ({ day: one.day, x: i * STEP, claimed: bar(one.claimed), redeemed: bar(one.redeemed) }))
}
