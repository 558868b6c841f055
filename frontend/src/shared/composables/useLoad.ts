// One thing to fetch, with its four states. With `kept`, the last answer is shown at once and while there
// is no network, together with the hour it is from.
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { onAnswerLost } from '../api/again'
import { asApiError, type ApiError } from '../api/error'
import { keep, recall } from '../offline/kept'

export interface Loaded<T> {
  data: ShallowRef<T | null>
  error: ShallowRef<ApiError | null>
  loading: Ref<boolean>
  /** True when `data` is an older, kept answer; `at` says from when (ms). */
  stale: Ref<boolean>
  at: Ref<number>
  reload: () => Promise<void>
}

export function useLoad<T>(fetcher: () => Promise<T>, options: { kept?: string; immediate?: boolean } = {}): Loaded<T> {
  const data = shallowRef<T | null>(null)
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const stale = ref(false)
  const at = ref(0)
  let turn = 0

  async function fromShelf(mine: number): Promise<void> {
    const found = options.kept ? await recall<T>(options.kept) : undefined
    if (!found || mine !== turn || data.value !== null) return
    data.value = found.value
    at.value = found.at
    stale.value = true
  }

  async function reload(): Promise<void> {
    const mine = ++turn
    loading.value = true
    error.value = null
    const shelf = fromShelf(mine)
    try {
      const value = await fetcher()
      if (mine !== turn) return
      data.value = value
      at.value = Date.now()
      stale.value = false
      if (options.kept) void keep(options.kept, value)
    } catch (thrown) {
      await shelf
      if (mine === turn) error.value = asApiError(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  const unhear = onAnswerLost(() => { if (data.value !== null || error.value) return reload() })
  onScopeDispose(() => {
    turn++
    unhear()
  })
  if (options.immediate !== false) void reload()
  return { data, error, loading, stale, at, reload }
}
