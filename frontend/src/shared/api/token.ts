// The access token lives here, in memory only; the refresh token in an HttpOnly cookie we never see.
// One refresh at a time over all tabs (navigator.locks): the cookie rotates, and using an old one
// would end the session.
import type { Session } from './types'
import { ApiError, readProblem } from './error'

const LOCK = 'onestreet-refresh'
/** Renew a little early, so that a request does not first have to fail. */
const EARLY_MS = 30_000

type Listener = (session: Session | null) => void

let current: { token: string; expires: number } | null = null
/** A session is believed to be there, though no token is in hand (yet). */
let expected = false
let inFlight: Promise<Session | null> | null = null
const listeners = new Set<Listener>()

/** Told of every new session, and of its end (null). */
export function onSession(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function setSession(session: Session | null): void {
  expected = session !== null
  current = session && { token: session.access_token, expires: Date.parse(session.expires_at) }
  for (const listener of listeners) listener(session)
}

/** Says that there is a session to be had: the first request then fetches its token. */
export function expectSession(): void {
  expected = true
}

/** There is a session, but no token of it: nobody answers. */
export function cutOff(): boolean {
  return expected && !current
}

/** The token as it is; "" for a visitor. */
export function heldToken(): string {
  return current?.token ?? ''
}

/** A token that still holds for a while, fetched if need be; "" for a visitor, and while nobody answers. */
export async function freshToken(): Promise<string> {
  if (current && current.expires - Date.now() > EARLY_MS) return current.token
  if (expected) await refresh().catch(() => null)
  return heldToken()
}

/**
 * Trades the cookie for a new session. Null when there is none (any more): everyone is told.
 * @throws ApiError when nobody answered; the session is then left as it was.
 */
export function refresh(): Promise<Session | null> {
  inFlight ??= locked(trade).finally(() => { inFlight = null })
  return inFlight
}

function locked<T>(work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? locks.request(LOCK, work) as Promise<T> : work()
}

async function trade(): Promise<Session | null> {
  const response = await fetch('/api/v1/auth/refresh', { method: 'POST', credentials: 'same-origin' })
    .catch(() => { throw new ApiError({ status: 0, code: 'offline' }) })
  if (response.ok) {
    const session = await response.json() as Session
    setSession(session)
    return session
  }
  if (response.status >= 500 || response.status === 429) throw await readProblem(response)
  setSession(null)
  return null
}
