import { watchEffect } from 'vue'

/** Names the page in the browser's tab, also when the words change. */
export function useTitle(title: () => string): void {
  watchEffect(() => { if (title()) document.title = title() })
}
