// Signing up for a date and giving the place back. What is shown is what the server said last; a refusal
// (full, begun, cancelled) makes it look again.
import { computed, shallowRef, watch } from 'vue'
import { api, ask, keyHeader, type Occurrence } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useNow } from '@/shared/composables/useNow'
import { useEnter } from './useEnter'

export interface SignUpBody { companions?: number; wait?: boolean; answers?: Record<string, string> }

export function useSignUp(given: () => Occurrence, tell: (changed: Occurrence) => void = () => undefined) {
  const now = shallowRef(given())
  watch(given, (next) => { now.value = next })
  const clock = useNow()
  const enter = useEnter()
  const path = computed(() => ({ params: { path: { occurrence: now.value.id } } }))
  const signing = useAction((key, body: SignUpBody) => ask(api.POST('/occurrences/{occurrence}/sign-ups', { ...path.value, body, headers: keyHeader(key) })))
  const taking = useAction((key) => ask(api.POST('/occurrences/{occurrence}/sign-ups/offer', { ...path.value, headers: keyHeader(key) })))
  const leaving = useAction(() => ask(api.DELETE('/occurrences/{occurrence}/sign-ups', path.value)))

  const keeping = useAction(() => ask(api.POST('/occurrences/{occurrence}/sign-ups/keep', path.value)))

  async function take(answer: Occurrence | undefined): Promise<void> {
    const next = answer ?? await ask(api.GET('/occurrences/{occurrence}', path.value)).catch(() => undefined)
    if (!next) return
    now.value = next
    tell(next)
  }

  async function sign(body: SignUpBody = {}): Promise<void> {
    if (!enter()) return
    leaving.clear()
    await take(await signing.run(body))
  }

  async function accept(): Promise<void> {
    leaving.clear()
    await take(await taking.run())
  }

  async function keep(): Promise<void> {
    leaving.clear()
    await take(await keeping.run())
  }

  async function leave(): Promise<void> {
    signing.clear()
    await take(await leaving.run())
  }

  return {
    now, sign, accept, keep, leave, look: () => take(undefined),
    left: computed(() => now.value.free),
    over: computed(() => Date.parse(now.value.ends_at) < clock.value),
    begun: computed(() => Date.parse(now.value.starts_at) <= clock.value),
    signing: computed(() => signing.busy.value || taking.busy.value), leaving: computed(() => leaving.busy.value || keeping.busy.value),
    failed: computed(() => signing.error.value ?? taking.error.value ?? keeping.error.value ?? leaving.error.value),
  }
}
