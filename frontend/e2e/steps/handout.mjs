// Coupons that come by another way than the street's list: from a friend by a link, off a piece of paper, by a shop's
// secret link, sent to a customer, for coming to the shop, and as a prize.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readCode } from '../harness/eyes.mjs'
import { until } from '../harness/until.mjs'
import { scan } from './coupon.mjs'
import { digits, named } from './joining.mjs'

const GIFT = '送得出去的券'
const PAPER = '校门口的纸券'
const SECRET = '群里才有的券'
const SENT = '给老主顾的券'
const CAME = '来了就有的券'
const PRIZE = '猜中了才有的券'
const FRIEND = '17099900011'
const DAY = 86_400_000
const yuan = (amount) => ({ amount, currency: 'CNY' })

/** Campaigns of the noodle shop, each given out in its own way. */
export async function offered({ story }) {
  const { caller, store } = story.offline.keepers.noodles
  const at = (days) => new Date(Date.now() + days * DAY).toISOString()
  const offer = async (title, how) => {
    const made = await caller.post(`/stores/${store}/campaigns`, {
      title, kind: 'amount', off: yuan(500), min_spend: yuan(2000), stock: 30, per_member: 1, claim_from: at(-0.01), claim_until: at(10), valid_days: 30, ...how,
    })
    await caller.post(`/stores/${store}/campaigns/${made.id}/submit`)
    return made.id
  }
  const gift = await offer(GIFT, { given: 'public', transferable: true })
  story.handed = { gift, paper: await offer(PAPER, { given: 'printed' }), secret: await offer(SECRET, { given: 'link' }), sent: await offer(SENT, { given: 'public' }) }
  await offer(CAME, { given: 'event', trigger: { kind: 'visited', store_id: store } })
  await offer(PRIZE, { given: 'prize' })
}

const ticket = (person, title) => person.page.locator('.ticket', { hasText: title })

/** A member gives a coupon to a friend, who is new to the street: she joins by it and has it, and the giver's wallet says so. */
export async function given({ li, friend, noodles, story }) {
  await li.go('/coupons?show=claim')
  await li.page.locator('div', { has: ticket(li, GIFT) }).last().getByText('领后 30 天内能用').waitFor()
  await ticket(li, GIFT).getByRole('button').click()
  await li.says('领到了')
  await li.go('/coupons')
  await li.button(`去用${GIFT}`).click()
  await li.button('送给朋友').click()
  await li.button('做一个送券的链接').click()
  await li.says('等朋友收下')
  await li.look('gift-link')
  const link = await readCode(li.page.getByRole('img', { name: '朋友扫一扫也行' }))
  assert.match(link, new RegExp(`^${story.base}/c/[0-9A-Za-z-]+$`))

  await friend.go(link)
  await friend.heading(/送您一张券/)
  await friend.look('gift-door')
  await friend.typeIn(FRIEND)
  await friend.heading('收好了，在券夹里')
  await friend.look('gift-taken')
  await friend.link('去券夹看看').click()
  await friend.button(`去用${GIFT}`).click()
  await friend.button('出示会员码').waitFor()
  assert.equal(await friend.button('送给朋友').count(), 0, 'a gift goes no further')

  await li.go('/coupons')
  await li.button(/^用过的/).click()
  await ticket(li, GIFT).getByText(/^送给.*了$/).waitFor()
  await li.look('gift-gone')
  await noodles.go(`/m/${story.offline.keepers.noodles.store}/coupons/${story.handed.gift}`)
  await noodles.page.locator('.handing-counts li', { hasText: '朋友转送的' }).getByText('1', { exact: true }).waitFor()
}

/** Codes are printed; one of them is typed into a wallet, and is nobody else's from then on. */
export async function printed({ li, friend, noodles, story }) {
  const { caller, store } = story.offline.keepers.noodles
  await noodles.go(`/m/${store}/coupons/${story.handed.paper}`)
  await noodles.button('印券码').click()
  await noodles.page.getByLabel('用在哪儿').fill('校门口传单')
  await noodles.button('印 30 张').click()
  await noodles.says('30 张，领了 0 张')
  await noodles.look('paper-printed')
  await noodles.link('打印').click()
  const card = noodles.page.getByRole('img', { name: '3 号券码', exact: true })
  await card.waitFor()
  const phone = noodles.page.viewportSize()
  await noodles.page.setViewportSize({ width: 1024, height: 844 })
  assert.equal(await noodles.page.locator('.cards-sheet').count(), 3)
  await noodles.look('paper-sheet')
  const letters = (await noodles.page.locator('.cards-sheet code').nth(2).textContent()).replaceAll(' ', '')
  assert.equal(await readCode(card), `${story.base}/c/${letters}`)
  await noodles.page.setViewportSize(phone)
  await noodles.page.goBack()
  const coming = noodles.page.waitForEvent('download')
  await noodles.button('表格').click()
  const [code, second] = await codesIn(await coming)
  story.handed.second = second

  await type(li, code)
  await li.says(`领到了：${PAPER}`)
  await li.button(`去用${PAPER}`).waitFor()
  friend.expect(/answered: POST \S+\/me\/coupon-codes 410/)
  await type(friend, code)
  await friend.page.getByRole('alert').filter({ hasText: '一张纸只能领一回' }).waitFor()
  await friend.look('paper-second')
  const { batches } = await caller.get(`/stores/${store}/campaigns/${story.handed.paper}/handing`)
  assert.equal(batches[0].taken, 1)
}

/** The codes of the table that a printer's software would read. */
async function codesIn(file) {
  const [, ...rows] = readFileSync(await file.path(), 'utf8').trim().split('\n')
  return rows.map((row) => row.split(',')[1])
}

async function type(person, code) {
  await person.go('/coupons')
  await person.button('输入券码').click()
  await person.page.getByLabel('券码', { exact: true }).fill(code.toLowerCase())
  await person.button('领这张券').click()
}

/** A shop makes a secret link; whoever has it takes a coupon, once. */
export async function secret({ li, noodles, story }) {
  const { caller, store } = story.offline.keepers.noodles
  await noodles.go(`/m/${store}/coupons/${story.handed.secret}`)
  await noodles.button('做一个链接').click()
  const shown = noodles.page.getByRole('img', { name: '领券的二维码' })
  await shown.waitFor()
  await noodles.look('secret-link')
  const link = await readCode(shown)
  assert.match(link, new RegExp(`^${story.base}/c/[0-9A-Za-z-]+$`))

  await li.go(link)
  await li.heading('林家面馆给您一张券')
  await li.says('领后 30 天内能用')
  await li.look('secret-door')
  await li.button('收下这张券').click()
  await li.heading('收好了，在券夹里')
  await li.go(link)
  await li.says('这张券已经在您的券夹里了')
  await until(async () => (await caller.get(`/stores/${store}/campaigns/${story.handed.secret}/handing`)).link.claimed === 1, 'the link counts its claim')
}

/** What anybody may take, a shop may also send: to a customer of its own, in whose wallet it lies. */
export async function sent({ li, noodles, story }) {
  const { caller, store } = story.offline.keepers.noodles
  // the shop may have a name of its own for her
  const { items: [she] } = await caller.get(`/stores/${store}/customers?state=member&q=${encodeURIComponent('李桂芳')}`)
  await noodles.go(`/m/${store}/coupons/${story.handed.sent}`)
  await noodles.link('发给顾客').click()
  await noodles.page.getByRole('radio', { name: '挑几位' }).check()
  await noodles.page.getByLabel('找名字、标签').fill('李桂芳')
  await noodles.page.getByRole('checkbox', { name: she.name }).check()
  await noodles.look('send-one')
  await noodles.button('发给 1 位').click()
  await noodles.says('发到 1 位')
  await li.go('/coupons')
  await li.button(`去用${SENT}`).waitFor()
}

/** Whoever comes to the shop has a coupon by that; who guesses right there is handed another. */
export async function earned({ friend, noodles, story }) {
  const { store } = story.offline.keepers.noodles
  await friend.go('/')
  await named(friend, '沈小岚')
  await friend.go('/coupons')
  await noodles.go(`/m/${store}/scan`)
  await scan(noodles, await digits(friend.page))
  await noodles.button('没买东西，只记到店').click()
  await friend.button(`去用${CAME}`).waitFor()

  await noodles.go(`/m/${store}/customers?q=沈小岚`)
  const sheet = noodles.page.getByRole('dialog')
  await sheet.getByRole('button', { name: '给一张奖券' }).click()
  await sheet.getByRole('radio', { name: PRIZE }).check()
  await sheet.getByLabel('为什么给').fill('猜中了汤里有几颗八角')
  await noodles.look('prize')
  await sheet.getByRole('button', { name: '给出去' }).click()
  await noodles.says('给了，在顾客的券夹里')
  await friend.button(`去用${PRIZE}`).waitFor()
  await friend.go('/inbox')
  await friend.says('猜中了汤里有几颗八角')
}
