// A store's cases: what others object to, what we object to, and what we may; brought up to date when the desk hears of one.
import { computed, type Ref } from 'vue'
import { api, ask } from '@/shared/api'
import { useLoad } from '@/shared/composables/useLoad'
import { useStream } from '@/shared/realtime/useStream'

export function useCases(store: Ref<string>) {
  const { data, error, loading, reload } = useLoad(() => ask(api.GET('/stores/{store}/objections', { params: { path: { store: store.value } } })))
  useStream(() => `desk:${store.value}`, { snapshot: async () => 0, apply: () => undefined, signal: () => { void reload() } })
  const open = computed(() => [...(data.value?.against ?? []), ...(data.value?.ours ?? [])].filter((one) => one.state === 'open'))
  const closed = computed(() => [...(data.value?.against ?? []), ...(data.value?.ours ?? [])].filter((one) => one.state !== 'open')
    .sort((a, b) => (b.decided_at ?? '').localeCompare(a.decided_at ?? '')))
  /** How many of ours are objected to, for what, and whether an answer is awaited. */
  const objected = computed(() => data.value && { ...data.value.objected, mine: data.value.against.some((one) => one.state === 'open' && !one.ripe) })
  return { data, error, loading, reload, open, closed, objected }
}
