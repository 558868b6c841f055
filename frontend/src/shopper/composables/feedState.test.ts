import { describe, expect, it } from 'vitest'
import type { Comment, Post } from '@/shared/api'
import type { Item } from '@/shared/realtime/protocol'
import { applied, counted, pinnedAfter, saidBy, signalled, withLikes, withOlder, withoutAuthor } from './feedState'

const post = (seq: number, more: Partial<Post> = {}): Post => ({
  id: `p${seq}`, seq, stream: 'feed:street', author: { id: 'a', name: '陈姐', face: 'chen', badge: '' }, text: `${seq}`, photos: [],
  likes: 0, liked: false, reactions: [], mentions: [], mine: false, editable: false, pinnable: false, comments: 0, last_comments: [], created_at: '2026-10-17T10:00:00Z', ...more,
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

describe('notices at the top', () => {
  const pin = (seq: number, until = '2026-10-20T16:00:00Z') => ({ post: post(seq), until })

  it('are there once, the newest first, and keep up with what happens to the post', () => {
    let pinned = pinnedAfter([], item(10, 'post.pinned', pin(1)))
    pinned = pinnedAfter(pinned, item(11, 'post.pinned', pin(2)))
    pinned = pinnedAfter(pinned, item(12, 'post.pinned', pin(1, '2026-10-21T16:00:00Z')))
    expect(pinned.map((one) => [one.post.id, one.until.slice(0, 10)])).toEqual([['p2', '2026-10-20'], ['p1', '2026-10-21']])
    pinned = pinnedAfter(pinned, item(13, 'post.edited', { post_id: 'p1', text: '改了', mentions: [], edited_at: '' }))
    expect(pinned[1]?.post.text).toBe('改了')
    pinned = pinnedAfter(pinned, item(14, 'post.unpinned', { post_id: 'p1' }))
    pinned = pinnedAfter(pinned, item(15, 'post.created', { post: post(15) }))
    expect(pinnedAfter(pinned, item(16, 'post.deleted', { post_id: 'p2' }))).toEqual([])
  })
})

describe('a neighbour whom one hides', () => {
  const hidden = new Set(['b'])
  const by = (id: string, more: Partial<Post> = {}) => post(7, { author: { id, name: '', face: '', badge: '' }, ...more })

  it('is passed over live, with posts and answers, but not as the voice of a store', () => {
    expect(saidBy(item(7, 'post.created', { post: by('b') }), hidden)).toBe(true)
    expect(saidBy(item(7, 'post.pinned', { post: by('b'), until: '' }), hidden)).toBe(true)
    expect(saidBy(item(7, 'comment.created', { comment: comment(1, 'p1'), comments: 1 }), hidden)).toBe(true)
    expect(saidBy(item(7, 'post.created', { post: by('a') }), hidden)).toBe(false)
    const store = { id: 's', slug: 's', name: '茶', short_name: '茶', color: '#000000', color_night: '#000000', front: 'tea' }
    expect(saidBy(item(7, 'post.created', { post: by('b', { store }) }), hidden)).toBe(false)
    expect(saidBy(item(8, 'post.deleted', { post_id: 'p7' }), hidden)).toBe(false)
  })

  it('leaves at once when hidden; how many answers there are stays true', () => {
    const posts = [by('b'), post(1, { comments: 1, last_comments: [comment(1, 'p1')] })]
    expect(withoutAuthor(posts, 'b').map((one) => [one.id, one.comments, one.last_comments.length])).toEqual([['p1', 1, 0]])
    expect(counted(posts, item(9, 'comment.created', { post_id: 'p1', comment: comment(2, 'p1'), comments: 2 }))[1]).toMatchObject({ comments: 2, last_comments: [comment(1, 'p1')] })
  })
})
