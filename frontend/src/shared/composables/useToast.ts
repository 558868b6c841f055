// One short sentence after something was done, gone by itself.
import { readonly, shallowRef } from 'vue'

export interface Toast { text: string; kind: 'good' | 'bad' }

const shown = shallowRef<Toast | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

export function useToast() {
  function show(text: string, kind: Toast['kind'] = 'good'): void {
    clearTimeout(timer)
    shown.value = { text, kind }
    timer = setTimeout(() => { shown.value = null }, 3200 + text.length * 40)
  }
  return { toast: readonly(shown), show }
}
