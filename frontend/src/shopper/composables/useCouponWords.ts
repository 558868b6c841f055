// What a coupon says about its time, in a sentence.
import { useI18n } from 'vue-i18n'
import type { Campaign, Coupon, CouponCampaign } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'
import { dayRuns, workingDays } from '@/shared/format/weekdays'
import { dueState } from './wallet'

/** So many days off are told; more is a calendar. */
const DAYS_OFF = 3

/** What is known of a campaign's days before one has its coupon: not yet which are days of market. */
type Rhythm = Pick<Campaign, 'weekdays' | 'hours' | 'market_only'> & Partial<Pick<CouponCampaign, 'market_days'>>

export function useCouponWords() {
  const { t } = useI18n()
  const format = useFormat()

  /** "明天 21:00 到期", "10 月 18 日当天", "用到 10 月 31 日", "明天起能用". */
  function until(coupon: Coupon, now: number): string {
    const state = dueState(coupon, now)
    if (state === 'later') return t('shopper.wallet.from', { day: format.day(coupon.valid_from) })
    if (state === 'due') return t('shopper.wallet.due', { when: dayAndHour(coupon.valid_until) })
    return t('shopper.wallet.until', { date: format.date(coupon.valid_until) })
  }

  /** The hour is left out at the end of the day: nobody says 23:59. */
  function dayAndHour(at: string): string {
    const { hour, minute } = format.moment(at)
    return hour === 23 && minute === 59 ? format.day(at) : `${format.day(at)} ${format.time(at)}`
  }

  /** On which days and in which hours it works; '' when always. */
  function rhythm(campaign: Rhythm): string {
    const days = dayRuns(workingDays(campaign)).map(([from, to]) =>
      from === to ? format.weekdayName(from) : t('shopper.wallet.dayRun', { from: format.weekdayName(from), to: format.weekdayName(to) }))
    const hours = campaign.hours ? `${campaign.hours.from}–${campaign.hours.to}` : ''
    return [market(campaign), days.join(t('shopper.wallet.and')), hours].filter(Boolean).join(' ')
  }

  /** "逢集用，下一集 11 月 17 日": the days of market are the server's. */
  function market(campaign: Rhythm): string {
    if (!campaign.market_only) return ''
    const next = campaign.market_days?.[0]
    return next ? t('shopper.days.couponNext', { day: format.day(format.instant(next, '12:00')) }) : t('shopper.days.coupon')
  }

  /** The day, and the hour when it is not the day's last minute. */
  function ending(at: string): string {
    const { hour, minute } = format.moment(at)
    return hour === 23 && minute === 59 ? format.date(at) : format.dateTime(at)
  }

  /** "12 月 24 日、12 月 25 日不能用": its days off that are still to come. */
  function off(campaign: Pick<Campaign, 'not_on'>, now: number): string {
    const days = campaign.not_on.filter((day) => day >= format.localDate(now)).slice(0, DAYS_OFF).map((day) => format.date(format.instant(day, '12:00')))
    return days.length ? t('shopper.ticketPlan.off', { days: days.join(t('shopper.wallet.and')) }) : ''
  }

  /** What one ought to know of a coupon's time before one takes it: "领后 7 天内能用 · 周一到周四 14:00–17:00". */
  function promise(campaign: Campaign, now: number): string {
    const { valid_from: from, valid_until: last, valid_days: days } = campaign
    return [
      from && Date.parse(from) > now ? t('shopper.wallet.from', { day: format.day(from) }) : '', days ? t('shopper.ticketPlan.days', { n: days }) : '',
      last ? t('shopper.wallet.until', { date: ending(last) }) : '', rhythm(campaign), off(campaign, now),
    ].filter(Boolean).join(' · ')
  }

  return { until, rhythm, ending, off, promise }
}
