// "周六傍晚": the day and the light, as the street's clock has it.
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/shared/composables/useFormat'
import { useNow } from '@/shared/composables/useNow'

export function partOf(hour: number): string {
  if (hour < 5) return 'night'
  if (hour < 9) return 'early'
  if (hour < 11) return 'morning'
  if (hour < 13) return 'noon'
  if (hour < 17) return 'afternoon'
  if (hour < 19) return 'dusk'
  return hour < 23 ? 'evening' : 'night'
}

export function usePartOfDay() {
  const { t } = useI18n()
  const format = useFormat()
  const now = useNow(60_000)
  return computed(() => t('shopper.street.when', {
    weekday: t(`shopper.street.weekday.${format.moment(now.value).weekday}`), part: t(`shopper.street.part.${partOf(format.moment(now.value).hour)}`),
  }))
}
