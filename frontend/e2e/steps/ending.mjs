// A campaign ends: it is asked for once more, since it cannot be taken back. What was given out before goes on.
import assert from 'node:assert/strict'
import { until } from '../harness/until.mjs'

const TITLE = '群里才有的券'

export async function ends({ li, friend, noodles, story }) {
  const { caller, store } = story.offline.keepers.noodles
  const id = story.handed.secret
  const { link } = await caller.get(`/stores/${store}/campaigns/${id}/handing`)
  const state = async () => (await caller.get(`/campaigns/${id}`)).state
  const sheet = noodles.page.getByRole('dialog', { name: '不发了' })

  await noodles.go(`/m/${store}/coupons/${id}`)
  await noodles.page.locator('.turns').getByRole('button', { name: '不发了' }).click()
  await sheet.getByText('领了的照样能用').waitFor()
  await noodles.look('end-asked')
  await sheet.getByRole('button', { name: '关上' }).click()
  await sheet.waitFor({ state: 'detached' })
  await noodles.says('正在发')
  assert.equal(await state(), 'live', 'who thinks better of it has ended nothing')

  await noodles.page.locator('.turns').getByRole('button', { name: '不发了' }).click()
  await sheet.getByRole('button', { name: '说定了，不发了' }).click()
  await noodles.button('收起来').waitFor()
  assert.equal(await noodles.page.locator('.turns').getByRole('button', { name: '不发了' }).count(), 0, 'it ends once')
  await until(async () => (await state()) === 'ended', 'it has ended')
  await noodles.look('end-done')

  await li.go('/coupons')
  await li.button(`去用${TITLE}`).click()
  await li.page.getByRole('dialog').getByText(/^用到 /).waitFor()
  await friend.go(new URL(link.url).pathname)
  await friend.link('看看能领的券').waitFor()
  await friend.look('end-link')
}
