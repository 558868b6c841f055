// The level funnel: widths go with the square root, so that super is still to be seen beside none.
export interface Slice { d: string; y: number }

export const ROW = 38
const GAP = 3
const CENTER = 75
const HALF = 72
const LEAST = 5

/** One slice a count, from top to bottom; each narrows (or widens) towards the next. A withheld one (null) is as wide as
 * the nearest that is shown: its width must say nothing. */
export function slices(told: (number | null)[]): Slice[] {
  const counts = told.map((n, i) => n ?? told.slice(i + 1).find((later) => later !== null) ?? told.slice(0, i).reverse().find((before) => before !== null) ?? 0)
  const most = Math.max(...counts, 1)
  const half = counts.map((n) => Math.max(LEAST, HALF * Math.sqrt(n / most)))
  return half.map((wide, i) => {
    const next = half[i + 1] ?? wide
    const foot = wide + (next - wide) * 0.82
    const y = i * ROW + (i ? GAP / 2 : 0)
    const end = (i + 1) * ROW - GAP / 2
    const bend = (y + end) / 2
    const d = `M${CENTER - wide} ${y}C${CENTER - wide} ${bend} ${CENTER - foot} ${bend} ${CENTER - foot} ${end}H${CENTER + foot}C${CENTER + foot} ${bend} ${CENTER + wide} ${bend} ${CENTER + wide} ${y}z`
    return { d, y }
  })
}
