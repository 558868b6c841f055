// A list that goes on: pages by cursor, with loading, empty, error and end. What moves up while it is being read, or is
// looked at again meanwhile, stands in it once.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { onAnswerLost } from '../api/again'
import type { Page } from '../api/types'
import { asApiError, type ApiError } from '../api/error'

export interface ListOptions<T> { immediate?: boolean; key?: (one: T) => string }

/** @param fetchPage asks for what follows the cursor; without one for the beginning, and how many stand there already */
export function useList<T>(fetchPage: (cursor: string | undefined, there: number) => Promise<Page<T>>, options: ListOptions<T> = {}) {
  const items = shallowRef<T[]>([])
  const error = shallowRef<ApiError | null>(null)
  const loading = ref(false)
  const ended = ref(false)
  const first = ref(true)
  let cursor: string | undefined
  let turn = 0
  let looks = 0

  /** What of the further ones is not among these already. */
  function others(these: T[], further: T[]): T[] {
    const key = options.key
    if (!key) return further
    const known = new Set(these.map(key))
    return further.filter((one) => !known.has(key(one)))
  }

  function goOn(page: Page<T>): void {
    cursor = page.next_cursor || undefined
    ended.value = !cursor
  }

  async function more(): Promise<void> {
    if (loading.value || ended.value) return
    const mine = turn
    loading.value = true
    error.value = null
    try {
      const page = await fetchPage(cursor, items.value.length)
      if (mine !== turn) return
      items.value = [...items.value, ...others(items.value, page.items)]
      goOn(page)
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

  /**
   * The first page anew, without the list going blank. What is further down stays; or, if it may no longer belong here or
   * more came than a page has, is asked for again.
   */
  async function refresh(keepsRest = true): Promise<void> {
    if (first.value) return reload()
    const [mine, look] = [turn, ++looks]
    const page = await fetchPage(undefined, items.value.length).catch(() => null)
    if (!page || mine !== turn || look !== looks) return
    const rest = others(page.items, items.value)
    if (keepsRest && rest.length < items.value.length) items.value = [...page.items, ...rest]
    else begin(page)
  }

  /** The list is this page, and goes on behind it; a further page that is under way is no longer wanted. */
  function begin(page: Page<T>): void {
    turn++
    loading.value = false
    items.value = page.items
    goOn(page)
  }

  const unhear = onAnswerLost(() => { if (!first.value || error.value) return reload() })
  onScopeDispose(() => {
    turn++
    unhear()
  })
  const empty = computed(() => !first.value && !loading.value && !error.value && items.value.length === 0)
  if (options.immediate !== false) void more()
  return { items, error, loading, ended, empty, first, more, reload, refresh }
}
