// How one comes into a circle, and how many are there, in one line.
import { useI18n } from 'vue-i18n'
import type { Circle } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'

export function useCircleWords() {
  const { t } = useI18n()
  const format = useFormat()
  return function words(circle: Circle): string {
    const access = circle.access === 'level'
      ? t('shopper.circle.level', { store: circle.store?.name ?? '', level: t(`shared.level.${circle.level}`) })
      : t(`shopper.circle.${circle.access}`)
    return `${access} · ${t('shopper.circle.members', { n: format.number(circle.members) })}`
  }
}
