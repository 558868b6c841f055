// The tea house makes a coupon from a template, with a budget and an audience; the noodle shop signs it, then signs other terms
// while it runs; and the results move while somebody takes one.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'

const TITLE = '茶和面联券'

export async function planned({ tea, noodles, story }) {
  await tea.tab('券').click()
  await tea.link('做一张新券').click()
  await tea.button(/^联店/).click()
  await tea.page.getByRole('textbox', { name: '叫什么' }).fill(TITLE)
  await off(tea, '0')
  await tea.look('plan-template')
  await tea.button('下一步：日子').click()
  await tea.button('下一步：给谁').click()
  await tea.page.getByLabel('和你家的交情').selectOption('micro')
  await tea.page.getByText(/今天有 \d+ 位能领/).waitFor()
  await tea.look('plan-audience')
  await tea.button('下一步：谁出钱').click()
  await tea.button('再请一家').click()
  await tea.page.getByRole('dialog').getByRole('button', { name: '林家面馆' }).click()
  await tea.page.getByLabel('林家面馆出几成').fill('30')
  await tea.look('plan-money')
  await refused(tea)
  await tea.button('签字，请各家签').click()
  await tea.says('等面馆签字')
  await signs(noodles)
  await tea.says('正在发')
  const { items } = await (await keeper(story)).get('/campaigns')
  story.plan = items.find((one) => one.title === TITLE)
  assert.deepEqual([story.plan.state, story.plan.off.amount], ['live', 990], 'to the fen')
}

const OFF = { name: '减多少，元' }
async function off(tea, yuan) {
  const field = tea.page.getByRole('textbox', OFF)
  await field.fill(yuan)
  await field.press('Tab')
}

/** What the server will not have brings the form back to its field, with the reason under it. */
async function refused(tea) {
  tea.expect(/answered: POST \S+\/campaigns 422/)
  await tea.button('签字，请各家签').click()
  const field = tea.page.getByRole('textbox', OFF)
  await field.and(tea.page.locator(':focus')).waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  const why = tea.page.locator(`[id="${await field.getAttribute('aria-describedby')}"]`)
  assert.equal(await why.textContent(), '减多少要大于 0')
  await why.and(tea.page.locator(':visible')).waitFor()
  await tea.look('plan-wrong')
  await off(tea, '9.9')
  for (const step of ['日子', '给谁', '谁出钱']) await tea.button(`下一步：${step}`).click()
}

const keeper = async (story) => {
  const caller = new Caller(story.base)
  const { staff } = await caller.enter('owner-tea')
  caller.store = staff[0].store.id
  return caller
}

async function signs(person) {
  await person.tab('券').click()
  await person.page.getByRole('link', { name: new RegExp(TITLE) }).first().click()
  await person.button('签字，出 30%').click()
  await person.button('签字，出 30%').waitFor({ state: 'detached' })
}

export async function changed({ tea, noodles, story }) {
  await tea.link('改条款').click()
  const stock = tea.page.getByRole('textbox', { name: '一共几张' })
  await stock.fill('120')
  await stock.press('Tab')
  for (const step of ['日子', '给谁', '谁出钱']) await tea.button(`下一步：${step}`).click()
  await tea.button('签字，请各家签').click()
  await tea.says('第 2 版等大家签')
  await noodles.says('张数：200 改成 120')
  await noodles.look('plan-version')
  await noodles.button('签字，出 30%').click()
  await tea.says('现在用的')
  const now = await (await keeper(story)).get(`/campaigns/${story.plan.id}`)
  assert.deepEqual([now.version, now.stock, now.remaining], [2, 120, 120])
}

/** The first of the demo's shoppers whom it is for takes one; the page of the tea house shows it without being asked. */
export async function taken({ tea, noodles, story }) {
  const { items } = await new Caller(story.base).get('/demo/people')
  for (const { key } of items.filter((one) => one.role === 'shopper')) {
    const member = new Caller(story.base)
    await member.enter(key)
    const { claimable } = await member.get(`/campaigns/${story.plan.id}`)
    if (!claimable.ok) continue
    await member.post(`/campaigns/${story.plan.id}/claims`)
    break
  }
  const counted = () => tea.page.locator('.outcome .quad > div').nth(1).locator('.num').textContent()
  await until(async () => (await counted()) === '1')
  await tea.look('plan-results')
  for (const one of [tea, noodles]) await one.go(one.page.url().replace(/\/coupons\/.*/, ''))
}
