// How large the letters are; /theme.js applies it before the first paint.
import { ref } from 'vue'

export type TextSize = 'normal' | 'large' | 'huge'
const KEPT = 'onestreet.size'
const SCALE: Record<TextSize, string> = { normal: '', large: '112.5%', huge: '125%' }
const size = ref<TextSize>(read())

function read(): TextSize {
  try {
    const kept = localStorage.getItem(KEPT)
    return kept === 'large' || kept === 'huge' ? kept : 'normal'
  } catch { return 'normal' }
}

export function useTextSize() {
  function set(next: TextSize): void {
    size.value = next
    document.documentElement.style.fontSize = SCALE[next]
    try {
      if (next === 'normal') localStorage.removeItem(KEPT)
      else localStorage.setItem(KEPT, next)
    } catch { /* only for now, then */ }
  }
  return { size, set }
}
