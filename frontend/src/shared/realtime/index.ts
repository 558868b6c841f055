// The app's socket, tied to its surroundings: the session's token, the phone's network and screen, the person's other tabs.
import { readonly, ref } from 'vue'
import { freshToken, heldToken, onSession, refresh } from '../api/token'
import type { Me } from '../api/types'
import { language } from '../i18n'
import { setServerTime } from '../session/clock'
import { Realtime, type State, type Wire } from './client'
import { SharedWire, type Channel, type Ground } from './shared'

function address(): string {
  return `${location.origin.replace(/^http/, 'ws')}/api/v1/ws`
}

const state = ref<State>('idle')
let who = ''

const dial = () => new WebSocket(address()) as Wire

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

const ground = (): Ground => ({
  locks: navigator.locks, channel: (name) => new BroadcastChannel(name) as Channel, dial, after, now: Date.now,
  seen: () => !document.hidden, name: () => Math.random().toString(36).slice(2),
})

/** Tabs of one person share a socket where the browser can; who logs in or out meets others. */
function connect(): Wire {
  const can = typeof BroadcastChannel !== 'undefined' && 'locks' in navigator
  return can ? new SharedWire(`onestreet-socket/${who}`, ground()) : dial()
}

export const realtime = new Realtime({
  connect,
  token: async (renew) => {
    if (renew && heldToken()) await refresh().catch(() => null)
    return freshToken()
  },
  after,
  random: Math.random,
  serverTime: setServerTime,
  locale: language,
})
realtime.onstate = (now) => { state.value = now }

/** "open" while items arrive. */
export const connection = readonly(state)

let renewal: ReturnType<typeof setTimeout> | undefined

/** Whose tabs share a socket: a person's in one street, and visitors'. */
function group(me: Me | null | undefined): string {
  return me ? `${me.account_id}/${me.street.id}` : ''
}

/** Call once at the start, with the person who is here: keeps the socket with the session, the network and the screen. */
export function startRealtime(me: Me | null): void {
  who = group(me)
  addEventListener('online', () => realtime.wake(true))
  document.addEventListener('visibilitychange', () => { if (!document.hidden) realtime.wake(slept()) })
  setInterval(() => { if (!document.hidden && slept()) realtime.wake(true) }, TICK)
  onSession((session) => {
    clearTimeout(renewal)
    const before = who
    who = group(session?.me)
    if (who !== before) realtime.restart()
    else void realtime.renewToken()
    if (session) renewal = setTimeout(() => { void refresh().catch(() => null) }, renewAfter(session.expires_at))
  })
}

const TICK = 5000
let ticked = Date.now()

/** Whether the clock jumped since it was last looked at: this page stood still, in a pocket or under a closed lid. */
function slept(now = Date.now()): boolean {
  const jumped = now - ticked > 4 * TICK
  ticked = now
  return jumped
}

/** A minute before the token ends, so that the socket is never closed for it. */
function renewAfter(expires: string): number {
  return Math.max(5000, Date.parse(expires) - Date.now() - 60_000)
}
