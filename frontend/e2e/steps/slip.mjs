// What goes wrong at a counter: a code that was read wrongly, a piece of paper, a shop that takes a coupon no longer.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'

const field = (person) => person.page.locator('#till-code')

async function typed(person, code) {
  await field(person).fill(code)
  await field(person).press('Enter')
}

/** Another sign in the second group. */
const wrong = (code) => code.replace(/^(\S+ .)(.)/, (_, before, sign) => before + (sign === '7' ? '9' : '7'))

/** A coupon's code with one wrong sign: the till says where to look, and nothing typed is lost. */
export async function mistyped({ noodles, story }) {
  noodles.expect(/answered: POST \S+\/lookups (422|409)/)
  const { store } = story.offline.keepers.noodles
  const member = new Caller(story.base)
  await member.enter('shopper')
  const { items } = await member.get('/me/coupons')
  await noodles.go(`/m/${store}/scan`)
  await typed(noodles, wrong(items[0].code))
  await noodles.page.getByRole('alert').filter({ hasText: '看着是券码，第 2 组多半看错了一个' }).waitFor()
  assert.equal(await field(noodles).inputValue(), wrong(items[0].code))
  await noodles.look('slip-code')
  await typed(noodles, items[0].code)
  await noodles.heading('收钱')
}

/** Whether something lies above something else and touches it nowhere. */
const clearOf = async (person, upper, lower) => {
  const [above, below] = await Promise.all([upper, lower].map((one) => person.page.locator(one).boundingBox()))
  return above.y + above.height <= below.y
}

/** A printed code at the till makes room for the customer's, and its coupon is theirs. */
export async function brought({ friend, noodles, story }) {
  noodles.expect(/answered: POST \S+\/lookups 409/)
  const { caller, store } = story.offline.keepers.noodles
  await noodles.go(`/m/${store}/scan`)
  await typed(noodles, story.handed.second)
  await noodles.page.getByRole('status').filter({ hasText: '再扫顾客的会员码' }).waitFor()
  assert.equal(await field(noodles).inputValue(), '')
  await noodles.look('slip-paper')
  await friend.go('/coupons')
  const shown = await friend.page.locator('#card').getByText(/^\d{4} \d{4}$/).textContent()
  for (const digit of shown.replace(' ', '')) await noodles.page.locator('.pad').getByRole('button', { name: digit, exact: true }).click()
  await noodles.heading('收钱')
  await noodles.says('印的券归这位顾客了')
  assert.ok(await clearOf(noodles, '.toast', '.confirm'), 'a toast lies on no button')
  const { batches } = await caller.get(`/stores/${store}/campaigns/${story.handed.paper}/handing`)
  assert.equal(batches[0].taken, 2)
}

/** A partner leaves with notice: the issuer reads what follows, and who holds a coupon has a letter. */
export async function leaves({ noodles, tea, story }) {
  const { noodles: partner, tea: issuer } = story.offline.keepers
  await noodles.go(`/m/${partner.store}/coupons/${story.plan.id}`)
  await noodles.button('我家退出').click()
  await noodles.button(/^说好/).click()
  await noodles.says(/林家面馆做到/)
  await tea.go(`/m/${issuer.store}/coupons/${story.plan.id}`)
  await tea.says(/到那天先停发|往后新领的/)
  await tea.look('leave-issuer')
  const { items } = await tea.context.request.get(`${story.base}/api/v1/demo/people`).then((answer) => answer.json())
  const told = async () => {
    for (const { key } of items.filter((one) => one.role === 'shopper')) {
      const member = new Caller(story.base)
      await member.enter(key)
      if ((await member.get('/me/inbox')).items.some((one) => one.kind === 'coupon_store_leaves')) return true
    }
    return false
  }
  await until(told, 'who holds a coupon has a letter')
}
