// One month of the street's calendar: the server's, or the one kept on the phone while there is no network.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask, type Calendar, type Occurrence } from '@/shared/api'
import { asApiError, type ApiError } from '@/shared/api/error'
import { keep, recall } from '@/shared/offline/kept'
import { useShelf, whenBack } from './useMine'

export function useMonth(month: Ref<string>) {
  const { locale } = useI18n()
  const shelf = useShelf()
  const calendar = shallowRef<Calendar | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const keptAt = ref(0)
  let turn = 0

  async function load(): Promise<void> {
    const mine = ++turn
    const name = shelf(`calendar/${month.value}`)
    loading.value = true
    error.value = null
    try {
      const fresh = await ask(api.GET('/calendar', { params: { query: { month: month.value } } }))
      if (mine !== turn) return
      calendar.value = fresh
      keptAt.value = 0
      void keep(name, fresh)
    } catch (thrown) {
      const kept = await recall<Calendar>(name)
      if (mine !== turn) return
      error.value = asApiError(thrown)
      if (kept && calendar.value?.month !== month.value) calendar.value = kept.value
      keptAt.value = kept && error.value.code === 'offline' ? kept.at : 0
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  /** Takes over what the server said about one date after signing up or giving a place back. */
  function put(changed: Occurrence): void {
    const now = calendar.value
    if (now) calendar.value = { ...now, items: now.items.map((one) => (one.id === changed.id ? changed : one)) }
  }

  const known = computed(() => (calendar.value?.month === month.value ? calendar.value : null))
  watch([month, locale], () => { void load() }, { immediate: true })
  whenBack(() => { void load() })
  onScopeDispose(() => { turn++ })
  return { known, error, loading, keptAt, load, put }
}
