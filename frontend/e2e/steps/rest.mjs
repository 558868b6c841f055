// A campaign's results go into a file, a shopper asks what works on a bill, and a manager sets how much a till has set aside.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'

const counter = async (story, slug) => {
  const caller = new Caller(story.base)
  return { caller, store: (await caller.enter(`owner-${slug}`)).staff[0].store.id }
}

/** The file has the figures of the screen, and no other store by itself. */
export async function filed({ tea, story }) {
  const { caller, store } = await counter(story, 'tea')
  await tea.go(`/m/${store}/coupons/${story.plan.id}`)
  const [file] = await Promise.all([tea.page.waitForEvent('download'), tea.button('存成 CSV').click()])
  const rows = readFileSync(await file.path(), 'utf8').split(/\r?\n/).map((line) => line.split(','))
  const shown = await caller.get(`/stores/${store}/campaigns/${story.plan.id}/results`)
  const total = rows.find(([by]) => by === '一共')
  assert.deepEqual(total.slice(2, 5).map(Number), [shown.seen, shown.claimed, shown.total.redeemed])
  assert.deepEqual(rows.filter(([by]) => by === '店').map(([, name]) => name === '别家合计'), [false, true])
  await tea.look('rest-results')
  await tea.go(`/m/${store}`)
}

/** The wallet tells what works at a shop for so much, and why the others do not. */
export async function asked({ li }) {
  await li.go('/coupons')
  await li.button('这单能用哪些').click()
  await li.page.getByLabel('在哪家').selectOption({ label: '林家面馆' })
  await li.page.getByLabel('这单多少钱').fill('30')
  await li.button('看看能省多少').click()
  await li.page.locator('.qualify-answer').getByRole('listitem').first().waitFor()
  await li.look('rest-qualify')
  await li.button('关上').click()
}

/** The manager sets another number for a till, and the server holds it. */
export async function allotted({ noodles, story }) {
  const { caller, store } = story.offline.keepers.noodles
  await noodles.go(`/m/${store}/store`)
  await noodles.button('备几次').first().click()
  const row = noodles.page.getByRole('dialog').getByRole('listitem').first()
  const field = row.getByRole('textbox')
  await field.fill('3')
  await field.press('Tab')
  await row.getByRole('button', { name: '就这样备' }).click()
  await row.getByText(/备着 3 次/).waitFor()
  await noodles.look('rest-allot')
  const tills = (await caller.get(`/stores/${store}/tills`)).items
  const aside = async () => (await Promise.all(tills.map(({ id }) => caller.get(`/stores/${store}/tills/${id}/allotments`)))).flatMap(({ items }) => items)
  await until(async () => (await aside()).some((one) => one.wanted === 3), 'three are set aside')
  await noodles.button('关上').click()
}
