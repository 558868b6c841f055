// A closed month, from the coordinator's page to the payer's and the payee's marks: what every screen, the file and the
// two ledgers say of it agrees to the fen.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Caller } from '../harness/api.mjs'
import { readWorkbook } from '../harness/readSheet.mjs'
import { until } from '../harness/until.mjs'

const MONTHS = ['一月', '二月', '三月', '四月', '五月', '六月', '七月', '八月', '九月', '十月', '十一月', '十二月']
const SHOES = '老北京布鞋'
const WHY = '有一笔佣金记在了我们头上，会员是饼铺的'
const yuan = (fen) => (Math.abs(fen) / 100).toLocaleString('en', { minimumFractionDigits: 2 })
/** "12.50" as a cell has it, in whole fen. */
const fenOf = (cell) => Math.round(Number(cell) * 100)
const statementOf = ({ keepers }, month) => keepers.shoes.caller.get(`/stores/${keepers.shoes.store}/settlements/${month}`)

/** The last month is closed; the shoe shop does not agree, the coordinator puts it right, the shoe shop confirms. */
export async function disputed(cast) {
  const { shoes, coordinator, head, story } = cast
  story.month = (await head.get('/alliance/settlements')).items[0].month
  story.monthName = MONTHS[Number(story.month.slice(5)) - 1]
  await coordinator.go('/a/settlement')
  await coordinator.heading('月底结算')
  await coordinator.look('30-months')
  await coordinator.page.locator('.months-list a', { hasText: story.monthName }).click()
  await coordinator.heading('各家对账单')

  await shoes.go(`/m/${story.keepers.shoes.store}/ledger`)
  await shoes.page.locator('.statement-card', { hasText: `${story.monthName}对账单` }).click()
  await shoes.heading(`${story.monthName}对账单`)
  await shoes.says('等你看')
  const st = await statementOf(story, story.month)
  assert.equal((await shoes.page.locator('.statement-net .num').innerText()), yuan(st.net.amount))
  await shoes.look('31-statement')
  await shoes.button('有异议').click()
  await shoes.page.getByRole('textbox', { name: '哪儿不对' }).fill(WHY)
  await shoes.button('交给协调人').click()
  await shoes.says('有异议，等协调人答复')

  await coordinator.page.reload()
  await answered(cast)
  await shoes.says('协调人答复了，等你看')
  await shoes.says('会员确实是饼铺的，补给你们')
  await shoes.look('32-answered')
  await shoes.button('对，我们确认').click()
  await shoes.says('已确认')
  assert.deepEqual(figures(await statementOf(story, story.month)), figures(st), 'the closed month is as it was')
}

const figures = ({ earned, owed, net, groups, from_seq, to_seq }) => ({ earned, owed, net, groups, from_seq, to_seq })

async function answered({ coordinator, story }) {
  const item = coordinator.page.locator('.sheet-item', { hasText: SHOES }).filter({ hasText: WHY })
  await item.getByText(WHY).waitFor()
  await item.getByRole('button', { name: '记一笔更正' }).click()
  const form = coordinator.page.getByRole('dialog', { name: `替${SHOES}记一笔更正` })
  await form.getByRole('textbox', { name: '多少元' }).fill('1.20')
  await form.getByRole('textbox', { name: '为什么' }).fill('会员确实是饼铺的，补给你们')
  await form.getByRole('button', { name: '记下更正' }).click()
  await coordinator.says('更正记下了')
  await item.getByRole('textbox', { name: `答复${SHOES}` }).fill('查过了，会员确实是饼铺的，补给你们')
  await item.getByRole('button', { name: '答复', exact: true }).click()
  await item.getByText('答复了，等店里看').waitFor()
  await coordinator.look('33-month')
  story.corrected = 120
}

/** The shoe shop and the other side record a payment; then it is in both ledgers, and in nobody's net. */
export async function paid({ shoes, coordinator, head, story }) {
  const { caller, store } = story.keepers.shoes
  const before = await statementOf(story, story.month)
  const due = before.due.find((one) => one.state === 'open')
  assert.ok(due, 'the shoe shop has something to pay or to receive')
  const running = await caller.get(`/stores/${store}/ledger`)
  assert.equal(running.groups.find((one) => one.kind === 'correction_in').amount.amount, story.corrected, 'a correction falls into the running month')

  const other = due.ours === 'payer' ? due.to : due.from
  const row = shoes.page.locator('.due', { hasText: yuan(due.amount.amount) }).first()
  await row.getByRole('button', { name: due.ours === 'payer' ? '记下：付了' : '记下：收到了' }).click()
  await row.getByText(due.ours === 'payer' ? '我们记了付' : '我们记了收').waitFor()
  if (other) await markFor(story, other, due)
  else await markForFund(coordinator, due, story)
  await row.getByText('两边都记了，清了').waitFor()
  await shoes.look('34-paid')

  const lines = await caller.get(`/stores/${store}/ledger/lines?kind=settled`)
  assert.equal(lines.items[0].amount.amount, due.ours === 'payer' ? due.amount.amount : -due.amount.amount)
  assert.equal((await caller.get(`/stores/${store}/ledger`)).net.amount, running.net.amount, 'paying earns and owes nothing')
  const seen = (await head.get(`/alliance/settlements/${story.month}`)).payments.find((one) => one.id === due.id)
  assert.equal(seen.state, 'settled')
}

/** The other store's owner records it on a phone of their own. */
async function markFor({ base }, other, due) {
  const owner = new Caller(base)
  const stores = (await owner.get('/street')).stores
  const phone = `17099${String(100 + stores.findIndex((one) => one.id === other.id)).padStart(6, '0')}`
  await owner.logIn(phone)
  await owner.post(`/stores/${other.id}/settlements/${due.month}/payments/${due.id}`, { given: true, note: '现金' })
}

async function markForFund(coordinator, due, story) {
  await coordinator.go(`/a/settlement/${story.month}`)
  const row = coordinator.page.locator('.pays li', { hasText: SHOES }).filter({ hasText: yuan(due.amount.amount) })
  await row.getByRole('button', { name: due.ours === 'payer' ? '联盟收到了' : '联盟付了' }).click()
  await row.getByText('两边都记了').waitFor()
}

/** The file and the pages hold the same figures, and every row of the books holds. */
export async function counted({ shoes, story }, street) {
  const { caller, store } = story.keepers.shoes
  const st = await statementOf(story, story.month)
  const waits = shoes.page.waitForEvent('download')
  await shoes.button('存成表格').click()
  const file = await waits
  assert.equal(file.suggestedFilename(), `shoes-${story.month}.xlsx`)
  const book = readWorkbook(readFileSync(await file.path()))
  assert.deepEqual(Object.keys(book), ['对账单', '账目'])
  const total = book['对账单'].find((row) => row[0] === '合计')
  assert.deepEqual([fenOf(total[2]), fenOf(total[3])], [st.earned.amount, st.owed.amount])
  assert.equal(fenOf(book['对账单'].find((row) => row[0]?.startsWith('净额'))[2]), st.net.amount)
  const lines = book['账目'].slice(1, -1)
  assert.equal(lines.reduce((sum, row) => sum + (row[5] ? fenOf(row[5]) : 0), 0), st.net.amount, 'the lines come to the net')
  const month = await caller.get(`/stores/${store}/ledger?month=${story.month}`)
  assert.deepEqual([month.earned.amount, month.owed.amount, month.net.amount], [st.earned.amount, st.owed.amount, st.net.amount], 'the ledger says what the statement says')

  await shoes.link('打印').click()
  await shoes.heading(`${story.month} 对账单`)
  await until(async () => (await shoes.page.locator('.paper-net .n').innerText()) === yuan(st.net.amount), 'the paper says the net')
  await shoes.look('35-paper')
  const audit = street.audit()
  assert.equal(audit.code, 0, audit.said)
  assert.match(audit.said, /settlement\.statements/)
  await shoes.go(`/m/${store}/ledger`)
}
