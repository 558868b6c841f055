// The one tab that holds the socket speaks on it for all tabs of a person. What the server says goes to all of them, and
// each applies what it does not know yet; what the tabs follow is followed once, from the last item that all of them know.
import type { Hear, Say } from './protocol'
import type { Wire } from './client'

type Welcome = Extract<Hear, { op: 'welcome' }>

/** To `tell` a tab by its name, or all of them by "". */
export type Tell = (to: string, text: string) => void

export class Switchboard {
  private welcome: { frame: Welcome; at: number } | null = null
  /** Tabs that said hello before the server did. */
  private early = new Set<string>()
  private followers = new Map<string, Set<string>>()
  /** The last item of each stream that came from the server. */
  private passed = new Map<string, number>()

  /** `own` is the tab that holds the socket: its hello goes to the server. */
  constructor(private readonly own: string, private readonly socket: Wire, private readonly tell: Tell, private readonly now: () => number) {}

  /** A frame from a tab. Before the welcome nothing is asked: every tab asks for its streams after it. */
  take(from: string, text: string): void {
    const frame = JSON.parse(text) as Say
    if (frame.op === 'hello') {
      if (from === this.own) this.socket.send(text)
      else this.greet(from)
    } else if (this.welcome) this.ask(from, frame, text)
  }

  /** A frame from the server. */
  hear(text: string): void {
    const frame = JSON.parse(text) as Hear
    if (frame.op === 'welcome') return this.welcomed(frame)
    if (frame.op === 'item') this.passed.set(frame.stream, Math.max(frame.seq, this.passed.get(frame.stream) ?? 0))
    if (frame.op === 'reset') this.passed.delete(frame.stream)
    this.tell('', text)
  }

  /** A tab is gone. */
  forget(from: string): void {
    this.early.delete(from)
    for (const stream of this.followers.keys()) this.unfollow(from, stream)
  }

  private welcomed(frame: Welcome): void {
    this.welcome = { frame, at: this.now() }
    for (const tab of [this.own, ...this.early]) this.greet(tab)
    this.early.clear()
  }

  /** The server's welcome, as late as it is. */
  private greet(tab: string): void {
    if (!this.welcome) {
      this.early.add(tab)
      return
    }
    const { frame, at } = this.welcome
    const then = new Date(frame.server_time).getTime()
    this.tell(tab, JSON.stringify({ ...frame, server_time: then + this.now() - at }))
  }

  private ask(from: string, frame: Say, text: string): void {
    if (frame.op === 'follow') this.follow(from, frame.stream, frame.since)
    else if (frame.op === 'unfollow') this.unfollow(from, frame.stream)
    else this.socket.send(text)
  }

  /** Following anew ends the following before: it goes on from where the other tabs are, if that is further back. */
  private follow(from: string, stream: string, since?: number): void {
    const tabs = this.followers.get(stream)
    if (tabs) tabs.add(from)
    else this.followers.set(stream, new Set([from]))
    const passed = this.passed.get(stream)
    const back = since === undefined || passed === undefined ? since ?? passed : Math.min(since, passed)
    this.say({ op: 'follow', stream, since: back })
  }

  private unfollow(from: string, stream: string): void {
    const tabs = this.followers.get(stream)
    if (!tabs?.delete(from) || tabs.size) return
    this.followers.delete(stream)
    this.passed.delete(stream)
    this.say({ op: 'unfollow', stream })
  }

  private say(frame: Say): void {
    this.socket.send(JSON.stringify(frame))
  }
}
