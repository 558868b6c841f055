import { describe, expect, it } from 'vitest'
import type { Comment, Post } from '@/shared/api'
import type { Item } from '@/shared/realtime/protocol'
import { applied, signalled, withLikes, withOlder } from './feedState'

const post = (seq: number, more: Partial<Post> = {}): Post => ({
  id: `p${seq}`, seq, stream: 'feed:street', author: { id: 'a', name: '陈姐', face: 'chen', badge: '' }, text: `${seq}`, photos: [],
  likes: 0, liked: false, reactions: [], mentions: [], mine: false, editable: false, comments: 0, last_comments: [], created_at: '2026-10-17T10:00:00Z', ...more,
})
const comment = (n: number, on: string): Comment => ({
  id: `c${n}`, post_id: on, author: { id: 'b', name: '王秀兰', face: 'wang', badge: '' }, text: `${n}`, mentions: [], mine: false, editable: false, gone: false,
  created_at: '2026-10-17T10:00:00Z',
})
const item = (seq: number, kind: string, data: unknown): Item => ({ op: 'item', stream: 'feed:street', seq, kind, at: '', data })

/** The server's side: what a fresh snapshot shows after the same things happened. */
function happened(items: Item[]): Post[] {
  const posts = new Map<string, Post>()
  for (const { kind, data } of items) {
    if (kind === 'post.created') posts.set((data as { post: Post }).post.id, (data as { post: Post }).post)
    if (kind === 'post.deleted') posts.delete((data as { post_id: string }).post_id)
    if (kind === 'comment.created') {
      const { comment: said, comments } = data as { comment: Comment; comments: number }
      const on = posts.get(said.post_id)
      if (on) posts.set(on.id, { ...on, comments, last_comments: [...on.last_comments, said].slice(-3) })
    }
  }
  return [...posts.values()].sort((a, b) => b.seq - a.seq)
}

const story: Item[] = [
  item(1, 'post.created', { post: post(1) }),
  item(2, 'post.created', { post: post(2) }),
  item(3, 'comment.created', { post_id: 'p1', comment: comment(1, 'p1'), comments: 1 }),
  item(4, 'post.created', { post: post(4) }),
  item(5, 'comment.created', { post_id: 'p1', comment: comment(2, 'p1'), comments: 2 }),
  item(6, 'comment.created', { post_id: 'p1', comment: comment(3, 'p1'), comments: 3 }),
  item(7, 'post.deleted', { post_id: 'p2' }),
  item(8, 'comment.created', { post_id: 'p1', comment: comment(4, 'p1'), comments: 4 }),
  item(9, 'comment.created', { post_id: 'p2', comment: comment(5, 'p2'), comments: 1 }),
  item(10, 'post.created', { post: post(10) }),
]

describe('the feed', () => {
  it('is the same from any snapshot and the items after it as from a fresh snapshot', () => {
    for (let cut = 0; cut <= story.length; cut++) {
      const resumed = story.slice(cut).reduce(applied, happened(story.slice(0, cut)))
      expect(resumed, `cut at ${cut}`).toEqual(happened(story))
    }
  })

  it('does not change when the same item comes twice', () => {
    const once = story.reduce(applied, [])
    expect(story.slice(-3).reduce(applied, once)).toEqual(once)
  })

  it('loses the words of who left, and skips what was taken back', () => {
    const before = story.slice(0, 6).reduce(applied, [])
    const left = [item(7, 'erased', {}), item(8, 'comment.deleted', { post_id: 'p1', comment_id: 'c2', comments: 2 })].reduce(applied, before)
    const shown = left.find((one) => one.id === 'p1')
    expect(shown?.comments).toBe(2)
    expect(shown?.last_comments.map((one) => one.id)).toEqual(['c1', 'c3'])
    expect(applied(left, item(9, 'comment.deleted', { post_id: 'unknown', comment_id: 'c2', comments: 0 }))).toEqual(left)
  })

  it('takes likes and what is left of a campaign from signals', () => {
    const ticket = post(3, { card: { kind: 'campaign', id: 'k1', campaign: { id: 'k1', remaining: 38 } as never } })
    const posts = [ticket, post(1, { liked: true })]
    const liked = signalled(posts, { op: 'signal', stream: '', kind: 'post.liked', data: { post_id: 'p1', likes: 9 } })
    expect(liked[1]).toMatchObject({ likes: 9, liked: true })
    const left = signalled(liked, { op: 'signal', stream: '', kind: 'campaign.changed', data: { campaign_id: 'k1', remaining: 37 } })
    expect(left[0]?.card?.campaign?.remaining).toBe(37)
    expect(signalled(left, { op: 'signal', stream: '', kind: 'presence', data: { online: 3 } })).toBe(left)
  })

  it('keeps what is the reader’s own when the stream brings everybody’s copy', () => {
    const mine = [post(4, { mine: true, liked: true })]
    expect(applied(mine, item(4, 'post.created', { post: post(4) }))[0]).toMatchObject({ mine: true, liked: true })
  })

  it('rolls a like back to exactly what it was', () => {
    const before = [post(1, { likes: 4 })]
    expect(withLikes(withLikes(before, 'p1', 5, true), 'p1', 4, false)).toEqual(before)
  })

  it('adds an older page without repeating a post', () => {
    expect(withOlder([post(5), post(4)], [post(4), post(3)]).map((one) => one.seq)).toEqual([5, 4, 3])
  })
})
