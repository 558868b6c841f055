// The counter without a network: which till this phone is, whether the server can be reached, what the log holds, and
// bringing it when the network is back. One for the whole app, since the log belongs to the phone and not to a page.
import { computed, onScopeDispose, readonly, ref, shallowRef, watch, type Ref } from 'vue'
import { asApiError, type ApiError } from '@/shared/api'
import { dayOver, left, type Taken } from './judge'
import { changeLine, deviceOf, dropDevice, keepDevice, linesOf } from './shelf'
import { sync, tillNow } from './till'
import type { Device, Kept } from './types'

/** How often the server is tried again without a network, and how often an idle till speaks with it. */
const AGAIN = 15_000
const IDLE = 600_000

const store = ref('')
const device = shallowRef<Device | null>(null)
const lines = shallowRef<Kept[]>([])
const reachable = ref(true)
const syncing = ref(false)
const failed = shallowRef<ApiError | null>(null)
let timer: ReturnType<typeof setTimeout> | undefined

const taken = computed<Taken[]>(() => lines.value.map((one) => ({ coupon: one.coupon, use: one.use, campaign: one.campaign, waiting: !one.entry })))
const waiting = computed(() => lines.value.filter((one) => !one.entry))
/** Answers that nobody at the counter has read yet. */
const answers = computed(() => lines.value.filter((one) => one.entry && !one.read))
/** How many may still be taken without a network at a moment of the till's clock, or why none. */
function standing(now: number): number | 'none_left' | 'day_over' {
  const pack = device.value?.pack
  if (!pack) return 'none_left'
  return left(pack, taken.value, now) || (dayOver(pack, now) ? 'day_over' : 'none_left')
}
/** The till's clock (ms). */
const clock = (): number => (device.value ? tillNow(device.value) : Date.now())
/** Works without a network now: this phone is a till, and the server cannot be reached. */
const away = computed(() => device.value !== null && !reachable.value)

/** Reads again what the phone keeps for a store. */
async function recall(): Promise<void> {
  const asked = store.value
  const found = asked ? await deviceOf(asked).catch(() => undefined) : undefined
  const log = found ? await linesOf(found.pack.till.id) : []
  if (asked !== store.value) return
  device.value = found ?? null
  lines.value = log
}

/** Brings the log and fills up; without a network it says so and tries again later. */
async function contact(): Promise<void> {
  clearTimeout(timer)
  if (!device.value || syncing.value) return
  syncing.value = true
  try {
    await alone(sync, device.value)
    failed.value = null
    reachable.value = navigator.onLine // the network may have gone while the answer was put away
  } catch (thrown) {
    failed.value = asApiError(thrown)
    reachable.value = !failed.value.unanswered
    if (failed.value.code === 'till_revoked') await emptied()
  } finally {
    syncing.value = false
    await recall()
    timer = setTimeout(() => { void contact() }, reachable.value ? IDLE : AGAIN)
  }
}

/** Taken out of use: it holds nothing any more, also without a network. */
async function emptied(): Promise<void> {
  const now = device.value
  if (now) await keepDevice({ ...now, pack: { ...now.pack, allotments: [] } }).catch(() => undefined)
}

/** One tab at a time brings the log. */
async function alone<A, R>(work: (with_: A) => Promise<R>, with_: A): Promise<R> {
  if (!('locks' in navigator)) return work(with_)
  return navigator.locks.request('onestreet-till', () => work(with_))
}

/** The server did not answer something else: this till goes on without it. */
function lost(): void {
  if (!device.value) return
  reachable.value = false
  clearTimeout(timer)
  timer = setTimeout(() => { void contact() }, AGAIN)
}

async function markRead(): Promise<void> {
  await Promise.all(answers.value.map((one) => changeLine({ ...one, read: true })))
  await recall()
}

/** This phone is no till of the store any more. A log that has not arrived stays on the phone. */
async function forget(): Promise<void> {
  await dropDevice(store.value)
  await recall()
}

const nets = () => { if (navigator.onLine) void contact(); else lost() }

/** Keeps the phone's till of a store going while a part of the counter is open. */
export function keepTill(id: Ref<string>): void {
  watch(id, async (now) => {
    store.value = now
    reachable.value = navigator.onLine
    await recall()
    await contact()
  }, { immediate: true })
  addEventListener('online', nets)
  addEventListener('offline', nets)
  onScopeDispose(() => {
    removeEventListener('online', nets)
    removeEventListener('offline', nets)
    clearTimeout(timer)
  })
}

export function useOffline() {
  return {
    /** As it lies on the shelf: a proxy of it could not be put back there. */
    device: computed(() => device.value),
    lines, waiting, answers, taken, standing, clock, away, syncing: readonly(syncing), failed: readonly(failed), recall, contact, lost, markRead, forget,
  }
}
