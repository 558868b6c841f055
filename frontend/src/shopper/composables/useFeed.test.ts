import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type FeedPage } from '@/shared/api'
import { forgetAll, recall } from '@/shared/offline/kept'
import { useFeed } from './useFeed'

const answers = vi.hoisted(() => ({ page: (): Promise<unknown> => Promise.reject(new Error('nobody asked yet')) }))
vi.mock('../feedAhead', () => ({ FEED: 'street', takeFirstPage: () => answers.page() }))
vi.mock('@/shared/realtime', async () => {
  const { ref } = await import('vue')
  return { connection: ref('idle'), realtime: { follow: () => () => undefined, resume: () => undefined } }
})

const mute = { hidden: false, scrollY: 0, addEventListener: () => undefined, removeEventListener: () => undefined }
vi.stubGlobal('document', mute)
vi.stubGlobal('window', mute)

const page = { items: [{ id: 'p1', seq: 7, text: '猫找着了', author: { id: 'm1' } }], seq: 7, next_cursor: '' } as unknown as FeedPage

beforeEach(async () => {
  setActivePinia(createPinia())
  await forgetAll()
})

describe('the feed', () => {
  it('is kept on the phone, and opens from there without a network, with its hour', async () => {
    const scope = effectScope()
    answers.page = () => Promise.resolve(page)
    const there = scope.run(() => useFeed())!
    await vi.waitFor(() => expect(there.posts.value).toHaveLength(1))
    expect(there.keptAt.value).toBe(0)
    await vi.waitFor(async () => expect(await recall('feed/street')).toBeDefined())

    answers.page = () => Promise.reject(new ApiError({ status: 0, code: 'offline' }))
    const away = scope.run(() => useFeed())!
    await vi.waitFor(() => expect(away.posts.value.map((post) => post.text)).toEqual(['猫找着了']))
    expect(away.keptAt.value).toBeGreaterThan(0)
    expect(away.error.value).toBeNull()
    scope.stop()
  })

  it('says what is wrong when it is not the network', async () => {
    const scope = effectScope()
    answers.page = () => Promise.reject(new ApiError({ status: 500, code: 'internal' }))
    const feed = scope.run(() => useFeed())!
    await vi.waitFor(() => expect(feed.error.value?.code).toBe('internal'))
    expect(feed.posts.value).toEqual([])
    scope.stop()
  })
})
