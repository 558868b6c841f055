// Two counters lose their network: the noodle shop takes two coupons all the same, the tea house takes one of the same. Back
// on the network both are in the books once, and the tea house is told.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'
import { scan } from './coupon.mjs'

const TITLE = '断网也认的券'
const yuan = (amount) => ({ amount, currency: 'CNY' })

/** A campaign of three shops, and two members with a coupon each. */
export async function prepared({ story }) {
  const keepers = {}
  for (const slug of ['shoes', 'noodles', 'tea']) {
    const caller = new Caller(story.base)
    keepers[slug] = { caller, store: (await caller.enter(`owner-${slug}`)).staff[0].store.id }
  }
  const now = Date.now()
  const at = (days) => new Date(now + days * 86_400_000).toISOString()
  const { caller, store } = keepers.shoes
  const made = await caller.post(`/stores/${store}/campaigns`, {
    title: TITLE, kind: 'amount', off: yuan(1000), min_spend: yuan(5000), stock: 100, per_member: 1, claim_from: at(-0.01), claim_until: at(10), valid_days: 30,
    partners: ['noodles', 'tea'].map((slug) => ({ store_id: keepers[slug].store, share_bps: 1500 })),
  })
  await caller.post(`/stores/${store}/campaigns/${made.id}/submit`)
  for (const slug of ['noodles', 'tea']) {
    await keepers[slug].caller.post(`/stores/${keepers[slug].store}/signatures/${made.id}`, { version: made.version, share_bps: 1500, decision: 'sign' })
  }
  story.codes = []
  const { items: cast } = await new Caller(story.base).get('/demo/people')
  for (const { key } of cast.filter((one) => one.role === 'shopper').slice(0, 2)) {
    const member = new Caller(story.base)
    await member.enter(key)
    story.codes.push((await member.post(`/campaigns/${made.id}/claims`)).offline_token)
  }
  story.offline = { keepers, campaign: made.id, before: await counted(keepers.noodles, made.id) }
}

const counted = async ({ caller, store }, campaign) => (await caller.get(`/stores/${store}/redemptions`)).items.filter((one) => one.coupon.campaign.id === campaign)

/** A phone becomes a till and opens the scanner, while there is a network. */
async function becomesTill(person, name) {
  await person.tab('店').click()
  await person.button('这台手机也算上').click()
  await person.page.getByLabel('叫什么').fill(name)
  await person.button('登记这台手机').click()
  await person.says('就是这台')
  await person.tab('柜台').click()
  await person.link(/扫会员码/).click()
  await person.page.getByLabel('会员码八个数字，或券码').waitFor()
}

export async function takes(person, code, { shot, after } = {}) {
  await person.page.getByLabel('扫码枪扫进来也行').fill(code)
  await person.button('看看这张券').click()
  await person.says('真券')
  await person.page.getByLabel('这一单多少钱').fill('68.00')
  if (shot) await person.look(shot)
  await person.button(/收\s*58\.00\s*先记下/).click()
  await person.says('记在这台手机上')
  await after?.()
  await person.page.locator('.confirm').getByRole('button', { name: '下一位' }).click()
}

/** A phone that is not registered says how it would have worked. */
async function unregistered(person, { store }) {
  person.expect(/^failed: /, /WebSocket/, /^console: .*ERR_INTERNET_DISCONNECTED/)
  await person.go(`/m/${store}/scan`)
  await person.context.setOffline(true)
  await scan(person, '12345678')
  await person.says('这台手机还没登记')
  await person.look('till-unregistered')
  await person.context.setOffline(false)
}

export async function unseen({ noodles, tea, story }) {
  await unregistered(noodles, story.offline.keepers.noodles)
  await noodles.go(`/m/${story.offline.keepers.noodles.store}`)
  await Promise.all([becomesTill(noodles, '前台手机'), becomesTill(tea, '柜台平板')])
  for (const person of [noodles, tea]) {
    person.expect(/^failed: /, /WebSocket/, /^console: .*ERR_INTERNET_DISCONNECTED/)
    await person.context.setOffline(true)
    await person.says('没网也能核')
  }
  await noodles.look('till-offline')
  await takes(noodles, story.codes[0], { shot: 'till-bill' })
  await noodles.page.reload() // the app and its log come from the phone
  await noodles.says('没网也能核')
  await noodles.page.getByLabel('没网时记的').getByRole('listitem').first().waitFor()
  await takes(noodles, story.codes[1])

  await noodles.page.getByLabel('扫码枪扫进来也行').fill(story.codes[0])
  await noodles.button('看看这张券').click()
  await noodles.page.getByRole('alert').filter({ hasText: '在这台手机上用过了' }).waitFor()
  await noodles.page.getByLabel('扫码枪扫进来也行').fill(story.codes[0].slice(0, -1) + (story.codes[0].endsWith('0') ? '1' : '0'))
  await noodles.button('看看这张券').click()
  await noodles.page.getByRole('alert').filter({ hasText: '不是我们街发的' }).waitFor()
  await noodles.look('till-waiting')
  await takes(tea, story.codes[0])
  await nextDay(tea)
}

/** What a phone may redeem was set aside for a day: the next one it says so, and keeps what it has taken. */
async function nextDay(person) {
  const { clock } = person.page
  await clock.setSystemTime(Date.now() + 86_400_000)
  await person.page.reload()
  await person.says('没网能核的名额是昨天的')
  await person.look('till-next-day')
  await clock.setSystemTime(Date.now())
  await person.page.reload()
  await person.says('没网也能核')
}

export async function synced({ noodles, tea, story }) {
  const { keepers, campaign } = story.offline
  await noodles.context.setOffline(false)
  await noodles.says('没网时的 2 笔，都记进账里了')
  await noodles.look('till-synced')
  await until(async () => (await counted(keepers.noodles, campaign)).length === 2, 'both are in the books')

  await tea.context.setOffline(false)
  await tea.says('有 1 笔没记上')
  await tea.page.getByText(/在林家面馆用过/).first().waitFor()
  await tea.look('till-conflict')
  assert.deepEqual(await counted(keepers.tea, campaign), [], 'nothing is posted for the second use')
  await tea.button('知道了').click()

  await tea.go(`/m/${keepers.tea.store}/redemptions`)
  await tea.heading('没网时没记上的')
  await tea.page.getByRole('button', { name: TITLE }).click()
  await tea.says('又拿来用，没算数')
  await tea.look('till-life')
  const audit = story.street.audit()
  assert.equal(audit.code, 0, audit.said)
}
