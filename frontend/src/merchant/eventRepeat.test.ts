import { describe, expect, it } from 'vitest'
import { patternOf, ruleOf } from './eventRepeat'

describe('an event that comes again', () => {
  it('is told by its first day', () => {
    expect(ruleOf('weekly', '2026-11-29')).toBe('FREQ=WEEKLY;BYDAY=SU')
    expect(ruleOf('fortnightly', '2026-12-05')).toBe('FREQ=WEEKLY;INTERVAL=2;BYDAY=SA')
    expect(ruleOf('monthly', '2026-12-11')).toBe('FREQ=MONTHLY;BYDAY=2FR')
    expect(ruleOf('monthly', '2026-12-31')).toBe('FREQ=MONTHLY;BYDAY=-1TH')
    expect(ruleOf('daily', '2026-12-31')).toBe('FREQ=DAILY')
    expect(ruleOf('market', '2026-12-31')).toBe('{"kind":"street"}')
  })
  it('may end on a day, or go on', () => {
    const at = '2026-12-05T01:00:00Z'
    expect(patternOf({ kind: 'daily', until: '' }, '2026-12-05', at)).toEqual({ rule: 'FREQ=DAILY', starts_at: at })
    expect(patternOf({ kind: 'daily', until: '2027-01-31' }, '2026-12-05', at).until).toBe('2027-01-31')
  })
})
