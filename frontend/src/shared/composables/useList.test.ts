import { effectScope } from 'vue'
import { expect, it } from 'vitest'
import type { Page } from '../api/types'
import { useList } from './useList'

interface Chat { id: string; said: string }
type Answer = (page: Page<Chat>) => Promise<void>

const chat = (id: string, said = ''): Chat => ({ id, said })
const settled = async () => { for (let i = 0; i < 5; i++) await Promise.resolve() }

/** A list whose pages are answered by the test, in whatever order. */
function asked() {
  const answers: Answer[] = []
  const page = (cursor: string | undefined) => new Promise<Page<Chat>>((done) => {
    asks.push(cursor)
    answers.push(async (page) => { done(page); await settled() })
  })
  const asks: (string | undefined)[] = []
  const list = effectScope().run(() => useList<Chat>(page, { key: (one) => one.id }))!
  return { list, asks, answers, ids: () => list.items.value.map((one) => one.id + one.said) }
}

it('stands once when it is looked at again before the first page is there', async () => {
  const { list, answers, ids } = asked()
  void list.refresh()
  await answers[1]!({ items: [chat('wang', ' new')] })
  await answers[0]!({ items: [chat('wang', ' old')] })
  expect(ids()).toEqual(['wang new'])
  expect([list.first.value, list.loading.value]).toEqual([false, false])
})

it('has what moved up once, whichever page it came with', async () => {
  const { list, answers, ids } = asked()
  await answers[0]!({ items: [chat('a'), chat('b')], next_cursor: 'b' })
  void list.more()
  void list.refresh()
  await answers[2]!({ items: [chat('c', ' up'), chat('a')], next_cursor: 'a' })
  await answers[1]!({ items: [chat('c'), chat('d')] })
  expect(ids()).toEqual(['c up', 'a', 'b', 'd'])
  expect(list.ended.value).toBe(true)
})

it('asks again for what is further down where it may no longer belong', async () => {
  const { list, asks, answers, ids } = asked()
  await answers[0]!({ items: [chat('a'), chat('b')], next_cursor: 'b' })
  void list.more()
  void list.refresh(false)
  await answers[2]!({ items: [chat('b'), chat('c')], next_cursor: 'c' })
  await answers[1]!({ items: [chat('c')] })
  expect([ids(), list.ended.value]).toEqual([['b', 'c'], false])
  void list.more()
  expect(asks.at(-1)).toBe('c')
})

it('is not overtaken by an older look', async () => {
  const { list, answers, ids } = asked()
  await answers[0]!({ items: [chat('a')] })
  void list.refresh()
  void list.refresh()
  await answers[2]!({ items: [chat('a', ' second')] })
  await answers[1]!({ items: [chat('a', ' first')] })
  expect(ids()).toEqual(['a second'])
})

it('tells how many stand there when they are looked at again', async () => {
  const told: number[] = []
  const list = effectScope().run(() => useList<Chat>(async (cursor, there) => {
    told.push(there)
    return cursor ? { items: [chat('b')] } : { items: [chat('a')], next_cursor: 'a' }
  }))!
  await settled()
  await list.more()
  await list.refresh(false)
  await list.reload()
  expect(told).toEqual([0, 1, 2, 0])
})

it('leaves no gap where more came than a page has', async () => {
  const { list, answers, ids, asks } = asked()
  await answers[0]!({ items: [chat('a'), chat('b')], next_cursor: 'b' })
  void list.refresh()
  await answers[1]!({ items: [chat('e'), chat('d')], next_cursor: 'd' })
  expect(ids()).toEqual(['e', 'd'])
  void list.more()
  expect(asks.at(-1)).toBe('d')
})
