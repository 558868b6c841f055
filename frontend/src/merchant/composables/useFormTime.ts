// When a coupon works, as the form has it: what its ticket says while it is being made.
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/shared/composables/useFormat'
import { dayRuns, workingDays } from '@/shared/format/weekdays'
import type { CampaignForm } from '../campaign/form'

export function useFormTime() {
  const { t } = useI18n()
  const { weekdayName } = useFormat()

  /** On which days and in which hours; '' when always. */
  function rhythm(form: CampaignForm): string {
    const days = dayRuns(workingDays(form)).map(([from, to]) => (from === to ? weekdayName(from) : t('merchant.plan.dayRun', { from: weekdayName(from), to: weekdayName(to) })))
    const hours = form.hoursFrom && form.hoursTo ? `${form.hoursFrom}–${form.hoursTo}` : ''
    return [form.marketOnly ? t('merchant.plan.market') : '', days.join(t('merchant.plan.and')), hours].filter(Boolean).join(' ')
  }
  return { rhythm }
}
