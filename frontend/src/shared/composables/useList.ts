// A list that goes on: pages by cursor, with loading, empty, error and end.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { onAnswerLost } from '../api/again'
import type { Page } from '../api/types'
import { asApiError, type ApiError } from '../api/error'

export function useList<T>(fetchPage: (cursor: string | undefined) => Promise<Page<T>>, options: { immediate?: boolean } = {}) {
  const items = shallowRef<T[]>([])
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const ended = ref(false)
  const first = ref(true)
  let cursor: string | undefined
  let turn = 0

  async function more(): Promise<void> {
    if (loading.value || ended.value) return
    const mine = turn
    loading.value = true
    error.value = null
    try {
      const page = await fetchPage(cursor)
      if (mine !== turn) return
      items.value = [...items.value, ...page.items]
      cursor = page.next_cursor || undefined
      ended.value = !cursor
      first.value = false
    } catch (thrown) {
      if (mine === turn) error.value = asApiError(thrown)
    } finally {
      if (mine === turn) loading.value = false
    }
  }

  async function reload(): Promise<void> {
    turn++
    cursor = undefined
    items.value = []
    ended.value = false
    loading.value = false
    first.value = true
    await more()
  }

  const unhear = onAnswerLost(() => { if (!first.value || error.value) return reload() })
  onScopeDispose(() => {
    turn++
    unhear()
  })
  const empty = computed(() => !first.value && !loading.value && !error.value && items.value.length === 0)
  if (options.immediate !== false) void more()
  return { items, error, loading, ended, empty, first, more, reload }
}
