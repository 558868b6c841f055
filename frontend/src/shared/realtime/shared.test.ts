import { beforeEach, describe, expect, it } from 'vitest'
import { Realtime, type Follower, type Wire } from './client'
import type { Item, Signal } from './protocol'
import { SharedWire, type Channel, type Ground, type Locks } from './shared'

/** The browser: its locks, its channels, its clock, and what it has dialled. */
class Browser {
  now = 1_000_000
  refuses = false
  dialled: ServerEnd[] = []
  timers: { at: number; run: () => void; tab: Tab }[] = []
  channels = new Map<string, Set<FakeChannel>>()
  locks = new Map<string, { holder: Held | null; queue: Held[] }>()
}

interface Held { tab: Tab; run: () => Promise<void>; reject: (why: Error) => void; resolve: () => void }

class ServerEnd implements Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  said: Record<string, unknown>[] = []
  closed: number | undefined
  readyState = 1
  send(text: string): void { this.said.push(JSON.parse(text) as Record<string, unknown>) }
  close(code?: number): void { this.closed = code ?? 1000 }
  hear(frame: object): void { this.onmessage?.({ data: JSON.stringify(frame) }) }
  asked(op: string) { return this.said.filter((frame) => frame.op === op) }
}

class FakeChannel implements Channel {
  onmessage: ((event: { data: unknown }) => void) | null = null
  constructor(private readonly tab: Tab, private readonly all: Set<FakeChannel>) { all.add(this) }
  postMessage(word: unknown): void {
    const copy = JSON.stringify(word)
    for (const other of this.all) if (other !== this) queueMicrotask(() => { if (!other.tab.still) other.onmessage?.({ data: JSON.parse(copy) }) })
  }
  close(): void { this.all.delete(this) }
}

/** A tab: a whole client on the shared socket. */
class Tab {
  still = false
  seen = true
  got: number[] = []
  signals: Signal[] = []
  times: (string | number)[] = []
  waits: { ms: number; run: () => void }[] = []
  token = 'abc'
  realtime: Realtime
  private wire: SharedWire | null = null

  constructor(private readonly browser: Browser, public who = 'li') {
    this.realtime = new Realtime({
      connect: () => { this.wire = new SharedWire(`socket/${this.who}`, this.ground()); return this.wire },
      token: () => Promise.resolve(this.token),
      after: (ms, run) => { this.waits.push({ ms, run }); return () => undefined },
      random: () => 0.5,
      serverTime: (at) => this.times.push(at),
    })
  }

  follow(since: number, stream = 'feed:street'): () => void {
    const mine: Follower = { item: (item: Item) => { this.got.push(item.seq) }, signal: (one) => { this.signals.push(one) }, reset: () => undefined }
    return this.realtime.follow(stream, since, mine)
  }

  /** The person closes the tab: the browser gives its locks away and forgets its channels. */
  shut(): void {
    this.still = true
    for (const lock of this.browser.locks.values()) {
      lock.queue = lock.queue.filter((one) => one.tab !== this)
      if (lock.holder?.tab === this) this.grant(lock)
    }
    this.browser.timers = this.browser.timers.filter((one) => one.tab !== this)
  }

  private grant(lock: { holder: Held | null; queue: Held[] }): void {
    const next = lock.queue.shift() ?? null
    lock.holder = next
    if (next) queueMicrotask(() => void this.hold(lock, next))
  }

  private async hold(lock: { holder: Held | null; queue: Held[] }, held: Held): Promise<void> {
    await held.run()
    held.resolve()
    if (lock.holder === held) this.grant(lock)
  }

  private ground(): Ground {
    const { browser } = this
    const locks: Locks = { request: (name, { signal, steal }, run) => new Promise((resolve, reject) => {
      if (browser.refuses) return reject(new Error('no locks here'))
      const lock = browser.locks.get(name) ?? { holder: null, queue: [] }
      browser.locks.set(name, lock)
      const mine: Held = { tab: this, run, reject, resolve: () => resolve(undefined) }
      signal?.addEventListener('abort', () => {
        if (!lock.queue.includes(mine)) return
        lock.queue.splice(lock.queue.indexOf(mine), 1)
        reject(new Error('aborted'))
      })
      if (steal) {
        lock.holder?.reject(new Error('stolen'))
        lock.holder = null
        lock.queue.unshift(mine)
      } else lock.queue.push(mine)
      if (!lock.holder) this.grant(lock)
    }) }
    return {
      locks, now: () => browser.now, seen: () => this.seen, name: () => `tab${Math.random()}`,
      channel: (name) => {
        const all = browser.channels.get(name) ?? new Set()
        browser.channels.set(name, all)
        return new FakeChannel(this, all)
      },
      dial: () => { const end = new ServerEnd(); browser.dialled.push(end); return end },
      after: (ms, run) => {
        const timer = { at: browser.now + ms, run, tab: this }
        browser.timers.push(timer)
        return () => { if (browser.timers.includes(timer)) browser.timers.splice(browser.timers.indexOf(timer), 1) }
      },
    }
  }
}

let browser: Browser
beforeEach(() => { browser = new Browser() })

/** Lets everything happen that needs no time. */
const settle = async () => { for (let i = 0; i < 30; i++) await Promise.resolve() }

async function pass(ms: number): Promise<void> {
  const until = browser.now + ms
  for (;;) {
    const next = browser.timers.filter((one) => one.at <= until && !one.tab.still).sort((a, b) => a.at - b.at)[0]
    if (!next) break
    browser.now = next.at
    browser.timers.splice(browser.timers.indexOf(next), 1)
    next.run()
    await settle()
  }
  browser.now = until
  await settle()
}

const server = () => browser.dialled.at(-1)!

async function welcome(): Promise<ServerEnd> {
  await settle()
  const end = server()
  end.onopen!()
  await settle()
  expect(end.said[0]?.op).toBe('hello')
  end.hear({ op: 'welcome', conn: 'c', server_time: 5000 })
  await settle()
  return end
}

const item = (seq: number) => ({ op: 'item', stream: 'feed:street', seq, kind: 'post.created', at: '', data: {} })

/** After so long a tab that finds nobody leading leads without the lock. */
const LATER = 2000

async function two(after = 0): Promise<[Tab, Tab, ServerEnd]> {
  const first = new Tab(browser)
  const second = new Tab(browser)
  first.follow(7)
  if (after) await pass(after)
  const end = await welcome()
  second.follow(7)
  await settle()
  end.hear({ op: 'following', stream: 'feed:street', head: 7 })
  await settle()
  return [first, second, end]
}

describe('the tabs of one person', () => {
  it('share one socket, and all hear what comes', async () => {
    const [first, second, end] = await two()
    expect(browser.dialled).toHaveLength(1)
    expect(end.asked('hello')).toHaveLength(1)
    end.hear(item(8))
    end.hear({ op: 'signal', stream: 'feed:street', kind: 'presence', data: { online: 1 } })
    await settle()
    for (const tab of [first, second]) {
      expect(tab.got).toEqual([8])
      expect(tab.signals.map((one) => one.data)).toEqual([{ online: 1 }])
      expect(tab.realtime.state).toBe('open')
    }
  })

  it('tell a later tab how late it is', async () => {
    const first = new Tab(browser)
    first.follow(7)
    await welcome()
    browser.now += 60_000
    const second = new Tab(browser)
    second.follow(7)
    await settle()
    expect(second.times).toEqual([65_000])
  })

  it('greet a tab that came before the server answered', async () => {
    const tabs = [new Tab(browser), new Tab(browser)]
    for (const tab of tabs) tab.follow(7)
    const end = await welcome()
    end.hear(item(8))
    await settle()
    expect(tabs.map((tab) => tab.got)).toEqual([[8], [8]])
  })

  it('follow once more from the last item that all of them know', async () => {
    const [first, , end] = await two()
    end.hear(item(8))
    const behind = new Tab(browser)
    behind.follow(5)
    await settle()
    expect(end.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 5 })
    const ahead = new Tab(browser)
    ahead.follow(9) // its snapshot knows an item that is still on its way to the others
    await settle()
    expect(end.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 8 })
    for (const seq of [6, 7, 8, 9, 10]) end.hear(item(seq))
    await settle()
    expect(first.got).toEqual([8, 9, 10])
    expect(behind.got).toEqual([6, 7, 8, 9, 10])
    expect(ahead.got).toEqual([10])
  })

  it('stop following when the last of them does', async () => {
    const first = new Tab(browser)
    const leave = first.follow(7)
    const end = await welcome()
    const second = new Tab(browser)
    const alsoLeave = second.follow(7)
    await settle()
    leave()
    await settle()
    expect(end.asked('unfollow')).toHaveLength(0)
    alsoLeave()
    await settle()
    expect(end.asked('unfollow')).toHaveLength(1)
  })

  it('lose nothing when the one that leads is closed', async () => {
    const [first, second, end] = await two()
    end.hear(item(8))
    await settle()
    first.shut()
    const next = await welcome()
    expect(next).not.toBe(end)
    expect(next.said).toEqual([{ op: 'hello', token: 'abc', v: 1 }, { op: 'follow', stream: 'feed:street', since: 8 }])
    for (const seq of [9, 10]) next.hear(item(seq))
    await settle()
    expect(second.got).toEqual([8, 9, 10])
    expect(browser.dialled).toHaveLength(2)
  })

  it('go on with a third when the second leads', async () => {
    const [first, second, end] = await two()
    const third = new Tab(browser)
    third.follow(7)
    await settle()
    end.hear(item(8))
    await settle()
    second.token = 'renewed meanwhile'
    first.shut()
    const next = await welcome()
    expect(next.said[0]).toMatchObject({ op: 'hello', token: 'renewed meanwhile' })
    next.hear(item(9))
    await settle()
    expect([second.got, third.got]).toEqual([[8, 9], [8, 9]])
  })

  it('all stay away as long as each was told when the server goes away', async () => {
    const [first, second, end] = await two()
    end.onclose!({ code: 4012 })
    await settle()
    for (const tab of [first, second]) {
      expect(tab.realtime.state).toBe('waiting')
      expect(tab.waits.at(-1)!.ms).toBe(2500)
    }
    await pass(1000)
    expect(browser.dialled).toHaveLength(1)
    second.waits.at(-1)!.run() // a hidden tab's clock is slow: the one that is looked at comes back first, and leads
    const next = await welcome()
    first.waits.at(-1)!.run()
    await settle()
    next.hear(item(8))
    await settle()
    expect([first.got, second.got]).toEqual([[8], [8]])
    expect(browser.dialled).toHaveLength(2)
  })

  it('part when one of them logs out, and meet again when it comes back', async () => {
    const [first, second, end] = await two()
    first.who = ''
    first.token = ''
    first.realtime.restart()
    await settle()
    expect(end.closed).toBe(1000)
    expect(browser.dialled).toHaveLength(3)
    const both = browser.dialled.slice(1)
    for (const one of both) one.onopen!()
    await settle()
    for (const one of both) one.hear({ op: 'welcome', conn: 'c', server_time: 0 })
    await settle()
    expect(both.map((one) => one.said[0]!.token).sort()).toEqual(['', 'abc'])
    first.who = 'li'
    first.token = 'abc'
    first.realtime.restart()
    await settle()
    expect(browser.dialled).toHaveLength(3)
    const li = both.find((one) => one.said[0]!.token === 'abc')!
    li.hear(item(8))
    await settle()
    expect([first.got, second.got]).toEqual([[8], [8]])
  })

  it('take the lock from one that stands still', async () => {
    const [first, second, end] = await two()
    end.hear(item(8))
    await settle()
    first.still = true
    await pass(12_000)
    const next = await welcome()
    expect(next.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 8 })
    next.hear(item(9))
    await settle()
    expect(second.got).toEqual([8, 9])
    first.still = false // it wakes, finds that it does not lead any more, and comes back
    expect(end.closed).toBe(1000)
    first.waits.at(-1)!.run()
    await settle()
    next.hear(item(9))
    await settle()
    expect(first.got).toEqual([8, 9])
    expect(browser.dialled).toHaveLength(2)
  })

  it('leave a tab alone that answers, and one that nobody looks at does not ask', async () => {
    const [, second] = await two()
    await pass(60_000)
    expect(browser.dialled).toHaveLength(1)
    second.seen = false
    await pass(60_000)
    expect(browser.dialled).toHaveLength(1)
  })

  it('dial anew when the server does not answer what was asked', async () => {
    const [, second] = await two()
    second.realtime.wake(true) // it slept, and asks
    await pass(7000)
    expect(browser.dialled).toHaveLength(2)
  })

  it('ask each other when the browser refuses its locks', async () => {
    browser.refuses = true
    const [first, second, end] = await two(LATER)
    end.hear(item(8))
    await settle()
    expect(browser.dialled).toHaveLength(1)
    first.shut()
    await pass(12_000)
    const next = await welcome()
    next.hear(item(9))
    await settle()
    expect(second.got).toEqual([8, 9])
  })
})
