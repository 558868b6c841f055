import { expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { ApiError } from '../api/error'

const answers = vi.hoisted(() => ({ next: [] as (ApiError | { id: string })[] }))
vi.mock('../api', async () => ({
  ...(await import('../api/error')), ...(await import('../api/idempotency')), fileForm: () => new FormData(), keyHeader: () => ({}),
  upload: () => { const next = answers.next.shift() ?? { id: 'p' }; return next instanceof ApiError ? Promise.reject(next) : Promise.resolve(next) },
}))

const file = (size = 1) => new File([new Uint8Array(size)], 'a.jpg', { type: 'image/jpeg' })
const settled = () => new Promise((done) => { setTimeout(done) })

async function photos() {
  const { usePhotos } = await import('./usePhotos')
  return effectScope().run(() => usePhotos())!
}

it('takes nine of twenty-one and says how many found no room', async () => {
  const all = await photos()
  all.add(Array.from({ length: 21 }, () => file()))
  await settled()
  expect([all.ids.value.length, all.left.value, all.room.value]).toEqual([9, 12, 0])
  all.remove(all.uploads.value[0]!.id)
  expect([all.left.value, all.room.value]).toEqual([0, 1])
})

it('tries again what may still come through, and only that', async () => {
  const all = await photos()
  answers.next = [new ApiError({ status: 0, code: 'offline' }), new ApiError({ status: 422, code: 'not_an_image' })]
  all.add([file(), file()])
  await settled()
  expect(all.uploads.value.map(all.hopeful)).toEqual([true, false])
  all.retry()
  await settled()
  expect(all.ids.value).toEqual(['p'])
  expect(all.failed.value?.code).toBe('not_an_image')
})

it('does not send what the server would not take', async () => {
  const all = await photos()
  all.add([file(10 * 1024 * 1024 + 1)])
  await settled()
  expect(all.failed.value?.status).toBe(413)
})
