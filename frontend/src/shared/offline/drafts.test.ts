import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { forgetDrafts, keepDraft, recallDraft } from './drafts'

const words = (text: string) => ({ text, photos: [], store: '' })

test('a draft is its account\'s and its feed\'s alone', async () => {
  await keepDraft('li', 'street', { text: '写了一半', photos: [new File(['x'], 'cat.png', { type: 'image/png' })], store: 'tea' })
  await keepDraft('wang', 'street', words('别人的'))
  const mine = await recallDraft('li', 'street')
  expect(mine?.text).toBe('写了一半')
  expect(mine?.store).toBe('tea')
  expect(mine?.photos).toHaveLength(1)
  expect(await recallDraft('li', 'circle')).toBeUndefined()
  expect(await recallDraft('l', 'street')).toBeUndefined()
})

test('an empty draft is none, and logging out forgets one\'s own', async () => {
  await keepDraft('li', 'street', words('  '))
  expect(await recallDraft('li', 'street')).toBeUndefined()
  await keepDraft('li', 'street', words('又写'))
  await keepDraft('wang', 'street', words('别人的'))
  await forgetDrafts('li')
  expect(await recallDraft('li', 'street')).toBeUndefined()
  expect((await recallDraft('wang', 'street'))?.text).toBe('别人的')
})
