// Handing an address on: the phone's own way, or copied.
import { useI18n } from 'vue-i18n'
import { useToast } from './useToast'

export function useShare() {
  const { t } = useI18n()
  const toast = useToast()

  return async function share(path: string, title: string): Promise<void> {
    const url = new URL(path, location.origin).href
    if (navigator.share) return navigator.share({ title, url }).catch(() => undefined) // closed without sharing
    await navigator.clipboard?.writeText(url).then(
      () => toast.show(t('shared.share.copied')),
      () => toast.show(t('shared.share.notCopied', { url }), 'bad'),
    )
  }
}
