import { expect, test } from 'vitest'
import type { FeedUnread } from '@/shared/api'
import type { Item } from '@/shared/realtime/protocol'
import { heard, joined, type Marks } from './news'

const mark = (seq: number, head: number, posts: string[] = []): FeedUnread => ({ feed: 'street', seq, head, posts })
const start = (one: FeedUnread): Marks => new Map([['street', one]])
const created = (seq: number, id: string, author = 'wang') =>
  ({ stream: 'feed:street', seq, kind: 'post.created', at: '', data: { post: { id, seq, author: { id: author } } } }) as unknown as Item
const of = (marks: Marks) => marks.get('street')!
const all = () => true

test('what is read never turns unread, whatever order the devices tell it in', () => {
  let marks = start(mark(5, 5))
  for (const told of [mark(9, 9), mark(7, 9, ['old', 'older']), mark(5, 8, ['old'])]) marks = joined(marks, told)
  expect(of(marks)).toEqual(mark(9, 9))
})

test('a post that came after the mark is news, once, and not when it was heard before the answer', () => {
  let marks = start(mark(5, 5))
  marks = heard(marks, 'street', created(6, 'a'), all)
  marks = heard(marks, 'street', created(6, 'a'), all)
  expect(of(marks).posts).toEqual(['a'])
  marks = joined(marks, mark(5, 5)) // an answer that was on its way
  expect(of(marks).posts).toEqual(['a'])
  marks = joined(marks, mark(6, 6)) // read on the phone
  expect(of(marks).posts).toEqual([])
})

test('one\'s own posts and those of whom one hides are no news; what is taken down is none any more', () => {
  let marks = heard(start(mark(5, 5)), 'street', created(6, 'mine', 'li'), (post) => post.author.id !== 'li')
  expect(of(marks).posts).toEqual([])
  marks = heard(marks, 'street', created(7, 'a'), all)
  marks = heard(marks, 'street', { stream: 'feed:street', seq: 8, kind: 'post.deleted', at: '', data: { post_id: 'a' } } as Item, all)
  expect(of(marks)).toEqual(mark(5, 8))
})

test('of a feed that was never opened nothing is news', () => {
  expect(of(heard(start(mark(-1, 5)), 'street', created(6, 'a'), all)).posts).toEqual([])
})
