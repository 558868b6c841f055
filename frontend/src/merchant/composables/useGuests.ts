// Who comes to one date, kept fresh: the desk's signals tell of sign-ups and of who comes in at any door, and it is asked again
// every quarter minute while the page is seen. Without a network the phone at the door goes on by its own list.
import { computed, onScopeDispose, ref, type Ref } from 'vue'
import { api, ask, keyHeader, type Guest, type GuestList } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { useStream } from '@/shared/realtime/useStream'
import { cardOf } from '../door/log'
import { useDoor } from '../door/useDoor'
import { codeOf } from '../till'

const EVERY = 15_000

export interface Greeting { code?: string; guest?: Guest; came?: number }

export function useGuests(store: Ref<string>, occurrence: Ref<string>) {
  const path = () => ({ params: { path: { store: store.value, occurrence: occurrence.value } } })
  const asked = useLoad(() => ask(api.GET('/occurrences/{occurrence}', { params: { path: { occurrence: occurrence.value } } })))
  const loaded = useLoad(() => ask(api.GET('/stores/{store}/occurrences/{occurrence}/guests', path())))
  const door = useDoor(store, occurrence, () => { void loaded.reload() })
  const greeted = ref<{ guest: Guest; first: boolean } | null>(null)

  /** Away from the network, the date and the list are those that the phone carries. */
  const one = computed(() => (door.away.value ? door.device.value?.pack.occurrence : undefined) ?? asked.data.value ?? door.device.value?.pack.occurrence ?? null)
  const list = computed<GuestList | null>(() => {
    if (loaded.data.value && !door.away.value) return loaded.data.value
    const pack = door.device.value?.pack
    return pack ? { items: door.guests.value, capacity: pack.occurrence.capacity, taken: pack.occurrence.taken, held: 0, unnamed: 0, waiting: [], questions: [], doors: [] } : loaded.data.value
  })
  const came = computed(() => (list.value?.items.reduce((sum, guest) => sum + (guest.checked_in_at ? Math.max(1, guest.came) : 0), 0) ?? 0) + (list.value?.unnamed ?? 0))

  const at = () => (door.device.value ? { door_id: door.device.value.pack.door.id } : {})
  const checkIn = useAction((key, body: { code?: string; member_id?: string; came?: number }) => ask(api.POST('/stores/{store}/occurrences/{occurrence}/check-ins', { ...path(), body: { ...body, ...at() }, headers: keyHeader(key) })))
  const letting = useAction((key, people: number) => ask(api.POST('/stores/{store}/occurrences/{occurrence}/neighbours', { ...path(), body: { people, ...at() }, headers: keyHeader(key) })))

  async function greet(who: Greeting): Promise<boolean> {
    greeted.value = null
    if (door.away.value) return unseen(who)
    const seen = await checkIn.run({ ...(who.code ? { code: codeOf(who.code) } : { member_id: who.guest?.member_id }), ...(who.came && { came: who.came }) })
    if (seen) {
      greeted.value = seen
      navigator.vibrate?.(40)
      await loaded.reload()
    } else if (checkIn.error.value?.unanswered && door.lost()) {
      checkIn.clear()
      return unseen(who)
    }
    return seen !== undefined
  }

  /** Without a network: who is on the list, or shows a code to be asked about later. */
  async function unseen(who: Greeting): Promise<boolean> {
    const card = who.code ? cardOf(who.code) : null
    if (who.code && !card) {
      door.refused.value = 'unread'
      return false
    }
    const guest = who.guest ?? door.guests.value.find((listed) => listed.member_id === card?.member)
    const done = await door.letIn({ guest, member: card?.member, digits: card?.digits, people: who.came ?? (guest ? guest.companions + 1 : 1) })
    if (done) navigator.vibrate?.(40)
    return done
  }

  async function letIn(people: number): Promise<boolean> {
    if (door.away.value) return door.letIn({ people })
    const done = await letting.run(people)
    if (done) loaded.data.value = done
    else if (letting.error.value?.unanswered && door.lost()) {
      letting.clear()
      return door.letIn({ people })
    }
    return done !== undefined
  }

  const timer = setInterval(() => { if (document.visibilityState === 'visible' && !door.away.value) void loaded.reload() }, EVERY)
  onScopeDispose(() => clearInterval(timer))
  useStream(() => `desk:${store.value}`, { snapshot: async () => 0, apply: () => undefined, signal: () => { void loaded.reload() } })
  return { date: asked, one, loaded, list, greeted, came, checkIn, letting, door, greet, letIn }
}
