import { effectScope } from 'vue'
import { afterEach, expect, it, vi } from 'vitest'
import { api, ask, keyHeader } from '../api'
import { useAction } from './useAction'
import { errorText } from './useErrorText'
import { useList } from './useList'
import { useLoad } from './useLoad'

afterEach(() => { vi.unstubAllGlobals() })

it('what was done without an answer is loaded again and shown, wherever it was tapped', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ code: 'already_done', status: 409, detail: '…' }), { status: 409 })))
  const answers = { page: vi.fn<() => Promise<string>>(() => Promise.resolve('as it is')), list: vi.fn<() => Promise<{ items: string[] }>>(() => Promise.resolve({ items: ['as it is'] })), closed: vi.fn<() => Promise<string>>(() => Promise.resolve('')), left: vi.fn<() => Promise<string>>(() => Promise.resolve('')) }
  const left = effectScope()
  left.run(() => useLoad(answers.left))
  const scope = effectScope()
  const { tap, page, list } = scope.run(() => ({
    page: useLoad(answers.page), list: useList(answers.list), closed: useLoad(answers.closed, { immediate: false }),
    tap: useAction((key) => ask(api.POST('/campaigns/{campaign}/claims', { params: { path: { campaign: 'c' } }, headers: keyHeader(key) }))),
  }))!
  await vi.waitFor(() => { expect(list.first.value || page.loading.value).toBe(false) })
  left.stop()

  expect(await tap.run()).toBeUndefined()
  await vi.waitFor(() => { expect(list.first.value || page.loading.value).toBe(false) })
  expect(Object.values(answers).map((one) => one.mock.calls.length)).toEqual([2, 2, 0, 1])
  expect(list.items.value).toEqual(['as it is'])
  expect(errorText(tap.error.value!, (key) => key)).toBe('shared.error.done')
  scope.stop()
})
