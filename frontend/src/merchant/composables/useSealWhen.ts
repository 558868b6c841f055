// When a seal was or will be, as one says it: "昨晚 21:00".
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/shared/composables/useFormat'

const EVENING = 18
const NAMES = { '-1': ['yesterday', 'lastNight'], 0: ['today', 'tonight'], 1: ['tomorrow', 'tomorrow'] } as const

export function useSealWhen(): (at: string) => string {
  const { t } = useI18n()
  const { daysAway, time, date, moment } = useFormat()
  return (at) => {
    const away = NAMES[String(daysAway(at)) as keyof typeof NAMES]
    if (!away) return t('merchant.seal.when.on', { day: date(at), at: time(at) })
    return t(`merchant.seal.when.${away[moment(at).hour >= EVENING ? 1 : 0]}`, { at: time(at) })
  }
}
