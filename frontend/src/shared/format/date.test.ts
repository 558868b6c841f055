import { describe, expect, it } from 'vitest'
import { daysAway, formatAgo, formatDayHead, formatDate, formatDateTime, formatDay, formatLocalDate, formatTime, formatWeekday, instantOf, localDate, momentOf } from './date'

const ZONE = 'Asia/Shanghai'
const now = '2026-10-17T10:18:00Z' // Saturday 18:18 on the street

describe('times on the street', () => {
  it('are the street’s, whatever zone the phone is in', () => {
    expect(process.env.TZ).toBe('America/New_York')
    expect(momentOf('2026-10-17T16:30:00Z', ZONE)).toEqual({ year: 2026, month: 10, day: 18, hour: 0, minute: 30, weekday: 0 })
    expect(localDate('2026-10-17T16:30:00Z', ZONE)).toBe('2026-10-18')
    expect(formatTime('2026-10-17T10:05:00Z', ZONE)).toBe('18:05')
    expect(formatTime('2026-10-17T16:00:00Z', ZONE)).toBe('0:00')
  })

  it('name the day in both languages', () => {
    expect(formatDate('2026-10-31T04:00:00Z', ZONE, 'zh-CN', now)).toBe('10 月 31 日')
    expect(formatDate('2026-10-31T04:00:00Z', ZONE, 'en', now)).toBe('31 Oct')
    expect(formatDate('2027-01-03T04:00:00Z', ZONE, 'zh-CN', now)).toBe('2027 年 1 月 3 日')
    expect(formatDate('2025-12-31T15:59:00Z', ZONE, 'en', now)).toBe('31 Dec 2025')
    expect(formatDateTime('2026-07-03T10:18:00Z', ZONE, 'zh-CN', now)).toBe('7 月 3 日 18:18')
    expect(formatLocalDate('2026-11-05', 'zh-CN')).toBe('11 月 5 日')
    expect([formatWeekday(0, 'zh-CN'), formatWeekday(6, 'en')]).toEqual(['周日', 'Sat'])
  })

  it('say today, tomorrow and yesterday by the street’s midnight', () => {
    expect(formatDay('2026-10-17T15:59:00Z', ZONE, 'zh-CN', now)).toBe('今天')
    expect(formatDay('2026-10-17T16:00:00Z', ZONE, 'zh-CN', now)).toBe('明天')
    expect(formatDay('2026-10-16T15:00:00Z', ZONE, 'en', now)).toBe('yesterday')
    expect(formatDay('2026-10-20T04:00:00Z', ZONE, 'zh-CN', now)).toBe('10 月 20 日')
    expect(daysAway('2026-11-17T04:00:00Z', ZONE, now)).toBe(31)
  })

  it.each([
    ['2026-10-17T10:17:30Z', '刚刚', 'just now'],
    ['2026-10-17T10:12:00Z', '6 分钟前', '6 min ago'],
    ['2026-10-17T08:18:00Z', '2 小时前', '2 hours ago'],
    ['2026-10-16T10:02:00Z', '昨天 18:02', 'yesterday 18:02'],
    ['2026-10-12T10:02:00Z', '10 月 12 日 18:02', '12 Oct, 18:02'],
  ])('%s was %s (%s)', (at, zh, en) => {
    expect(formatAgo(at, ZONE, 'zh-CN', now)).toBe(zh)
    expect(formatAgo(at, ZONE, 'en', now)).toBe(en)
  })

  it.each([
    ['2026-10-17T08:18:00Z', '今天 周六', 'Today, Sat'],
    ['2026-10-16T10:02:00Z', '昨天 周五', 'Yesterday, Fri'],
    ['2026-10-12T10:02:00Z', '10 月 12 日 周一', 'Mon 12 Oct'],
  ])('%s stands under %s (%s)', (at, zh, en) => {
    expect(formatDayHead(at, ZONE, 'zh-CN', now)).toBe(zh)
    expect(formatDayHead(at, ZONE, 'en', now)).toBe(en)
  })

  it('turn a time written on the street into an instant', () => {
    expect(instantOf('2026-10-18', '20:30', ZONE)).toBe('2026-10-18T12:30:00.000Z')
    expect(instantOf('2026-10-18', '0:30', ZONE)).toBe('2026-10-17T16:30:00.000Z')
    expect(instantOf('2026-03-29', '12:00', 'Europe/Berlin')).toBe('2026-03-29T10:00:00.000Z')
    expect(instantOf('2026-03-28', '12:00', 'Europe/Berlin')).toBe('2026-03-28T11:00:00.000Z')
  })
})
