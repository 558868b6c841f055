import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Realtime, type Follower, type Wire } from './client'
import type { Item } from './protocol'

class FakeWire implements Wire {
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  said: Record<string, unknown>[] = []
  closed: number | undefined
  readyState = 1
  send(text: string): void { this.said.push(JSON.parse(text)) }
  close(code?: number): void { this.closed = code }
  hear(frame: object): void { this.onmessage?.({ data: JSON.stringify(frame) }) }
  cut(code: number): void { this.onclose?.({ code }) }
}

let wires: FakeWire[]
let waits: { ms: number; run: () => void; cancelled: boolean }[]
let tokens: boolean[]
let token: string
let socket: Realtime

beforeEach(() => {
  wires = []
  waits = []
  tokens = []
  token = 'abc'
  socket = new Realtime({
    connect: () => { const wire = new FakeWire(); wires.push(wire); return wire },
    token: (renew) => { tokens.push(renew); return Promise.resolve(token) },
    after: (ms, run) => { const wait = { ms, run, cancelled: false }; waits.push(wait); return () => { wait.cancelled = true } },
    random: () => 0.5,
    locale: () => 'en',
  })
})

const wire = () => wires.at(-1)!
const wait = () => waits.at(-1)!

async function welcome(): Promise<FakeWire> {
  const now = wire()
  now.onopen!()
  await vi.waitFor(() => expect(now.said[0]?.op).toBe('hello'))
  now.hear({ op: 'welcome', conn: 'c1', server_time: 0 })
  return now
}

function follower(): Follower & { got: number[]; resets: number } {
  const mine = { got: [] as number[], resets: 0, item: (i: Item) => { mine.got.push(i.seq) }, reset: () => { mine.resets++ } }
  return mine
}

const item = (seq: number, stream = 'feed:street') => ({ op: 'item', stream, seq, kind: 'post.created', at: '', data: {} })

describe('the socket', () => {
  it('tells who follows a stream later how many are there', async () => {
    const first = follower()
    socket.follow('feed:street', 7, first)
    const now = await welcome()
    now.hear({ op: 'signal', stream: 'feed:street', kind: 'presence', data: { online: 3 } })
    const heard: unknown[] = []
    socket.follow('feed:street', 7, { ...follower(), signal: (one) => heard.push(one.data) })
    expect(heard).toEqual([{ online: 3 }])
    now.hear({ op: 'signal', stream: 'feed:street', kind: 'presence', data: { online: 4 } })
    expect(heard).toEqual([{ online: 3 }, { online: 4 }])
  })

  it('says hello with the token in the first frame, then follows from the snapshot', async () => {
    socket.follow('feed:street', 7, follower())
    const now = await welcome()
    expect(now.said).toEqual([
      { op: 'hello', token: 'abc', v: 1, locale: 'en' },
      { op: 'follow', stream: 'feed:street', since: 7 },
    ])
  })

  it('greets as a visitor with an empty token', async () => {
    token = ''
    socket.follow('feed:street', 0, follower())
    expect((await welcome()).said[0]).toEqual({ op: 'hello', token: '', v: 1, locale: 'en' })
  })

  it('applies every item once and in order, and asks again when one is missing', async () => {
    const mine = follower()
    socket.follow('feed:street', 7, mine)
    const now = await welcome()
    now.hear({ op: 'following', stream: 'feed:street', head: 8 })
    for (const seq of [8, 8, 10, 7]) now.hear(item(seq))
    expect(mine.got).toEqual([8])
    expect(now.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 8 })
    for (const seq of [9, 10]) now.hear(item(seq))
    expect(mine.got).toEqual([8, 9, 10])
  })

  it('comes back after a cut and goes on from the last item it knows', async () => {
    const mine = follower()
    socket.follow('feed:street', 7, mine)
    const first = await welcome()
    first.hear(item(8))
    first.cut(1006)
    expect(socket.state).toBe('waiting')
    wait().run()
    const second = await welcome()
    expect(second).not.toBe(first)
    expect(second.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 8 })
    for (const seq of [9, 10, 11]) second.hear(item(seq))
    expect(mine.got).toEqual([8, 9, 10, 11])
  })

  it('says nothing to a socket that is closing', async () => {
    const leave = socket.follow('feed:street', 7, follower())
    const first = await welcome()
    const said = first.said.length
    first.readyState = 2
    leave()
    expect(first.said).toHaveLength(said)
  })

  it('hears nothing from a socket that was replaced', async () => {
    const mine = follower()
    socket.follow('feed:street', 7, mine)
    const first = await welcome()
    first.cut(1006)
    wait().run()
    first.hear(item(8))
    expect(mine.got).toEqual([])
  })

  it('stays away longer each time, and never more than half a minute', () => {
    socket.follow('feed:street', 0, follower())
    const seen: number[] = []
    for (let i = 0; i < 9; i++) {
      wire().cut(1006)
      seen.push(wait().ms)
      wait().run()
    }
    expect(seen.slice(0, 3)).toEqual([375, 750, 1500])
    expect(Math.max(...seen)).toBe(22_500)
  })

  it('comes back within five seconds when the server goes away', async () => {
    socket.follow('feed:street', 0, follower());
    (await welcome()).cut(4012)
    expect(wait().ms).toBe(2500)
  })

  it('renews the token after 4001 and comes back at once', async () => {
    socket.follow('feed:street', 0, follower());
    (await welcome()).cut(4001)
    expect(wait().ms).toBe(0)
    wait().run()
    expect(tokens).toEqual([false, true])
  })

  it('wakes at once when the phone does', async () => {
    socket.follow('feed:street', 0, follower());
    (await welcome()).cut(1006)
    socket.wake()
    expect(wait().cancelled).toBe(true)
    expect(wires).toHaveLength(2)
  })

  it('asks an open socket after a sleep, and keeps it when it answers', async () => {
    socket.follow('feed:street', 7, follower())
    const now = await welcome()
    socket.wake()
    expect(waits).toHaveLength(0)
    socket.wake(true)
    expect(now.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 7 })
    now.hear({ op: 'following', stream: 'feed:street', head: 7 })
    expect(wait().cancelled).toBe(true)
    expect(wires).toHaveLength(1)
  })

  it('replaces a socket that says nothing after a sleep, and goes on from the last item', async () => {
    const mine = follower()
    socket.follow('feed:street', 7, mine)
    const dead = await welcome()
    dead.hear(item(8))
    socket.wake(true)
    socket.wake(true)
    expect(waits).toHaveLength(1)
    wait().run()
    expect(dead.closed).toBe(1000)
    dead.hear(item(9))
    const fresh = await welcome()
    expect(fresh.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 8 })
    fresh.hear(item(9))
    expect(mine.got).toEqual([8, 9])
  })

  it('takes a snapshot after a reset and hears nothing until then', async () => {
    const mine = follower()
    socket.follow('feed:street', 7, mine)
    const now = await welcome()
    now.hear({ op: 'reset', stream: 'feed:street', head: 9000 })
    now.hear(item(8))
    expect(mine).toMatchObject({ got: [], resets: 1 })
    socket.resume('feed:street', 9000, mine)
    expect(now.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 9000 })
    now.hear(item(9001))
    expect(mine.got).toEqual([9001])
  })

  it('passes signals on and keeps streams apart', async () => {
    const signals: string[] = []
    const mine = { ...follower(), signal: (s: { kind: string }) => { signals.push(s.kind) } }
    const other = follower()
    socket.follow('feed:street', 0, mine)
    socket.follow('inbox:1', 0, other)
    const now = await welcome()
    now.hear({ op: 'signal', stream: 'feed:street', kind: 'presence', data: { online: 3 } })
    now.hear(item(1, 'inbox:1'))
    expect(signals).toEqual(['presence'])
    expect(other.got).toEqual([1])
    expect(mine.got).toEqual([])
  })

  it('gives a second screen what it missed without telling the first one again', async () => {
    const ahead = follower()
    const behind = follower()
    socket.follow('feed:street', 7, ahead)
    const now = await welcome()
    now.hear(item(8))
    socket.follow('feed:street', 6, behind)
    expect(now.said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 6 })
    for (const seq of [7, 8, 9]) now.hear(item(seq))
    expect(ahead.got).toEqual([8, 9])
    expect(behind.got).toEqual([7, 8, 9])
  })

  it('stops following when the last screen leaves', async () => {
    const leave = socket.follow('feed:street', 0, follower())
    const alsoLeave = socket.follow('feed:street', 0, follower())
    const now = await welcome()
    leave()
    expect(now.said.at(-1)?.op).toBe('follow')
    alsoLeave()
    expect(now.said.at(-1)).toEqual({ op: 'unfollow', stream: 'feed:street' })
  })

  it('hands over a renewed token without a new socket', async () => {
    socket.follow('feed:street', 0, follower())
    const now = await welcome()
    token = 'def'
    await socket.renewToken()
    expect(now.said.at(-1)).toEqual({ op: 'token', token: 'def' })
    expect(wires).toHaveLength(1)
  })

  it('starts over when somebody else logs in', async () => {
    socket.follow('feed:street', 5, follower())
    const first = await welcome()
    socket.restart()
    expect(first.closed).toBe(1000)
    expect((await welcome()).said.at(-1)).toEqual({ op: 'follow', stream: 'feed:street', since: 5 })
  })
})
