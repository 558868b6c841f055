// The seven days of a plan, from today on the street's clock.
import type { PlanItem } from '@/shared/api'
import { localDate } from '@/shared/format/date'

export interface PlanDay { date: string; at: string; items: PlanItem[] }

const DAY = 86_400_000

/** What goes out, or went out, on each of the seven days, in order of time. */
export function sevenDays(items: PlanItem[], now: number, zone: string): PlanDay[] {
  const moment = (one: PlanItem) => one.published_at ?? one.due_at
  const timed = items.filter((one) => one.state !== 'refused' && moment(one)).sort((a, b) => Date.parse(moment(a)!) - Date.parse(moment(b)!))
  return Array.from({ length: 7 }, (_, i) => {
    const at = new Date(now + i * DAY)
    const date = localDate(at, zone)
    return { date, at: at.toISOString(), items: timed.filter((one) => localDate(moment(one)!, zone) === date) }
  })
}
