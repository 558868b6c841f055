// A screen that follows a stream: first a snapshot by REST (it says up to which item it goes), then every
// item after it. Applying the items to the snapshot gives what a fresh snapshot would show.
import { onScopeDispose, ref, shallowRef, toValue, watch, type MaybeRefOrGetter, type Ref, type ShallowRef } from 'vue'
import { asApiError, type ApiError } from '../api/error'
import { realtime as appSocket } from '.'
import type { Follower, Realtime } from './client'
import type { Item, Signal } from './protocol'

export interface StreamOptions {
  /** Takes the snapshot into the screen's state and returns its seq. */
  snapshot: () => Promise<number>
  /** Applies one item; called once for each, in order. */
  apply: (item: Item) => void
  signal?: (signal: Signal) => void
}

export interface Streamed { loading: Ref<boolean>; error: ShallowRef<ApiError | null>; reload: () => Promise<void> }

/** Follows `name` while the component lives; an empty name follows nothing. */
export function useStream(name: MaybeRefOrGetter<string>, options: StreamOptions, socket: Realtime = appSocket): Streamed {
  const loading = ref(false)
  const error = shallowRef<ApiError | null>(null)
  let stop: (() => void) | null = null
  let turn = 0

  async function take(): Promise<number | null> {
    const mine = ++turn
    loading.value = true
    error.value = null
    try {
      const seq = await options.snapshot()
      return mine === turn ? seq : null
    } catch (thrown) {
      if (mine === turn) error.value = asApiError(thrown)
      return null
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  async function again(stream: string, follower: Follower): Promise<void> {
    const seq = await take()
    if (seq !== null) socket.resume(stream, seq, follower)
  }

  async function start(): Promise<void> {
    stop?.()
    stop = null
    const stream = toValue(name)
    if (!stream) return
    const seq = await take()
    if (seq === null) return
    const follower: Follower = {
      item: options.apply,
      signal: options.signal,
      reset: () => { void again(stream, follower) },
      refused: () => { stop?.() },
    }
    stop = socket.follow(stream, seq, follower)
  }

  /** The network is there again: what failed for want of it is tried again. */
  const online = () => { if (error.value?.unanswered) void start() }
  globalThis.addEventListener?.('online', online)
  watch(() => toValue(name), () => { void start() }, { immediate: true })
  onScopeDispose(() => {
    turn++
    stop?.()
    globalThis.removeEventListener?.('online', online)
  })
  return { loading, error, reload: start }
}
