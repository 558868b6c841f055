// Several tabs of one person share one socket: the tab that holds the browser's lock opens it, the others speak to that
// tab over a channel. Each tab takes this for its own socket. When the tab that leads is closed the browser gives the lock
// to the next one, which dials, and every tab says hello again and follows from the last item it knows: nothing is lost.
// A tab that stands still (a phone puts them to sleep) answers nobody, and its lock is taken away.
import type { Wire } from './client'
import { Switchboard } from './switchboard'

/** The part of the browser's LockManager that is used. */
export interface Locks {
  request(name: string, options: { signal?: AbortSignal; steal?: boolean }, held: () => Promise<void>): Promise<unknown>
}

/** The part of a BroadcastChannel that is used. */
export interface Channel {
  postMessage(word: unknown): void
  onmessage: ((event: { data: unknown }) => void) | null
  close(): void
}

export interface Ground {
  locks: Locks
  channel(name: string): Channel
  /** Opens a real socket. */
  dial(): Wire
  after(ms: number, run: () => void): () => void
  now(): number
  /** Whether somebody looks at this tab. */
  seen(): boolean
  /** A name that no other tab has. */
  name(): string
}

/** What tabs say to each other. */
type Word =
  | { ask: string } // who leads?
  | { here: string } // I do
  | { from: string; say: string } // to the server
  | { to: string; hear: string } // from the server; to "": to all
  | { bye: string }
  | { closed: number } // by the server, with its code

/** How long the tab that leads may take to answer, and the server what it was asked, before the lock is taken away. */
const LEADER_WAIT = 1500
const SERVER_WAIT = 6000
/** How often a tab that somebody looks at asks whether the leading one still moves. */
const ASK_EVERY = 10_000
/** The lock is held this long after the socket was closed, so that the others hear of it before one of them dials. */
const HOLD = 200
/** As a socket's that ended without a word. */
const LOST = 1006

export class SharedWire implements Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null

  private readonly me: string
  private readonly channel: Channel
  private readonly queued = new AbortController()
  private socket: Wire | null = null
  private board: Switchboard | null = null
  private release: () => void = () => undefined
  private leader = ''
  private over = false
  private timers: Partial<Record<'leader' | 'server' | 'next', () => void>> = {}

  constructor(private readonly group: string, private readonly ground: Ground) {
    this.me = ground.name()
    this.channel = ground.channel(group)
    this.channel.onmessage = ({ data }) => this.word(data as Word)
    this.queue({ signal: this.queued.signal })
    this.ask()
  }

  get readyState(): number {
    return this.socket?.readyState ?? 1
  }

  send(text: string): void {
    if (this.board) return this.board.take(this.me, text)
    if (text.startsWith('{"op":"follow"')) this.expect('server', SERVER_WAIT, () => this.steal())
    this.post({ from: this.me, say: text })
  }

  close(code?: number): void {
    if (this.over) return
    if (!this.board) this.post({ bye: this.me })
    this.hangUp(code)
    this.end()
    this.release()
  }

  private queue(options: { signal?: AbortSignal; steal?: boolean }): void {
    this.ground.locks.request(this.group, options, () => this.lead()).catch(() => {
      if (this.board) this.deposed()
      else if (options.steal && !this.over) void this.lead() // a browser that refuses its locks
    })
  }

  /** Opens the socket and keeps the lock until it is released. */
  private lead(): Promise<void> {
    if (this.over || this.board) return Promise.resolve()
    this.calm()
    const socket = this.ground.dial()
    const board = new Switchboard(this.me, socket, (to, text) => this.tell(to, text), () => this.ground.now())
    this.socket = socket
    this.board = board
    socket.onopen = () => this.onopen?.()
    socket.onmessage = ({ data }) => board.hear(String(data))
    socket.onclose = ({ code }) => this.closed(code)
    this.post({ here: this.me })
    return new Promise((done) => { this.release = done })
  }

  private tell(to: string, text: string): void {
    if (to !== this.me) this.post({ to, hear: text })
    if (to === this.me || !to) this.onmessage?.({ data: text })
  }

  /** The server closed the socket: every tab comes back by itself, and the first that does leads. */
  private closed(code: number): void {
    this.post({ closed: code })
    this.ground.after(HOLD, this.release)
    this.end()
    this.onclose?.({ code })
  }

  /** Another tab took the lock, for want of an answer. */
  private deposed(): void {
    this.hangUp(1000)
    this.end()
    this.onclose?.({ code: LOST })
  }

  private hangUp(code?: number): void {
    if (!this.socket) return
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null
    this.socket.close(code)
  }

  private end(): void {
    this.over = true
    this.calm()
    this.queued.abort()
    this.channel.onmessage = null
    this.channel.close()
  }

  private word(word: Word): void {
    if ('hear' in word) this.heard(word.to, word.hear)
    else if ('here' in word) this.led(word.here)
    else if ('closed' in word) this.left(word.closed)
    else if (this.board) this.asked(this.board, word)
  }

  /** Another tab's word to the one that leads. */
  private asked(board: Switchboard, word: { ask: string } | { from: string; say: string } | { bye: string }): void {
    if ('ask' in word) this.post({ here: this.me })
    else if ('say' in word) board.take(word.from, word.say)
    else board.forget(word.bye)
  }

  private left(code: number): void {
    if (this.board) return
    this.end()
    this.onclose?.({ code })
  }

  private heard(to: string, text: string): void {
    if (this.board || to && to !== this.me) return
    this.met('server')
    this.onmessage?.({ data: text })
  }

  /** A tab says that it leads; a new one hears everything from the beginning. */
  private led(leader: string): void {
    if (this.board) return
    this.met('leader')
    this.expect('next', ASK_EVERY, () => this.ask())
    if (leader === this.leader) return
    this.leader = leader
    this.met('server')
    this.onopen?.()
  }

  private ask(): void {
    this.met('next')
    if (this.leader && !this.ground.seen()) return this.expect('next', ASK_EVERY, () => this.ask())
    this.post({ ask: this.me })
    this.expect('leader', LEADER_WAIT, () => this.steal())
  }

  private steal(): void {
    this.calm()
    this.queued.abort()
    this.queue({ steal: true })
  }

  private post(word: Word): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has but one origin
    if (!this.over) this.channel.postMessage(word)
  }

  private expect(what: keyof SharedWire['timers'], ms: number, run: () => void): void {
    this.timers[what] ??= this.ground.after(ms, () => {
      this.timers[what] = undefined
      run()
    })
  }

  private met(what: keyof SharedWire['timers']): void {
    this.timers[what]?.()
    this.timers[what] = undefined
  }

  private calm(): void {
    for (const what of ['leader', 'server', 'next'] as const) this.met(what)
  }
}
