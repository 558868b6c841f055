import { describe, expect, it } from 'vitest'
import { bars, everyDay, HEIGHT } from './results'

const day = (name: string, claimed = 0, redeemed = 0) => ({ day: name, claimed, redeemed })

describe('the days of a campaign', () => {
  it('shows quiet days between busy ones', () => {
    expect(everyDay([day('2026-02-27', 1), day('2026-03-02', 2)], day).map((one) => one.day)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(everyDay([], day)).toEqual([])
  })
  it('draws the busiest day full, none as nothing, and one of many still to be seen', () => {
    const [full, least, none] = bars([day('a', 1000, 10), day('b', 1, 0), day('c')])
    expect(full?.claimed).toEqual({ y: 0, height: HEIGHT })
    expect(least?.claimed.height).toBe(2)
    expect(none?.claimed.height).toBe(0)
  })
})
