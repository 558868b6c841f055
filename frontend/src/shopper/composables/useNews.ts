// What one has not read yet, feed by feed, on whatever device: the server's marks, and what happens after them, live.
// Marks only rise: something that was read is never unread again.
import { computed, shallowRef } from 'vue'
import { api, ask, type FeedUnread, type Post } from '@/shared/api'
import type { Item } from '@/shared/realtime/protocol'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'
import { useHidden } from './useHidden'
import { heard, joined, type Marks } from './news'

const marks = shallowRef<Marks>(new Map())
const inCircles = computed(() => [...marks.value.values()].filter((one) => one.feed !== 'street').reduce((sum, one) => sum + one.posts.length, 0))
const street = computed(() => marks.value.get('street')?.posts.length ?? 0)

export function useNews() {
  return { street, inCircles, of: (feed: string) => marks.value.get(feed)?.posts.length ?? 0, note, read }
}

/** Takes a mark that the server told, here or by another device. */
function note(told: FeedUnread): void {
  marks.value = joined(marks.value, told)
}

/** Tells the server up to where one has seen a feed; what is told twice is told once. */
async function read(feed: string, seq: number): Promise<void> {
  const known = marks.value.get(feed)
  if (seq < 0 || (known && known.seq >= seq)) return
  const now = await ask(api.PUT('/feeds/{feed}/read', { params: { path: { feed } }, body: { seq } })).catch(() => null)
  if (now) note(now)
}

/** Keeps the street's count while one is elsewhere in the app; called once, by the frame. */
export function followNews(): void {
  const session = useSession()
  const { hidden, set } = useHidden()
  const mine = (post: Post) => post.author.id === session.member?.id
  useStream(() => (session.signedIn ? 'feed:street' : ''), {
    snapshot: async () => {
      const mine = await ask(api.GET('/me/feeds'))
      set(mine.hidden)
      marks.value = new Map(mine.items.map((one) => [one.feed, one]))
      return mine.items[0]?.head ?? 0
    },
    apply: (item: Item) => { marks.value = heard(marks.value, 'street', item, (post) => !mine(post) && !hidden.value.has(post.author.id)) },
  })
}
