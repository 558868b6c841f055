// 小二's sheet: any screen of the shopper opens it; the words come with it.
import { readonly, ref } from 'vue'
import { loadArea } from '@/shared/i18n'

const open = ref(false)

export function useHelper() {
  async function show(): Promise<void> {
    await loadArea('helper')
    open.value = true
  }
  return { open: readonly(open), show, hide: () => { open.value = false } }
}
