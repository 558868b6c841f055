// The store's book as it is searched: the words in the address, so that a link into it works and a reload keeps it.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ask, type Customer } from '@/shared/api'
import { useList } from '@/shared/composables/useList'

export type Kind = '' | 'member' | 'invited'
const WAIT = 300

export function useCustomers(store: Ref<string>) {
  const route = useRoute()
  const router = useRouter()
  const typed = ref(String(route.query.q ?? ''))
  const kind = ref<Kind>(route.query.state === 'member' || route.query.state === 'invited' ? route.query.state : '')
  const list = useList<Customer>((cursor) => ask(api.GET('/stores/{store}/customers', {
    params: { path: { store: store.value }, query: { q: typed.value.trim() || undefined, state: kind.value || undefined, cursor } },
  })))
  let timer = 0

  function search(): void {
    window.clearTimeout(timer)
    void router.replace({ query: { ...(typed.value.trim() && { q: typed.value.trim() }), ...(kind.value && { state: kind.value }) } })
    void list.reload()
  }
  watch(typed, () => {
    window.clearTimeout(timer)
    timer = window.setTimeout(search, WAIT)
  })
  watch(kind, search)
  onScopeDispose(() => window.clearTimeout(timer))
  return { ...list, typed, kind, search }
}
