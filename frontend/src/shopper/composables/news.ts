// Unread marks as plain values.
import type { FeedUnread, Post } from '@/shared/api'
import type { Item } from '@/shared/realtime/protocol'

export type Marks = ReadonlyMap<string, FeedUnread>

/** The mark that is further counts, whichever was told first; of two that are equal, the newer answer. */
export function joined(marks: Marks, told: FeedUnread): Marks {
  const known = marks.get(told.feed)
  if (known && known.seq > told.seq) return marks
  const heardSince = known && known.seq === told.seq && known.head > told.head
  return heardSince ? marks : new Map(marks).set(told.feed, told)
}

/** What one item of a feed makes of its mark; `counts` tells whether a post is news to this reader. */
export function heard(marks: Marks, feed: string, item: Item, counts: (post: Post) => boolean): Marks {
  const known = marks.get(feed)
  if (!known || item.seq <= known.head) return marks
  let posts = known.posts
  if (item.kind === 'post.created') {
    const { post } = item.data as { post: Post }
    if (known.seq >= 0 && item.seq > known.seq && counts(post)) posts = [post.id, ...posts]
  }
  if (item.kind === 'post.deleted') {
    const gone = (item.data as { post_id: string }).post_id
    posts = posts.filter((id) => id !== gone)
  }
  return new Map(marks).set(feed, { ...known, head: item.seq, posts })
}
