import 'fake-indexeddb/auto'
import { effectScope } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '../api/error'
import { forgetAll, keep, recall } from '../offline/kept'
import { useLoad } from './useLoad'

const offline = () => Promise.reject(new ApiError({ status: 0, code: 'offline' }))

beforeEach(forgetAll)

describe('a thing to fetch', () => {
  it('is kept on the phone, and shown from there when nobody answers', async () => {
    const scope = effectScope()
    const first = scope.run(() => useLoad(() => Promise.resolve({ number: 386 }), { kept: 'a1/card' }))!
    await vi.waitFor(() => expect(first.data.value).toEqual({ number: 386 }))
    expect(first.stale.value).toBe(false)
    await vi.waitFor(async () => expect(await recall('a1/card')).toBeDefined())

    const later = scope.run(() => useLoad<{ number: number }>(offline, { kept: 'a1/card' }))!
    await vi.waitFor(() => expect(later.error.value?.code).toBe('offline'))
    expect(later.data.value).toEqual({ number: 386 })
    expect(later.stale.value).toBe(true)
    scope.stop()
  })

  it('is fresh as soon as the answer is there, whatever was kept', async () => {
    await keep('a1/card', 'old')
    const scope = effectScope()
    const card = scope.run(() => useLoad(() => Promise.resolve('new'), { kept: 'a1/card' }))!
    await vi.waitFor(() => expect(card.loading.value).toBe(false))
    expect([card.data.value, card.stale.value]).toEqual(['new', false])
    scope.stop()
  })

  it('does not let an older answer overtake a newer one', async () => {
    const answers: ((value: string) => void)[] = []
    const scope = effectScope()
    const page = scope.run(() => useLoad(() => new Promise<string>((done) => { answers.push(done) })))!
    void page.reload()
    answers[1]!('second')
    answers[0]!('first')
    await vi.waitFor(() => expect(page.data.value).toBe('second'))
    expect(page.loading.value).toBe(false)
    scope.stop()
  })
})
