// Days of the week as people say them: from Monday, in runs. 0 is Sunday.

/** The days on which it works, from Monday; empty when every day. */
export function workingDays(campaign: { weekdays: number[] }): number[] {
  const days = campaign.weekdays
  if (days.length === 0 || days.length === 7) return []
  return [...days].sort((a, b) => (a + 6) % 7 - (b + 6) % 7)
}

/** Runs of days that follow one another, from Monday: [1,2,3,6] → [[1,3],[6,6]]. */
export function dayRuns(days: number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const day of days) {
    const last = runs.at(-1)
    if (last && (last[1] + 1) % 7 === day && day !== 1) last[1] = day
    else runs.push([day, day])
  }
  return runs
}
