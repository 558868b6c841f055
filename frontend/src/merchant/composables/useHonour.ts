// The guest's points, taken at the till for something that the store gives, and given back the same day.
import { computed, ref, shallowRef, type Ref } from 'vue'
import { api, ask, keyHeader, type Honour, type Lookup } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { givenOf, pointsOf } from '../till'

export function useHonour(store: Ref<string>, guest: Ref<Lookup | null>) {
  const open = ref(false)
  const typed = ref('')
  const given = ref('')
  const done = shallowRef<Honour | null>(null)
  const has = computed(() => guest.value?.member.points ?? 0)
  const points = computed(() => pointsOf(typed.value))
  const what = computed(() => givenOf(given.value))
  const tooMany = computed(() => points.value !== null && points.value > has.value)

  const take = useAction((key) => ask(api.POST('/stores/{store}/honours', {
    params: { path: { store: store.value } }, body: { member_id: guest.value?.member.id, points: points.value ?? 0, what: what.value ?? '' }, headers: keyHeader(key),
  })))
  const undo = useAction((key, reason: string) => ask(api.POST('/stores/{store}/honours/{honour}/reversal', {
    params: { path: { store: store.value, honour: done.value?.id ?? '' } }, body: { reason }, headers: keyHeader(key),
  })))

  /** What the server answered stands, also in what the guest has now. */
  function settle(answer: Honour | undefined): void {
    if (!answer || !guest.value) return
    done.value = answer
    guest.value = { ...guest.value, member: { ...guest.value.member, points: answer.left } }
  }
  async function confirm(): Promise<void> {
    settle(await take.run())
  }
  async function reverse(reason: string): Promise<void> {
    settle(await undo.run(reason))
  }
  /** Back to the bill of the same guest. */
  function close(): void {
    open.value = false
    done.value = null
    typed.value = given.value = ''
    take.clear()
    undo.clear()
  }

  return { open, typed, given, done, has, points, what, tooMany, take, undo, confirm, reverse, close }
}
export type Honouring = ReturnType<typeof useHonour>
