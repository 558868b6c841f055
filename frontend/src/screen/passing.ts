// The order in which a window shows its posts: the one on top goes to the end when its time is over, and what was just said
// comes next.
import type { Wall, WallPost } from '@/shared/api'
import type { Item, Signal } from '@/shared/realtime/protocol'

/** The queue after another look at the street: what is gone is out, what is new comes right after the one on top. */
export function requeue(queue: string[], posts: WallPost[]): string[] {
  const there = new Set(posts.map(({ id }) => id))
  const stay = queue.filter((id) => there.has(id))
  const known = new Set(stay)
  const fresh = posts.map(({ id }) => id).filter((id) => !known.has(id))
  return stay.length ? [stay[0]!, ...fresh, ...stay.slice(1)] : fresh
}

/** The queue when the time of the post on top is over. */
export function pass(queue: string[]): string[] {
  return queue.length > 1 ? [...queue.slice(1), queue[0]!] : queue
}

/** What an item or a signal makes of the wall at once; the same wall when one has to look again to know. */
export function heard(wall: Wall, { kind, data }: Item | Signal): Wall {
  const said = data as { post_id?: string; comment_id?: string; text?: string; likes?: number; comments?: number; reactions?: WallPost['reactions']; campaign_id?: string; remaining?: number }
  switch (kind) {
    case 'post.deleted': return { ...wall, posts: wall.posts.filter(({ id }) => id !== said.post_id) }
    case 'post.liked': return change(wall, said.post_id, { likes: said.likes })
    case 'post.reacted': return change(wall, said.post_id, { reactions: said.reactions })
    case 'comment.created': case 'comment.deleted': return change(wall, commented(data) ?? said.post_id, { comments: said.comments })
    case 'campaign.changed': return { ...wall, coupons: wall.coupons.map((one) => (one.id === said.campaign_id ? { ...one, remaining: said.remaining ?? one.remaining } : one)).filter(({ remaining }) => remaining > 0) }
    default: return wall
  }
}

function commented(data: unknown): string | undefined {
  return (data as { comment?: { post_id: string } }).comment?.post_id
}

/** Kinds after which only another look tells what may be shown. */
export function unclear(kind: string): boolean {
  return kind === 'post.created' || kind === 'post.edited' || kind === 'screens.changed'
}

function change(wall: Wall, id: string | undefined, to: Partial<WallPost>): Wall {
  return { ...wall, posts: wall.posts.map((post) => (post.id === id ? { ...post, ...to } : post)) }
}

/** How a window is lit at an hour of the street: by day, at night, and dimmed while people sleep. */
export function lightAt(hour: number): { night: boolean; dim: boolean } {
  return { night: hour < 7 || hour >= 18, dim: hour < 6 || hour >= 22 }
}
