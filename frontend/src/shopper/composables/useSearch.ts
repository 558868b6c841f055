// Looking for what was said: results while one types, older ones further down, and what one looked for before on this phone.
import { ref, shallowRef } from 'vue'
import { api, ask, asApiError, type ApiError, type SearchHit } from '@/shared/api'
import { keep, recall } from '@/shared/offline/kept'

const KEPT = 'searches'
const RECENT = 8
const PAUSE = 250

export function useSearch(feed?: string) {
  const hits = shallowRef<SearchHit[]>([])
  /** What the results on the screen are about; "" before the first. */
  const asked = ref('')
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const ended = ref(true)
  const recent = ref<string[]>([])
  let cursor: string | undefined
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  void before()

  async function before(): Promise<void> {
    recent.value = (await recall<string[]>(KEPT))?.value ?? []
  }

  async function page(q: string, older: boolean): Promise<void> {
    const mine = ++turn
    busy.value = true
    error.value = null
    try {
      const found = await ask(api.GET('/search', { params: { query: { q, feed, cursor: older ? cursor : undefined } } }))
      if (mine !== turn) return
      hits.value = older ? [...hits.value, ...found.items] : found.items
      asked.value = q
      cursor = found.next_cursor || undefined
      ended.value = !cursor
    } catch (thrown) {
      if (mine !== turn) return
      error.value = asApiError(thrown)
      if (!older) hits.value = []
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  /** Looks a moment after the last key; at once when asked to. */
  function look(q: string, now = false): void {
    clearTimeout(timer)
    const trimmed = q.trim()
    if (!trimmed) return clear()
    if (now) void page(trimmed, false).then(() => remember(trimmed))
    else timer = setTimeout(() => void page(trimmed, false), PAUSE)
  }

  function clear(): void {
    turn++
    hits.value = []
    asked.value = ''
    error.value = null
    busy.value = false
    ended.value = true
  }

  function remember(q: string): void {
    if (!hits.value.length) return
    recent.value = [q, ...recent.value.filter((one) => one !== q)].slice(0, RECENT)
    void keep(KEPT, recent.value)
  }

  function forget(): void {
    recent.value = []
    void keep(KEPT, recent.value)
  }

  return { hits, asked, busy, error, ended, recent, look, forget, remember, more: () => page(asked.value, true) }
}
