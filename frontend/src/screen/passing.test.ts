import { describe, expect, it } from 'vitest'
import type { Wall, WallPost } from '@/shared/api'
import type { Signal } from '@/shared/realtime/protocol'
import { heard, lightAt, pass, requeue, unclear } from './passing'

const post = (id: string): WallPost => ({ id, author: '李桂芳', text: id, likes: 0, comments: 0, reactions: [], created_at: '2026-10-17T02:30:00Z' })
const wall = (...ids: string[]): Wall => ({ posts: ids.map(post), coupons: [{ id: 'c', remaining: 3 }] } as unknown as Wall)
const signal = (kind: string, data: unknown): Signal => ({ op: 'signal', stream: 'feed:street', kind, data })

describe('the order in a window', () => {
  it('begins with the newest', () => expect(requeue([], [post('c'), post('b'), post('a')])).toEqual(['c', 'b', 'a']))
  it('shows what was just said next, without moving the one on top', () => expect(requeue(['b', 'a'], [post('c'), post('b'), post('a')])).toEqual(['b', 'c', 'a']))
  it('leaves out what is gone, also from the top', () => expect(requeue(['c', 'b', 'a'], [post('b'), post('a')])).toEqual(['b', 'a']))
  it('goes round', () => expect(pass(pass(pass(['c', 'b', 'a'])))).toEqual(['c', 'b', 'a']))
  it('keeps a lone post, and nothing', () => {
    expect(pass(['a'])).toEqual(['a'])
    expect(pass([])).toEqual([])
  })
})

describe('what a window hears', () => {
  it('takes a deleted post away at once', () => expect(heard(wall('b', 'a'), signal('post.deleted', { post_id: 'b' })).posts.map(({ id }) => id)).toEqual(['a']))
  it('counts up', () => {
    expect(heard(wall('a'), signal('post.liked', { post_id: 'a', likes: 7 })).posts[0]!.likes).toBe(7)
    expect(heard(wall('a'), signal('comment.created', { post_id: 'a', comments: 2 })).posts[0]!.comments).toBe(2)
    expect(heard(wall('a'), signal('post.reacted', { post_id: 'a', reactions: [{ kind: 'yum', count: 2, mine: false }] })).posts[0]!.reactions[0]!.count).toBe(2)
  })
  it('puts away a coupon that is used up', () => {
    expect(heard(wall(), signal('campaign.changed', { campaign_id: 'c', remaining: 2 })).coupons[0]!.remaining).toBe(2)
    expect(heard(wall(), signal('campaign.changed', { campaign_id: 'c', remaining: 0 })).coupons).toEqual([])
  })
  it('never shows by itself what was just said: the server has to say that it may', () => {
    expect(heard(wall('a'), signal('post.created', { post: post('b') })).posts).toHaveLength(1)
    expect(unclear('post.created') && unclear('post.edited') && unclear('screens.changed')).toBe(true)
    expect(unclear('post.deleted')).toBe(false)
  })
})

it('a window is dim while people sleep', () => {
  expect([12, 19, 23, 3].map(lightAt)).toEqual([{ night: false, dim: false }, { night: true, dim: false }, { night: true, dim: true }, { night: true, dim: true }])
})
