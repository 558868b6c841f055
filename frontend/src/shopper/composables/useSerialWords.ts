// What is said of a series in a line: how many parts, who follows, how far one is, whether it goes on.
import { useI18n } from 'vue-i18n'
import type { Serial } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'

export function useSerialWords() {
  const { t } = useI18n()
  const { number } = useFormat()
  return (one: Serial): string => [
    t(one.parts ? 'shopper.serial.parts' : 'shopper.serial.noParts', { n: number(one.parts) }),
    one.followers ? t('shopper.serial.followers', { n: number(one.followers) }) : '',
    one.read_to ? t(one.read_to >= one.parts ? 'shopper.serial.readAll' : 'shopper.serial.readTo', { n: number(one.read_to) }) : '',
    one.state === 'running' ? '' : t(`shopper.serial.${one.state}`),
  ].filter(Boolean).join(' · ')
}
