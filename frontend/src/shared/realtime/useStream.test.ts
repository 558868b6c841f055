import { effectScope, nextTick, ref } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import { ApiError } from '../api/error'
import { Realtime, type Wire } from './client'
import { useStream } from './useStream'

function world() {
  const said: Record<string, unknown>[] = []
  const wire: Wire = { send: (text) => { said.push(JSON.parse(text)) }, close: () => undefined, onopen: null, onmessage: null, onclose: null }
  const socket = new Realtime({ connect: () => wire, token: () => Promise.resolve(''), after: () => () => undefined, random: () => 0 })
  const hear = (frame: object) => wire.onmessage?.({ data: JSON.stringify(frame) })
  async function open() {
    wire.onopen?.()
    await vi.waitFor(() => expect(said[0]?.op).toBe('hello'))
    hear({ op: 'welcome', conn: 'c', server_time: 0 })
  }
  return { said, socket, hear, open }
}

const item = (seq: number) => ({ op: 'item', stream: 'feed:x', seq, kind: 'k', at: '', data: seq })

describe('a screen that follows a stream', () => {
  it('takes the snapshot first, then every item after it', async () => {
    const { said, socket, hear, open } = world()
    const got: number[] = []
    const scope = effectScope()
    const streamed = scope.run(() => useStream('feed:x', { snapshot: () => Promise.resolve(5), apply: (i) => { got.push(i.seq) } }, socket))!
    expect(streamed.loading.value).toBe(true)
    await vi.waitFor(() => expect(streamed.loading.value).toBe(false))
    await open()
    expect(said.at(-1)).toEqual({ op: 'follow', stream: 'feed:x', since: 5 })
    for (const seq of [5, 6, 7]) hear(item(seq))
    expect(got).toEqual([6, 7])
    scope.stop()
    expect(said.at(-1)).toEqual({ op: 'unfollow', stream: 'feed:x' })
    hear(item(8))
    expect(got).toEqual([6, 7])
  })

  it('takes another snapshot after a reset', async () => {
    const { said, socket, hear, open } = world()
    const seqs = [5, 900]
    const scope = effectScope()
    const streamed = scope.run(() => useStream('feed:x', { snapshot: () => Promise.resolve(seqs.shift()!), apply: () => undefined }, socket))!
    await vi.waitFor(() => expect(streamed.loading.value).toBe(false))
    await open()
    hear({ op: 'reset', stream: 'feed:x', head: 900 })
    await vi.waitFor(() => expect(said.at(-1)).toEqual({ op: 'follow', stream: 'feed:x', since: 900 }))
    scope.stop()
  })

  it('says what went wrong and can try again', async () => {
    const { socket } = world()
    const answers = [Promise.reject(new ApiError({ status: 503, code: 'busy' })), Promise.resolve(3)]
    const scope = effectScope()
    const streamed = scope.run(() => useStream('feed:x', { snapshot: () => answers.shift()!, apply: () => undefined }, socket))!
    await vi.waitFor(() => expect(streamed.error.value?.code).toBe('busy'))
    await streamed.reload()
    expect(streamed.error.value).toBeNull()
    scope.stop()
  })

  it('follows another stream when the name changes, and none without a name', async () => {
    const { said, socket, open } = world()
    const name = ref('')
    const snapshot = vi.fn<() => Promise<number>>(() => Promise.resolve(1))
    const scope = effectScope()
    scope.run(() => useStream(name, { snapshot, apply: () => undefined }, socket))
    await nextTick()
    expect(snapshot).not.toHaveBeenCalled()
    name.value = 'inbox:1'
    await vi.waitFor(() => expect(snapshot).toHaveBeenCalledTimes(1))
    await vi.waitFor(() => expect(socket.state).toBe('connecting'))
    await open()
    name.value = 'inbox:2'
    await vi.waitFor(() => expect(said.at(-1)).toEqual({ op: 'follow', stream: 'inbox:2', since: 1 }))
    expect(said.at(-2)).toEqual({ op: 'unfollow', stream: 'inbox:1' })
    scope.stop()
  })
})
