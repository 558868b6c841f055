// One socket for the whole app. It says hello, follows streams from the last item it knows, and comes back
// by itself: after a cut, after a night in the pocket, when the server goes away. Items are applied once
// and in order; a hole is asked for again; too far behind, the stream is reset and taken from a snapshot.
import { CLOSE, VERSION, type Hear, type Item, type Say, type Signal } from './protocol'

/** The part of a WebSocket that is used; tests bring their own. */
export interface Wire {
  send(text: string): void
  close(code?: number): void
  /** As a WebSocket's: 1 is open, 2 is closing. */
  readonly readyState?: number
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number }) => void) | null
}

export interface Surroundings {
  connect(): Wire
  /** A token that holds; "" for a visitor. `renew` asks for another one after the server refused it. */
  token(renew: boolean): Promise<string>
  /** Calls back after so many milliseconds; returns how to cancel. */
  after(ms: number, run: () => void): () => void
  /** 0 … 1 */
  random(): number
  serverTime?(at: string | number): void
  /** The language of what the server says besides: the reader's. */
  locale?(): string
}

export interface Follower {
  item(item: Item): void
  signal?(signal: Signal): void
  /** What is known is too old: take a snapshot, then call `resume` with its seq. */
  reset(): void
  refused?(code: string): void
}

export type State = 'idle' | 'connecting' | 'open' | 'waiting'

/** `since` is the last item heard; each follower knows at least up to its own number. */
interface Stream { followers: Map<Follower, number>; since: number; paused: boolean; asking: boolean; /** How many are there, for who joins later. */ presence?: Signal }

const OPEN = 1
const FIRST_WAIT = 500
const LONGEST_WAIT = 30_000
/** How long a socket that slept may take to say a word before it is given up. */
const PROBE_WAIT = 4000

export class Realtime {
  state: State = 'idle'
  onstate: ((state: State) => void) | null = null

  private wire: Wire | null = null
  private streams = new Map<string, Stream>()
  private tries = 0
  private renew = false
  private cancelWait: (() => void) | null = null
  private cancelProbe: (() => void) | null = null

  constructor(private readonly around: Surroundings) {}

  /** Follows a stream from `since` (the seq of the snapshot in hand). Returns how to stop. */
  follow(name: string, since: number, follower: Follower): () => void {
    const stream = this.streams.get(name)
    if (stream) this.join(name, stream, since, follower)
    else {
      this.streams.set(name, { followers: new Map([[follower, since]]), since, paused: false, asking: false })
      this.ask(name)
    }
    if (!this.wire && !this.cancelWait) void this.open()
    return () => this.leave(name, follower)
  }

  /** After a reset: the seq of the follower's new snapshot. */
  resume(name: string, since: number, follower: Follower): void {
    const stream = this.streams.get(name)
    if (!stream?.followers.has(follower)) return
    stream.followers.set(follower, since)
    if (!stream.paused && since >= stream.since) return
    stream.since = since
    stream.paused = false
    this.ask(name)
  }

  /**
   * Comes back now (the phone woke up, the network is there again). After a sleep an open socket may be dead without
   * knowing it: it is asked for something, and replaced when it says nothing.
   */
  wake(slept = false): void {
    if (slept && this.state === 'open') this.probe()
    if (this.state === 'waiting') {
      this.tries = 0
      this.stopWaiting()
      void this.open()
    }
  }

  private probe(): void {
    if (this.cancelProbe || !this.streams.size) return
    for (const name of this.streams.keys()) this.ask(name)
    this.cancelProbe = this.around.after(PROBE_WAIT, () => {
      this.cancelProbe = null
      this.restart()
    })
  }

  private answered(): void {
    this.cancelProbe?.()
    this.cancelProbe = null
  }

  /** Somebody else is here now, or nobody: start over with another token. */
  restart(): void {
    this.tries = 0
    if (this.wire) this.drop()
    this.stopWaiting()
    if (this.streams.size) void this.open()
    else this.become('idle')
  }

  /** Hands the server a renewed token on the same socket. */
  async renewToken(): Promise<void> {
    const token = await this.around.token(false)
    if (token) this.say({ op: 'token', token })
  }

  private join(name: string, stream: Stream, since: number, follower: Follower): void {
    stream.followers.set(follower, since)
    if (stream.presence) follower.signal?.(stream.presence)
    // A screen with an older snapshot: the missed items come again, and who knows them lets them pass.
    if (since < stream.since) {
      stream.since = since
      this.ask(name)
    }
  }

  private leave(name: string, follower: Follower): void {
    const stream = this.streams.get(name)
    if (!stream?.followers.delete(follower) || stream.followers.size) return
    this.streams.delete(name)
    this.say({ op: 'unfollow', stream: name })
  }

  private async open(): Promise<void> {
    this.become('connecting')
    const wire = this.around.connect()
    this.wire = wire
    let token: Promise<string> | null = this.around.token(this.renew)
    this.renew = false
    wire.onopen = () => { // a shared one opens again when another tab leads
      void (token ?? this.around.token(false)).then((t) => this.hello(wire, t), () => this.hello(wire, ''))
      token = null
    }
    wire.onmessage = ({ data }) => { if (wire === this.wire) this.hear(data) }
    wire.onclose = ({ code }) => { if (wire === this.wire) this.closed(code) }
  }

  private hello(wire: Wire, token: string): void {
    if (wire === this.wire) wire.send(JSON.stringify({ op: 'hello', token, v: VERSION, locale: this.around.locale?.() } satisfies Say))
  }

  /** A socket that the server is just closing takes nothing more; the next one asks for every stream anew. */
  private say(frame: Say): void {
    if (this.state === 'open' && (this.wire?.readyState ?? OPEN) === OPEN) this.wire?.send(JSON.stringify(frame))
  }

  private ask(name: string): void {
    const stream = this.streams.get(name)
    if (!stream || stream.paused || this.state !== 'open') return
    stream.asking = true
    this.say({ op: 'follow', stream: name, since: stream.since })
  }

  private hear(data: unknown): void {
    this.answered()
    const frame = JSON.parse(String(data)) as Hear
    switch (frame.op) {
      case 'welcome': return this.welcomed(frame.server_time)
      case 'following': return this.following(frame.stream)
      case 'item': return this.apply(frame)
      case 'signal': return this.pass(frame)
      case 'reset': return this.reset(frame.stream)
      case 'unfollowed': case 'renewed': return
      case 'error': return this.refused(frame.code, frame.stream)
    }
  }

  private welcomed(at: string | number): void {
    this.tries = 0
    this.around.serverTime?.(at)
    this.become('open')
    for (const name of this.streams.keys()) this.ask(name)
  }

  private following(name: string): void {
    const stream = this.streams.get(name)
    if (stream) stream.asking = false
  }

  private apply(item: Item): void {
    const stream = this.streams.get(item.stream)
    if (!stream || stream.paused) return
    if (item.seq <= stream.since) return
    if (item.seq > stream.since + 1) return stream.asking ? undefined : this.ask(item.stream)
    stream.since = item.seq
    for (const [follower, known] of stream.followers) {
      if (known >= item.seq) continue
      stream.followers.set(follower, item.seq)
      follower.item(item)
    }
  }

  private pass(signal: Signal): void {
    const stream = this.streams.get(signal.stream)
    if (stream && signal.kind === 'presence') stream.presence = signal
    for (const follower of stream?.followers.keys() ?? []) follower.signal?.(signal)
  }

  private reset(name: string): void {
    const stream = this.streams.get(name)
    if (!stream) return
    stream.paused = true
    stream.asking = false
    for (const follower of stream.followers.keys()) follower.reset()
  }

  private refused(code: string, name?: string): void {
    if (!name) return
    for (const follower of this.streams.get(name)?.followers.keys() ?? []) follower.refused?.(code)
  }

  private closed(code: number): void {
    this.answered()
    this.wire = null
    for (const stream of this.streams.values()) stream.asking = false
    if (!this.streams.size) return this.become('idle')
    this.renew = code === CLOSE.tokenExpired || code === CLOSE.notAllowed
    this.wait(this.waitAfter(code))
  }

  /** How long to stay away, in milliseconds; random, so that a whole street does not come back at once. */
  private waitAfter(code: number): number {
    const random = this.around.random()
    if (code === CLOSE.goingAway) return random * 5000
    if (code === CLOSE.tokenExpired && this.tries === 0) return this.count(0)
    const longest = Math.min(FIRST_WAIT * 2 ** this.tries, LONGEST_WAIT)
    const wait = longest / 2 + (longest / 2) * random
    return this.count(code === CLOSE.tooMany ? Math.max(wait, 10_000) : wait)
  }

  private count(ms: number): number {
    this.tries++
    return ms
  }

  private wait(ms: number): void {
    this.become('waiting')
    this.cancelWait = this.around.after(ms, () => {
      this.cancelWait = null
      void this.open()
    })
  }

  private stopWaiting(): void {
    this.cancelWait?.()
    this.cancelWait = null
  }

  private drop(): void {
    const wire = this.wire
    this.answered()
    this.wire = null
    for (const stream of this.streams.values()) stream.asking = false
    wire?.close(1000)
  }

  private become(state: State): void {
    if (this.state === state) return
    this.state = state
    this.onstate?.(state)
  }
}
