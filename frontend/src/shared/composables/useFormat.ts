// Formatting bound to the reader's language and the street's zone.
import { useI18n } from 'vue-i18n'
import * as date from '../format/date'
import * as number from '../format/number'
import { useStreet } from '../session/street'

export function useFormat() {
  const { locale } = useI18n()
  const street = useStreet()
  const lang = () => locale.value as date.Lang
  type At = string | Date | number
  return {
    number: number.formatNumber,
    signed: number.formatSigned,
    fen: number.formatFen,
    bps: number.formatBps,
    time: (at: At) => date.formatTime(at, street.zone),
    date: (at: At) => date.formatDate(at, street.zone, lang(), street.now()),
    /** The time; of another day than today with its date. */
    when: (at: At) => (date.daysAway(at, street.zone, street.now()) === 0 ? date.formatTime(at, street.zone) : date.formatDateTime(at, street.zone, lang(), street.now())),
    dateTime: (at: At) => date.formatDateTime(at, street.zone, lang(), street.now()),
    day: (at: At) => date.formatDay(at, street.zone, lang(), street.now()),
    dayHead: (at: At) => date.formatDayHead(at, street.zone, lang(), street.now()),
    ago: (at: At) => date.formatAgo(at, street.zone, lang(), street.now()),
    daysAway: (at: At) => date.daysAway(at, street.zone, street.now()),
    weekday: (at: At) => date.formatWeekday(date.momentOf(at, street.zone).weekday, lang()),
    weekdayName: (weekday: number) => date.formatWeekday(weekday, lang()),
    localDate: (at: At) => date.localDate(at, street.zone),
    moment: (at: At) => date.momentOf(at, street.zone),
    instant: (day: string, time: string) => date.instantOf(day, time, street.zone),
  }
}
