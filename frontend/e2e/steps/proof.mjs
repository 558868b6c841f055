// The seal of the ledger: what an owner sees of it on her own phone, what two of them see together, and what all see when
// somebody has had a hand in it.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { Caller } from '../harness/api.mjs'
import { film, readCode } from '../harness/eyes.mjs'
import { numberIn, until } from '../harness/until.mjs'

const strip = (person) => person.page.locator('.strip')
const wordsOf = async (person) => (await strip(person).locator('.eight').innerText()).replace(/\s/g, '')
/** A line that lies under the seal. */
const sealedLine = (person) => person.page.locator('details.entry', { has: person.page.locator('.mark.is-sealed') }).first()

export async function sealed({ shoes, story }) {
  await shoes.tab('账').click()
  await shoes.says('整条街一本账，一张封条')
  story.words = await wordsOf(shoes)
  assert.match(story.words, /^\p{Script=Han}{8}$/u)
  await shoes.look('20-seal')
  await shoes.picture('seal')

  const { caller, store } = story.keepers.shoes
  const { size, day } = (await caller.get('/street/ledger/seal')).checkpoint
  assert.equal(numberIn((await strip(shoes).locator('.top b').innerText()).split('第')[1]), size)

  // Also on the first of a month there are sealed lines in the month of the evening before.
  const before = new Date(Date.parse(day) - 86_400_000).toISOString()
  await shoes.go(`/m/${store}/ledger?month=${before.slice(0, 7)}`)
  const line = sealedLine(shoes)
  await line.waitFor()
  await shoes.settled()
  await line.locator('summary').click()
  await line.locator('.proof').getByText('的封条相符').waitFor()
  story.seq = numberIn((await line.locator('.proof').innerText()).split('第')[1])
  await shoes.look('21-proof')
  await line.getByRole('button', { name: '看原始记录' }).click()
  const record = shoes.page.getByRole('dialog', { name: '原始记录' })
  assert.match(await record.locator('.prints dd').first().innerText(), /^[0-9a-f]{64}$/)
  await shoes.look('22-record')
  await record.getByRole('button', { name: '关上' }).click()

  await shoes.page.reload()
  await shoes.says('和上回看的是同一张')
}

export async function compared({ lens, shoes, noodles, story }) {
  await noodles.tab('账').click()
  await noodles.says('整条街一本账，一张封条')
  assert.equal(await wordsOf(noodles), story.words, 'both are told the same eight words')
  await shoes.button('对一对').click()
  film(lens, await readCode(shoes.page.locator('.seal-qr')))
  await noodles.button('对一对').click()
  const sheet = noodles.page.getByRole('dialog', { name: '和隔壁对一对' })
  await sheet.getByRole('button', { name: '扫隔壁的码' }).click()
  await sheet.getByText('一样。两家看的是同一本账。').waitFor()
  await noodles.look('23-compared')

  const spoken = sheet.getByLabel('隔壁念的八个字，或者封条码')
  const say = sheet.getByRole('button', { name: '对一对' })
  await spoken.fill(story.words)
  await say.click()
  await sheet.getByText('一样。两家看的是同一本账。').waitFor()
  await spoken.fill(story.words.slice(0, 7) + (story.words.endsWith('柳') ? '灯' : '柳'))
  await say.click()
  await sheet.getByText('八个字不一样').waitFor()
  film(lens, '')
}

/** Two coupons of the shop's own in a member's pocket. */
async function pocketed({ story }) {
  const { caller, store } = story.keepers.shoes
  const yuan = (amount) => ({ amount, currency: 'CNY' })
  const at = (hours) => new Date(Date.now() + hours * 3_600_000).toISOString()
  const made = await caller.post(`/stores/${store}/campaigns`, {
    title: '看账时用的券', kind: 'amount', off: yuan(500), min_spend: yuan(0), stock: 2, per_member: 2, claim_from: at(-0.1), claim_until: at(5), valid_days: 9,
  })
  await caller.post(`/stores/${store}/campaigns/${made.id}/submit`)
  const member = new Caller(story.base)
  await member.enter('shopper')
  const sell = async ({ code }) => caller.post(`/stores/${store}/redemptions`, { code, bill: yuan(3000) })
  return { sell, codes: [await member.post(`/campaigns/${made.id}/claims`), await member.post(`/campaigns/${made.id}/claims`)] }
}

/** She reads why a line is there, and the shop sells meanwhile: what it brings stands above, and her line stays open. */
export async function undisturbed({ shoes, story }) {
  const { sell, codes } = await pocketed({ story })
  const points = shoes.page.locator('#points details.entry')
  await sell(codes[0])
  await shoes.go(`/m/${story.keepers.shoes.store}/ledger`)
  await points.first().waitFor()
  await shoes.settled()
  const [before, line] = [await points.count(), await points.first().elementHandle()]
  await points.first().locator('summary').click()
  await points.first().locator('.proof').waitFor()
  await sell(codes[1])
  await until(async () => await points.count() > before, 'the sale has a line')
  assert.equal(await line.evaluate((box) => box.isConnected && box.open), true, 'the line she reads is as she left it')
}

/** Opens line after line until one says that it does not fit; null while none does, as when the list came anew meanwhile. */
async function brokenAmong(lines) {
  for (const one of await lines.all()) {
    if (!await one.evaluate((box) => box.open)) await one.locator('summary').click()
    const said = await one.locator('.proof').getByText(/相符|对不上|一起封/).first().innerText({ timeout: 4000 }).catch(() => '')
    if (said.includes('对不上')) return one
  }
  return null
}

export async function bent({ shoes, story }, street) {
  assert.equal(street.audit().code, 0, 'the books hold until then')
  const root = resolve(import.meta.dirname, '../../..')
  const run = spawnSync('go', ['run', './server/testkit/cmd/tamper', street.database, String(story.seq)], { cwd: root, encoding: 'utf8' })
  assert.equal(run.status, 0, run.stderr)

  await shoes.page.reload()
  await shoes.says('整条街一本账，一张封条')
  const line = await until(() => brokenAmong(shoes.page.locator('details.entry')), 'the line that was bent is on the page', 40_000)
  await line.locator('.proof.is-broken').waitFor()
  assert.equal(await line.locator('summary .mark').innerText(), '破')
  const alarm = shoes.page.getByRole('alert').filter({ hasText: '这本账对不上' })
  await alarm.waitFor()
  assert.ok((await alarm.innerText()).includes(story.seq.toLocaleString('en-US')), 'it says which line')
  const bar = shoes.page.locator('.alarm-bar')
  assert.ok(await bar.evaluate((box) => box.getBoundingClientRect().top >= 0 && box.getBoundingClientRect().bottom <= innerHeight), 'the alarm stands over whatever one reads')
  await shoes.look('24-broken')
  await bar.click()
  await shoes.shot('25-alarm')
  assert.equal(await shoes.page.evaluate(() => document.documentElement.scrollWidth), 390)

  const audit = street.audit()
  assert.equal(audit.code, 1, audit.said)
  assert.match(audit.said, new RegExp(`✗ ledger\\.transfers: .* seq ${story.seq} .*the row was changed`))
}
