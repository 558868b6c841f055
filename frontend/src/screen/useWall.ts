// What the window shows: a look at the street every minute and whenever something is unclear, and between two looks what the
// socket tells. After a cut it comes back by itself; meanwhile it goes on showing what it knew.
import { computed, onScopeDispose, ref, watch } from 'vue'
import { api, ask, type Wall } from '@/shared/api'
import { useLoad } from '@/shared/composables/useLoad'
import { Realtime, type Follower, type Wire } from '@/shared/realtime/client'
import type { Item, Signal } from '@/shared/realtime/protocol'
import { language } from '@/shared/i18n'
import { setServerTime } from '@/shared/session/clock'
import { useStreet } from '@/shared/session/street'
import { heard, unclear } from './passing'

const LOOK_EVERY = 60_000
const LOOK_AFTER_FAILURE = 8000
const SETTLE = 1200

export function useWall(secret: string) {
  const street = useStreet()
  const { data: wall, error, reload } = useLoad<Wall>(() => ask(api.GET('/screen', { params: { header: { 'X-Screen': secret } } })), { kept: 'screen' })
  const off = computed(() => error.value?.status === 410 || error.value?.status === 404)
  const cut = ref(false)
  const socket = new Realtime({
    connect: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/ws`) as Wire,
    token: () => Promise.resolve(`screen:${secret}`),
    after: (ms, run) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer) },
    random: Math.random,
    serverTime: setServerTime,
    locale: language,
  })
  const stops: (() => void)[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    await reload()
    cut.value = !!error.value && !off.value
    if (off.value) return close()
    if (wall.value && !stops.length) follow(wall.value.seq)
    later(error.value ? LOOK_AFTER_FAILURE : LOOK_EVERY)
  }
  function later(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => { void look() }, ms)
  }
  function hear(what: Item | Signal): void {
    if (wall.value) wall.value = heard(wall.value, what)
    if (unclear(what.kind)) later(SETTLE)
  }
  function follow(seq: number): void {
    const follower: Follower = { item: hear, signal: hear, reset: () => { void look().then(() => socket.resume('feed:street', wall.value?.seq ?? 0, follower)) } }
    stops.push(socket.follow('feed:street', seq, follower))
    stops.push(socket.follow('screens', 0, { item: hear, signal: hear, reset: () => undefined }))
  }
  function close(): void {
    for (const stop of stops.splice(0)) stop()
    clearTimeout(timer)
  }
  const online = () => { socket.wake(true); void look() }

  // What the socket missed while it was away is asked for as items; what may not be shown any more, only a look tells. It also
  // tells why the socket ended: no network, or the screen was switched off.
  socket.onstate = (state) => { if ((state === 'open' || state === 'waiting') && wall.value) later(SETTLE) }
  watch(wall, (now) => { if (now) street.$patch({ street: now.street }) })
  addEventListener('online', online)
  onScopeDispose(() => { removeEventListener('online', online); close() })
  void look()
  return { wall, off, cut, error }
}
