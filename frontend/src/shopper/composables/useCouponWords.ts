// What a coupon says about its time, in a sentence.
import { useI18n } from 'vue-i18n'
import type { Coupon, CouponCampaign } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'
import { dayRuns, dueState, workingDays } from './wallet'

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
  function rhythm(campaign: CouponCampaign): string {
    const days = dayRuns(workingDays(campaign)).map(([from, to]) =>
      from === to ? format.weekdayName(from) : t('shopper.wallet.dayRun', { from: format.weekdayName(from), to: format.weekdayName(to) }))
    const hours = campaign.hours ? `${campaign.hours.from}–${campaign.hours.to}` : ''
    return [market(campaign), days.join(t('shopper.wallet.and')), hours].filter(Boolean).join(' ')
  }

  /** "逢集用，下一集 11 月 17 日": the days of market are the server's. */
  function market(campaign: CouponCampaign): string {
    if (!campaign.market_only) return ''
    const next = campaign.market_days[0]
    return next ? t('shopper.days.couponNext', { day: format.day(format.instant(next, '12:00')) }) : t('shopper.days.coupon')
  }

  /** The day, and the hour when it is not the day's last minute. */
  function ending(at: string): string {
    const { hour, minute } = format.moment(at)
    return hour === 23 && minute === 59 ? format.date(at) : format.dateTime(at)
  }

  return { until, rhythm, ending }
}
