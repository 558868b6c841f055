// The street's live feed, or a circle's: a snapshot, then everything as it happens. What is new appears at once to who
// stands at the top; to who reads further down it waits behind "3 new", so that nothing jumps.
import { computed, ref, shallowRef, watch } from 'vue'
import { api, ask, asApiError, type FeedPage, type Pinned, type Post } from '@/shared/api'
import { useNow } from '@/shared/composables/useNow'
import { keep, recall } from '@/shared/offline/kept'
import { connection } from '@/shared/realtime'
import type { Item, Signal } from '@/shared/realtime/protocol'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'
import { FEED, takeFirstPage } from '../feedAhead'
import { applied, counted, onPinned, pinnedAfter, saidBy, signalled, withCampaign, withLikes, withOlder, withPost, withoutAuthor, withoutPost } from './feedState'
import { useHidden } from './useHidden'
import { useReading } from './useReading'

/** Within this many pixels of the top one "stands at the top". */
const TOP = 240

export function useFeed(name = FEED) {
  const session = useSession()
  const all = shallowRef<Post[]>([])
  const waiting = ref(new Set<string>())
  const cursor = ref<string | undefined>()
  const ended = ref(false)
  const loadingMore = ref(false)
  const online = ref<number | null>(null)
  /** When the kept feed is shown for want of a network: from when it is (ms). */
  const keptAt = ref(0)

  const pins = shallowRef<Pinned[]>([])
  const { hidden, set: setHidden, add: addHidden } = useHidden()
  const now = useNow(60_000)

  const posts = computed(() => all.value.filter((post) => !waiting.value.has(post.id)))
  const pinned = computed(() => pins.value.filter((one) => Date.parse(one.until) > now.value))
  const reading = useReading(name, () => posts.value, () => waiting.value.size === 0)
  const fresh = computed(() => waiting.value.size)

  function take(page: FeedPage): void {
    all.value = page.items
    pins.value = page.pinned ?? []
    setHidden(page.hidden ?? [])
    reading.open(page)
    waiting.value = new Set()
    cursor.value = page.next_cursor || undefined
    ended.value = !cursor.value
  }

  async function snapshot(): Promise<number> {
    try {
      const page = name === FEED ? await takeFirstPage() : await ask(api.GET('/feeds/{feed}/posts', { params: { path: { feed: name }, query: { limit: 20 } } }))
      take(page)
      keptAt.value = 0
      void keep(`feed/${name}`, page)
      return page.seq
    } catch (thrown) {
      const found = asApiError(thrown).code === 'offline' ? await recall<FeedPage>(`feed/${name}`) : undefined
      if (!found) throw thrown
      take(found.value)
      keptAt.value = found.at
      return found.value.seq
    }
  }

  function apply(item: Item): void {
    reading.head(item.seq)
    if (saidBy(item, hidden.value)) {
      all.value = counted(all.value, item)
      return
    }
    if (item.kind === 'post.created') arrive((item.data as { post: Post }).post)
    all.value = applied(all.value, item)
    pins.value = pinnedAfter(pins.value, item)
  }

  function arrive(post: Post): void {
    const mine = post.author.id === session.member?.id || all.value.some((one) => one.id === post.id)
    if (!mine && window.scrollY > TOP) waiting.value = new Set([...waiting.value, post.id])
  }

  function signal(heard: Signal): void {
    if (heard.kind === 'presence') online.value = (heard.data as { online: number }).online
    else {
      all.value = signalled(all.value, heard)
      pins.value = onPinned(pins.value, (posts) => signalled(posts, heard))
    }
  }

  const stream = useStream(() => `feed:${name}`, { snapshot, apply, signal })

  /** Back on the street: what was kept gives way to how it is now. */
  watch(connection, (state) => { if (state === 'open' && keptAt.value) void stream.reload() })

  async function more(): Promise<void> {
    if (loadingMore.value || ended.value || !cursor.value) return
    loadingMore.value = true
    try {
      const page = await ask(api.GET('/feeds/{feed}/posts', { params: { path: { feed: name }, query: { cursor: cursor.value, limit: 20 } } }))
      all.value = withOlder(all.value, page.items)
      cursor.value = page.next_cursor || undefined
      ended.value = !cursor.value
    } catch { /* the end line offers it again */ } finally {
      loadingMore.value = false
    }
  }

  function showFresh(): void {
    waiting.value = new Set()
    window.scrollTo({ top: 0 })
  }

  /** An author whom the reader does not want to see any more: what they said goes, and nothing more comes. */
  function hide(author: string): void {
    addHidden(author)
    all.value = withoutAuthor(all.value, author)
    pins.value = pins.value.filter((one) => one.post.store || one.post.author.id !== author)
  }

  return {
    posts, pinned, line: reading.line, hide, fresh, online, keptAt, ended, loadingMore, loading: stream.loading, error: stream.error, reload: stream.reload,
    more, showFresh,
    added: (post: Post) => { all.value = withPost(all.value, post) },
    removed: (id: string) => { all.value = withoutPost(all.value, id); pins.value = pins.value.filter((one) => one.post.id !== id) },

    liked: (id: string, likes: number, mine: boolean) => { all.value = withLikes(all.value, id, likes, mine) },
    changed: (post: Post) => { all.value = withPost(all.value, post) },
    claimed: (id: string, mine: number) => { all.value = withCampaign(all.value, id, { mine, claimable: { ok: false } }) },
  }
}
