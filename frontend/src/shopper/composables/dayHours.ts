// Spans of a day on one clock for all stores: from which hour to which it runs, and where a span lies on it.
export interface DaySpan { opens: string; closes: string }
export interface Clock { from: number; to: number; marks: number[] }

const hours = (text: string): number => Number(text.slice(0, 2)) + Number(text.slice(3, 5)) / 60

/** A span that ends before it begins runs into the night: on this day's clock to its end. */
function ends(span: DaySpan): number {
  const end = hours(span.closes)
  return end > hours(span.opens) ? end : 24
}

/** The clock: whole hours round everything, at least from 8 to 20. */
export function clockOf(spans: DaySpan[]): Clock {
  const from = Math.floor(Math.min(8, ...spans.map((one) => hours(one.opens))))
  const to = Math.ceil(Math.max(20, ...spans.map(ends)))
  return { from, to, marks: [6, 9, 12, 15, 18, 21].filter((hour) => hour >= from && hour <= to) }
}

/** Where spans lie on the clock, in percent. */
export function windowsOf(spans: DaySpan[], clock: Clock): { left: number; width: number }[] {
  const all = clock.to - clock.from
  return spans.map((one) => ({ left: ((hours(one.opens) - clock.from) / all) * 100, width: ((ends(one) - hours(one.opens)) / all) * 100 }))
}
