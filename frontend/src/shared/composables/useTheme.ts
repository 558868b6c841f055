// Day or night: the person's choice, or the phone's. /theme.js applies it before the first paint.
import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const KEPT = 'onestreet.theme'
const dusk = matchMedia('(prefers-color-scheme: dark)')
const choice = ref<Theme>(read())

function read(): Theme {
  try {
    const kept = localStorage.getItem(KEPT)
    return kept === 'light' || kept === 'dark' ? kept : 'auto'
  } catch { return 'auto' }
}

function apply(): void {
  const night = choice.value === 'dark' || (choice.value === 'auto' && dusk.matches)
  document.documentElement.dataset.theme = night ? 'dark' : 'light'
}

dusk.addEventListener?.('change', apply)

export function useTheme() {
  function set(theme: Theme): void {
    choice.value = theme
    try {
      if (theme === 'auto') localStorage.removeItem(KEPT)
      else localStorage.setItem(KEPT, theme)
    } catch { /* only for now, then */ }
    apply()
  }
  return { theme: choice, set }
}
