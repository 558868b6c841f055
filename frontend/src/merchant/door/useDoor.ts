// The door of one date on this phone: whether it is one, whether the server can be reached, what its log holds, and bringing it
// when the network is back.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { asApiError, type ApiError, type Guest } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useSession } from '@/shared/session/session'
import { admit, closeDoor, extraOf, openDoor, sync, type Admission } from './door'
import { changeLine, doorOf, dropDoor, linesOf } from './shelf'
import type { DoorDevice, DoorKept } from './types'

const AGAIN = 10_000
const IDLE = 120_000

export type DoorRefusal = '' | 'known' | 'room' | 'unread' | 'disk'

export function useDoor(store: Ref<string>, occurrence: Ref<string>, synced: () => void) {
  const session = useSession()
  const device = shallowRef<DoorDevice | null>(null)
  const lines = shallowRef<DoorKept[]>([])
  const reachable = ref(navigator.onLine)
  const failed = shallowRef<ApiError | null>(null)
  const refused = ref<DoorRefusal>('')
  const last = shallowRef<DoorKept | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false

  const waiting = computed(() => lines.value.filter((one) => !one.entry))
  /** Answers that nobody has read yet. */
  const answers = computed(() => lines.value.filter((one) => one.entry && one.entry.outcome !== 'in' && !one.read))
  const away = computed(() => device.value !== null && !reachable.value)
  /** How many more may be let in who have no place. */
  const room = computed(() => Math.max(0, (device.value?.pack.door.open ?? 0) - waiting.value.reduce((sum, one) => sum + one.extra, 0)))
  /** The list as it was at the last contact, with who came since. */
  const guests = computed<Guest[]>(() => (device.value ? marked(device.value.pack.guests, waiting.value) : []))

  async function recall(): Promise<void> {
    const asked = occurrence.value
    const found = await doorOf(asked).catch(() => undefined)
    const log = found ? await linesOf(found.pack.door.id) : []
    if (asked !== occurrence.value) return
    device.value = found ?? null
    lines.value = log
  }

  async function contact(): Promise<void> {
    clearTimeout(timer)
    if (!device.value || gone) return
    try {
      await sync(device.value)
      reachable.value = true
      failed.value = null
      synced()
    } catch (thrown) {
      failed.value = asApiError(thrown)
      reachable.value = !failed.value.unanswered
      if (failed.value.code === 'door_closed') await dropDoor(occurrence.value)
    }
    await recall()
    if (device.value && !gone) timer = setTimeout(() => { void contact() }, reachable.value ? IDLE : AGAIN)
  }

  /** The server did not answer: this door goes on without it. False when this phone is none. */
  function lost(): boolean {
    if (!device.value) return false
    reachable.value = false
    clearTimeout(timer)
    timer = setTimeout(() => { void contact() }, AGAIN)
    return true
  }

  /** Lets somebody in without asking anybody; false when it must not be, see `refused`. */
  async function letIn(a: Omit<Admission, 'by'>): Promise<boolean> {
    last.value = null
    refused.value = ''
    if (!device.value) return false
    await recall()
    if (a.guest && guests.value.some((one) => one.member_id === a.guest?.member_id && one.checked_in_at)) refused.value = 'known'
    else if (a.member && waiting.value.some((one) => one.line.member_id === a.member)) refused.value = 'known'
    else if (extraOf(a) > room.value) refused.value = 'room'
    if (refused.value) return false
    try {
      last.value = await admit(device.value, { ...a, by: session.me?.account_id ?? '' })
    } catch {
      refused.value = 'disk'
    }
    await recall()
    return last.value !== null
  }

  const opening = useAction(async (key) => {
    await openDoor(store.value, occurrence.value, (session.me?.name || 'door').slice(0, 20), key)
    await recall()
    void contact()
    return true
  })
  const closing = useAction(async () => {
    if (device.value) await closeDoor(device.value)
    await recall()
    synced()
    return true
  })

  async function markRead(): Promise<void> {
    await Promise.all(answers.value.map((one) => changeLine({ ...one, read: true })))
    await recall()
  }

  const nets = () => { if (navigator.onLine) void contact(); else lost() }
  watch(occurrence, async () => { await recall(); await contact() }, { immediate: true })
  addEventListener('online', nets)
  addEventListener('offline', nets)
  onScopeDispose(() => {
    gone = true
    removeEventListener('online', nets)
    removeEventListener('offline', nets)
    clearTimeout(timer)
  })

  return { device, waiting, answers, away, room, guests, refused, last, opening, closing, contact, lost, letIn, markRead }
}
export type Door = ReturnType<typeof useDoor>

/** The list with those whom this phone let in since. */
export function marked(list: Guest[], waiting: DoorKept[]): Guest[] {
  const came = new Map(waiting.map((one) => [one.line.member_id, one]))
  return list.map((one) => {
    const line = came.get(one.member_id)
    return line && !one.checked_in_at ? { ...one, checked_in_at: new Date(line.at).toISOString(), came: line.line.people } : one
  })
}
