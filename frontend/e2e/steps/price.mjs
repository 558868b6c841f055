// Two coupons on one bill at the noodle shop: the till proposes them, its slip tells each step; redeemed, and taken back. One that
// looks at pieces, on a bill that is told row by row.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { scan } from './coupon.mjs'

const PIECES = '面买二送一'
const yuan = (amount) => ({ amount, currency: 'CNY' })

/** The noodle shop makes a sum and a percentage that go together, one by pieces and one that goes alone; a member takes all four. */
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
    { title: PIECES, kind: 'buy_x_get_y', buy: 2, get: 1, cap: yuan(3000), goods: '面' },
    { title: '独一份减三块', kind: 'amount', off: yuan(300) },
  ]) {
    const made = await shop.post(`/stores/${store}/campaigns`, { ...terms, ...offer })
    await shop.post(`/stores/${store}/campaigns/${made.id}/submit`)
    const mine = await member.post(`/campaigns/${made.id}/claims`)
    if (offer.title === PIECES) story.piecesCode = mine.code
    else story.stackCode = mine.code
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

/** Three bowls and a dish, row by row: the bill follows the rows, and one bowl is free. */
export async function pieces({ noodles, story }) {
  await noodles.link(/扫会员码/).click()
  await noodles.page.getByLabel('会员码八个数字，或券码').waitFor()
  await scan(noodles, story.piecesCode)
  await noodles.button('按件算的券，把单子分行写').click()
  const field = (row, what) => noodles.page.getByRole('textbox', { name: `第 ${row} 行，${what}` })
  await field(1, '一件多少钱').fill('18')
  await field(1, '几件').fill('3')
  await field(1, '几件').press('Tab')
  await field(1, '什么东西').fill('面')
  await noodles.button('再写一行').click()
  await field(2, '一件多少钱').fill('8')
  assert.equal(await noodles.page.getByLabel('这一单多少钱').inputValue(), '62.00')
  const take = noodles.button(/收\s*44\.00\s*核销/)
  await take.waitFor()
  await noodles.look('price-pieces')
  await take.click()
  await noodles.says('核好，记在账里')
  const [bill] = (await story.stack.shop.get(`/stores/${story.stack.store}/redemptions`)).items
  assert.deepEqual([bill.bill.amount, bill.off.amount, bill.to_pay.amount], [6200, 1800, 4400])
  await noodles.page.locator('.confirm').getByRole('button', { name: '下一位' }).click()
  await noodles.link('返回').click()
}
