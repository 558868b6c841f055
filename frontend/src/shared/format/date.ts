// Times in the street's zone, whatever zone the phone is in. Only the Gregorian calendar of Intl is used
// (its Chinese calendar is wrong in some years); lunar dates come from the server.
export type Lang = 'zh-CN' | 'en'

export interface Moment {
  year: number; month: number; day: number; hour: number; minute: number
  /** 0 is Sunday. */
  weekday: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    })
    formatters.set(zone, found)
  }
  return found
}

/** An instant as the clock on the street shows it. */
export function momentOf(at: string | Date | number, zone: string): Moment {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatter(zone).formatToParts(new Date(at))) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
  return { year, month, day, hour: hour % 24, minute, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() }
}

/** YYYY-MM-DD in the street's zone. */
export function localDate(at: string | Date | number, zone: string): string {
  const m = momentOf(at, zone)
  return `${m.year}-${two(m.month)}-${two(m.day)}`
}

/** "18:05". */
export function formatTime(at: string | Date | number, zone: string): string {
  const m = momentOf(at, zone)
  return `${m.hour}:${two(m.minute)}`
}

const WEEKDAYS = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** 0 is Sunday: "周日", "Sun". */
export function formatWeekday(weekday: number, lang: Lang): string {
  return WEEKDAYS[lang][weekday % 7] ?? ''
}

/** "10 月 31 日", "31 Oct"; with the year when it is not this one. */
export function formatDate(at: string | Date | number, zone: string, lang: Lang, now: string | Date | number = Date.now()): string {
  const m = momentOf(at, zone)
  const year = m.year === momentOf(now, zone).year ? 0 : m.year
  return writeDate(m.month, m.day, year, lang)
}

/** A YYYY-MM-DD that is already local. */
export function formatLocalDate(date: string, lang: Lang, withYear = false): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return writeDate(month, day, withYear ? year : 0, lang)
}

/** "10 月 31 日 18:18", "31 Oct, 18:18". */
export function formatDateTime(at: string | Date | number, zone: string, lang: Lang, now: string | Date | number = Date.now()): string {
  return `${formatDate(at, zone, lang, now)}${lang === 'en' ? ', ' : ' '}${formatTime(at, zone)}`
}

/** Whole days from now's date to at's date on the street: 0 today, 1 tomorrow, −1 yesterday. */
export function daysAway(at: string | Date | number, zone: string, now: string | Date | number = Date.now()): number {
  return Math.round((dayNumber(momentOf(at, zone)) - dayNumber(momentOf(now, zone))))
}

/** "今天", "明天", "昨天", or the date. */
export function formatDay(at: string | Date | number, zone: string, lang: Lang, now: string | Date | number = Date.now()): string {
  const words = lang === 'en' ? ['yesterday', 'today', 'tomorrow'] : ['昨天', '今天', '明天']
  return words[daysAway(at, zone, now) + 1] ?? formatDate(at, zone, lang, now)
}

/** A day above what happened on it: "今天 周五", "11 月 25 日 周三"; "Today, Fri", "Wed 25 Nov". */
export function formatDayHead(at: string | Date | number, zone: string, lang: Lang, now: string | Date | number = Date.now()): string {
  const [day, weekday] = [formatDay(at, zone, lang, now), formatWeekday(momentOf(at, zone).weekday, lang)]
  if (lang !== 'en') return `${day} ${weekday}`
  return Math.abs(daysAway(at, zone, now)) > 1 ? `${weekday} ${day}` : `${day.charAt(0).toUpperCase()}${day.slice(1)}, ${weekday}`
}

/** How long ago, as one says it: "刚刚", "6 分钟前", "2 小时前", "昨天 18:02", then the date. */
export function formatAgo(at: string | Date | number, zone: string, lang: Lang, now: string | Date | number = Date.now()): string {
  const minutes = Math.floor((+new Date(now) - +new Date(at)) / 60_000)
  if (minutes < 1) return lang === 'en' ? 'just now' : '刚刚'
  if (minutes < 60) return lang === 'en' ? `${minutes} min ago` : `${minutes} 分钟前`
  const away = daysAway(at, zone, now)
  const hours = Math.floor(minutes / 60)
  if (away === 0) return lang === 'en' ? `${hours} ${hours === 1 ? 'hour' : 'hours'} ago` : `${hours} 小时前`
  if (away === -1) return `${formatDay(at, zone, lang, now)} ${formatTime(at, zone)}`
  return formatDateTime(at, zone, lang, now)
}

/** A local wall-clock time on the street as an instant: ("2026-10-18", "20:30") → RFC 3339 UTC. */
export function instantOf(date: string, time: string, zone: string): string {
  const guess = Date.parse(`${date}T${time.padStart(5, '0')}:00Z`)
  // The zone's offset at the guess, then once more at the corrected instant (a clock change may lie between).
  const first = guess - offsetAt(guess, zone)
  return new Date(guess - offsetAt(first, zone)).toISOString()
}

function offsetAt(instant: number, zone: string): number {
  const m = momentOf(instant, zone)
  return Date.UTC(m.year, m.month - 1, m.day, m.hour, m.minute) - Math.floor(instant / 60_000) * 60_000
}

function writeDate(month: number, day: number, year: number, lang: Lang): string {
  if (lang === 'en') return `${day} ${MONTHS[month - 1]}${year ? ` ${year}` : ''}`
  return `${year ? `${year} 年 ` : ''}${month} 月 ${day} 日`
}

function dayNumber(m: Moment): number {
  return Date.UTC(m.year, m.month - 1, m.day) / 86_400_000
}

function two(n: number): string {
  return String(n).padStart(2, '0')
}
