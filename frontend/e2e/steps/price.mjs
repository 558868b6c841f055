// Two coupons on one bill at the noodle shop: the till proposes them, its slip tells each step; redeemed, and taken back.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { scan } from './coupon.mjs'

const yuan = (amount) => ({ amount, currency: 'CNY' })

/** The noodle shop makes a sum and a percentage that go together, and one that goes alone; a member takes all three. */
export async function stocked({ story }) {
  const shop = new Caller(story.base)
  const store = (await shop.enter('owner-noodles')).staff[0].store.id
  const { items: cast } = await new Caller(story.base).get('/demo/people')
  const member = new Caller(story.base)
  await member.enter(cast.filter((one) => one.role === 'shopper').at(-1).key)
  const at = (days) => new Date(Date.now() + days * 86_400_000).toISOString()
  const terms = { stock: 10, claim_from: at(-0.01), claim_until: at(5), valid_days: 9, min_spend: yuan(0) }
  for (const offer of [
    { title: '叠着用减五块', kind: 'amount', off: yuan(500), stackable: true, category: '叠减' },
    { title: '叠着用九折', kind: 'percent', percent_bps: 1000, cap: yuan(9000), stackable: true, category: '叠折' },
    { title: '独一份减三块', kind: 'amount', off: yuan(300) },
  ]) {
    const made = await shop.post(`/stores/${store}/campaigns`, { ...terms, ...offer })
    await shop.post(`/stores/${store}/campaigns/${made.id}/submit`)
    const mine = await member.post(`/campaigns/${made.id}/claims`)
    story.stackCode = mine.code
  }
  story.stack = { shop, store }
}

export async function stacked({ noodles, story }) {
  await noodles.tab('柜台').click()
  await noodles.link(/扫会员码/).click()
  await noodles.page.getByLabel('会员码八个数字，或券码').waitFor()
  await scan(noodles, story.stackCode)
  await noodles.page.getByLabel('这一单多少钱').fill('1000.00')
  const row = (title) => noodles.page.getByRole('checkbox', { name: title })
  await row('独一份减三块').and(noodles.page.locator('[aria-checked="true"]')).waitFor()
  await row('叠着用减五块').click()
  await noodles.says('不能一起用，换下了独一份减三块')
  await noodles.button('用最省的').click()
  const take = noodles.button(/^收.*核销$/)
  await take.waitFor()
  await noodles.says('按剩下的打折')
  await noodles.look('price-stack')
  await take.click()
  await noodles.says('核好，记在账里')
  await noodles.look('price-done')
  const [bill] = (await story.stack.shop.get(`/stores/${story.stack.store}/redemptions`)).items
  assert.ok(bill.steps.length >= 2, 'several coupons are on one bill')
  assert.equal(bill.steps.reduce((sum, step) => sum + step.off.amount, 0), bill.off.amount)
  assert.equal(bill.bill.amount - bill.off.amount, bill.to_pay.amount)
}

export async function undone({ noodles, story }) {
  await noodles.button('撤销这一单').click()
  await noodles.page.getByRole('dialog').getByRole('textbox').fill('点错了')
  await noodles.page.getByRole('dialog').getByRole('button', { name: '撤销这一单' }).click()
  await noodles.says('撤销了，券还给会员')
  const [bill] = (await story.stack.shop.get(`/stores/${story.stack.store}/redemptions`)).items
  assert.equal(bill.state, 'reversed')
  assert.ok(bill.coupons.every((one) => one.state === 'usable'), 'every coupon is back')
  await noodles.page.locator('.confirm').getByRole('button', { name: '下一位' }).click()
  await noodles.link('返回').click()
}
