// What comes, day by day, page after page; it begins today.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask, type Occurrence } from '@/shared/api'
import { asApiError, type ApiError } from '@/shared/api/error'
import type { components } from '@/shared/api/schema'

export type AgendaDay = components['schemas']['AgendaDay']

export function useAgenda() {
  const { locale } = useI18n()
  const days = shallowRef<AgendaDay[]>([])
  const cursor = ref('')
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const begun = ref(false)
  const ended = computed(() => begun.value && !cursor.value)
  let turn = 0

  async function more(): Promise<void> {
    if (loading.value || ended.value) return
    const mine = ++turn
    loading.value = true
    error.value = null
    try {
      const page = await ask(api.GET('/calendar/agenda', { params: { query: { cursor: cursor.value } } }))
      if (mine !== turn) return
      days.value = [...days.value, ...page.days]
      cursor.value = page.next_cursor
      begun.value = true
    } catch (thrown) {
      if (mine === turn) error.value = asApiError(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  function restart(): void {
    turn++
    days.value = []
    cursor.value = ''
    begun.value = loading.value = false
    void more()
  }

  /** Takes over what the server said about one date. */
  function put(changed: Occurrence): void {
    days.value = days.value.map((day) => ({ ...day, items: day.items.map((one) => (one.id === changed.id ? changed : one)) }))
  }

  watch(locale, restart, { immediate: true })
  onScopeDispose(() => { turn++ })
  return { days, error, loading, begun, ended, more, put }
}
