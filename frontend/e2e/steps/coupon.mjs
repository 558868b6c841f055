// Steps 4 to 6: a coupon of three stores, its way from the feed to the till, and the books.
import assert from 'node:assert/strict'
import { groupsOf } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'
import { digits } from './joining.mjs'

export async function signing({ owner, noodles, tea, li, caller, story }) {
  story.books = await books(story)
  await owner.tab('券').click()
  await owner.link('做一张新券').click()
  const field = (name) => owner.page.getByRole('textbox', { name })
  await field('叫什么').fill(story.coupon)
  for (const [name, value] of [['减多少，元', '10'], ['满多少能用，元', '50'], ['一共几张', '100']]) {
    await field(name).fill(value)
    await field(name).press('Tab')
  }
  for (const step of ['日子', '给谁', '谁出钱']) await owner.button(`下一步：${step}`).click()
  await invite(owner, '林家面馆', 15)
  await invite(owner, '清和茶馆', 15)
  await owner.says('每张出 7.00，差的都归你家')
  await owner.look('04-form')
  await owner.button('签字，请各家签').click()
  await owner.says('等面馆签字')
  await owner.says('等茶馆签字')
  await owner.look('04-signing')

  await li.tab('街').click()
  await li.button('跟街坊说点什么').waitFor()
  const appears = await li.watchFor(story.coupon)
  await sign(noodles, story)
  await sign(tea, story)
  await appears()
  await owner.says('正在发')
  await owner.look('04-live')
  assert.ok((await caller.get('/campaigns')).items.some((one) => one.title === story.coupon && one.state === 'live'))
}

async function invite(owner, store, percent) {
  await owner.button('再请一家').click()
  await owner.page.getByRole('dialog').getByRole('button', { name: store }).click()
  await owner.page.getByLabel(`${store}出几成`).fill(String(percent))
}

async function sign(partner, { coupon }) {
  await partner.link(`请你家签「${coupon}」`).click()
  await partner.button('签字，出 15%').click()
  await partner.button('签字，出 15%').waitFor({ state: 'detached' })
}

export async function redeeming({ li, clerk, coordinator, story }) {
  const ticket = li.page.locator('article', { hasText: story.coupon })
  await ticket.getByText('还剩 100 张').waitFor()
  await ticket.scrollIntoViewIfNeeded()
  await li.look('05-feed')
  await ticket.getByRole('button', { name: '领一张' }).click()
  await li.says('领到了')
  await ticket.getByText('还剩 99 张').waitFor()
  await li.tab('券').click()
  await li.button(`去用${story.coupon}`).click()
  story.couponCode = (await li.page.locator('.use-show .num').innerText()).trim()
  await li.look('05-use')
  await li.button('出示会员码').click()

  await clerk.link(/扫会员码/).click()
  await scan(clerk, await digits(li.page))
  await clerk.heading(story.li)
  await clerk.page.getByLabel('这一单多少钱').fill('68.00')
  await choose(clerk, story.coupon)
  const take = clerk.button(/收\s*58\.00\s*核销/)
  await take.waitFor()
  await clerk.look('05-bill')
  await take.click()
  await clerk.says('收了 58.00')
  await coordinator.says('核了一张布鞋的券')
  await clerk.look('05-done')

  await clerk.page.locator('.confirm').getByRole('button', { name: '下一位' }).click()
  await scan(clerk, story.couponCode)
  await clerk.page.getByRole('alert').filter({ hasText: /\d+ 月 \d+ 日 \d{1,2}:\d{2} 在林家面馆用过/ }).waitFor()
  await clerk.look('05-again')
}

export async function scan(clerk, code) {
  await clerk.page.getByLabel('会员码八个数字，或券码').fill(code.length === 8 ? `${code.slice(0, 4)} ${code.slice(4)}` : code)
  await clerk.button('看看是谁').click()
}

/** The till proposes the best combination; on this bill lies one coupon only. */
export async function choose(clerk, ...titles) {
  const rows = clerk.page.locator('.laid [role="checkbox"]:enabled')
  await rows.first().waitFor()
  for (const row of await rows.all()) {
    const wanted = titles.includes(await row.locator('b').innerText())
    if ((await row.getAttribute('aria-checked') === 'true') !== wanted) await row.click()
  }
}

const STORES = ['shoes', 'noodles', 'tea']

async function books({ keepers }) {
  const all = {}
  for (const slug of STORES) all[slug] = await groupsOf(keepers[slug].caller, keepers[slug].store)
  return all
}

export async function accounts({ owner, noodles, tea, story }) {
  const had = story.books
  const have = await until(async () => {
    const now = await books(story)
    return now.shoes.commission_in.sum !== had.shoes.commission_in.sum && now
  }, 'the redemption is in the books')
  const moved = (slug, kind) => have[slug][kind].sum - had[slug][kind].sum
  assert.equal(moved('noodles', 'coupon_in'), 850, 'two stores pay the noodle shop their shares')
  assert.equal(Math.abs(moved('shoes', 'coupon_out')), 700)
  assert.equal(Math.abs(moved('tea', 'coupon_out')), 150)
  assert.equal(moved('shoes', 'commission_in'), 116, 'two of a hundred of 58 yuan go to her door')
  assert.equal(Math.abs(moved('noodles', 'commission_out')), 116)
  assert.equal(moved('shoes', 'referral'), 200, 'the credit for bringing her is hers to count')
  assert.equal(moved('shoes', 'referral_pending'), -200)

  for (const [person, lines] of [[owner, ['+2.00', '+1.16', '−7.00']], [noodles, ['+7.00', '+1.50', '−1.16']], [tea, ['−1.50']]]) {
    await ledger(person, lines)
  }
  const audit = story.street.audit()
  assert.equal(audit.code, 0, audit.said)
  assert.match(audit.said, /everything balances/)
}

async function ledger(person, lines) {
  if (!await person.tab('账').isVisible()) await person.link('返回').click()
  await person.tab('账').click()
  for (const line of lines) await person.page.locator('details.entry', { hasText: line }).first().waitFor()
  await person.says('净得，加得上')
  await person.settled()
  await person.page.locator('details.entry').first().locator('summary').click()
  await person.look(`06-ledger-${person.name}`)
}
