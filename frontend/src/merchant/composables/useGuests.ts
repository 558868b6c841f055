// Who comes to one date, kept fresh: the desk's signals tell of sign-ups, and it is asked again every quarter minute
// while the page is seen (another clerk may check guests in).
import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { api, ask, keyHeader, type Guest } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { useStream } from '@/shared/realtime/useStream'
import { codeOf } from '../till'

const EVERY = 15_000

export function useGuests(store: Ref<string>, occurrence: Ref<string>) {
  const path = () => ({ params: { path: { store: store.value, occurrence: occurrence.value } } })
  const date = useLoad(() => ask(api.GET('/occurrences/{occurrence}', { params: { path: { occurrence: occurrence.value } } })))
  const list = useLoad(() => ask(api.GET('/stores/{store}/occurrences/{occurrence}/guests', path())))
  const greeted = ref<{ guest: Guest; first: boolean } | null>(null)
  const came = computed(() => list.data.value?.items.filter((one) => one.checked_in_at).length ?? 0)

  const checkIn = useAction((key, body: { code?: string; member_id?: string }) => ask(api.POST('/stores/{store}/occurrences/{occurrence}/check-ins', { ...path(), body, headers: keyHeader(key) })))

  async function greet(body: { code?: string; member_id?: string }): Promise<boolean> {
    greeted.value = null
    const seen = await checkIn.run(body.code ? { code: codeOf(body.code) } : body)
    if (seen) {
      greeted.value = seen
      navigator.vibrate?.(40)
      await list.reload()
    }
    return seen !== undefined
  }

  const timer = setInterval(() => { if (document.visibilityState === 'visible') void list.reload() }, EVERY)
  onScopeDispose(() => clearInterval(timer))
  useStream(() => `desk:${store.value}`, { snapshot: async () => 0, apply: () => undefined, signal: () => { void list.reload() } })
  return { date, list, greeted, came, checkIn, greet }
}
