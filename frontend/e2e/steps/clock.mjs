// Phones whose clocks are five minutes wrong: a member's, whose code turns every half minute, and a till's, which writes down when
// it took a coupon without a network. Both go by the server's clock; what comes into the books has the true time.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'
import { scan } from './coupon.mjs'
import { digits } from './joining.mjs'
import { takes } from './till.mjs'

const TITLE = '钟不准也认的券'
const MINUTE = 60_000
const DAY = 1440 * MINUTE
const yuan = (amount) => ({ amount, currency: 'CNY' })

/* Runs in the page before anything else: its clock is wrong by so many minutes, until it is set again, which lasts. */
function misset(minutes) {
  const True = Date
  let ahead = Number(sessionStorage.getItem('clock') ?? minutes) * 60_000
  globalThis.setClock = (by) => {
    sessionStorage.setItem('clock', by)
    ahead = by * 60_000
  }
  globalThis.Date = class extends True {
    constructor(...of) { super(...(of.length ? of : [True.now() + ahead])) }
    static now() { return True.now() + ahead }
  }
}

const sets = (person, minutes) => person.page.evaluate((by) => globalThis.setClock(by), minutes)

async function inHand({ base }, { caller, store }) {
  const at = (days) => new Date(Date.now() + days * DAY).toISOString()
  const { id } = await caller.post(`/stores/${store}/campaigns`, {
    title: TITLE, kind: 'amount', off: yuan(1000), min_spend: yuan(5000), stock: 100, per_member: 2, claim_from: at(-0.01), claim_until: at(10), valid_days: 30,
  })
  await caller.post(`/stores/${store}/campaigns/${id}/submit`)
  const member = new Caller(base)
  await member.enter('shopper')
  const claim = async () => (await member.post(`/campaigns/${id}/claims`)).offline_token
  return { id, codes: [await claim(), await claim()] }
}

/** A member's phone is five minutes slow and has no network, also after the app was opened anew: the counter reads its code. */
export async function slow({ li, noodles, story }) {
  li.expect(/^failed: /, /WebSocket/, /^console: .*ERR_INTERNET_DISCONNECTED/)
  await li.page.addInitScript(misset, -5)
  await li.go('/coupons')
  await digits(li.page)
  await li.page.evaluate(() => navigator.serviceWorker.ready.then(() => true))
  await li.context.setOffline(true)
  await li.page.reload()
  await li.says('没网也能用')
  await li.look('clock-card')
  await noodles.go(`/m/${story.offline.keepers.noodles.store}/scan`)
  await scan(noodles, await digits(li.page))
  await noodles.heading('李桂芳')
  await li.context.setOffline(false)
  await sets(li, 0)
}

/** A till's clock is five minutes fast, and is set five minutes slow while nobody can be asked. */
export async function fast({ tea, story }) {
  const keeper = story.offline.keepers.tea
  const { id, codes } = await inHand(story, keeper)
  await tea.page.addInitScript(misset, 5)
  await tea.go(`/m/${keeper.store}/scan`)
  await tea.page.getByLabel('会员码八个数字，或券码').waitFor()
  await until(async () => (await keeper.caller.get(`/stores/${keeper.store}/tills`)).items.some((till) => Math.abs(till.clock_ahead_ms - 5 * MINUTE) < 10_000), 'the server has measured the clock')
  await tea.context.setOffline(true)
  await tea.says('没网也能核')
  const taken = []
  for (const code of codes) {
    taken.push(Date.now())
    await takes(tea, code, { after: async () => assert.ok(await toldTime(tea, taken.at(-1)), 'the counter reads the true time') })
    await sets(tea, -5)
  }
  await tea.context.setOffline(false)
  await tea.says('没网时的 2 笔，都记进账里了')
  await tea.look('clock-synced')
  const booked = (await keeper.caller.get(`/stores/${keeper.store}/redemptions`)).items.filter((one) => one.coupon.campaign.id === id).map((one) => Date.parse(one.at)).reverse()
  assert.equal(booked.length, 2)
  booked.forEach((at, i) => assert.ok(Math.abs(at - taken[i]) < MINUTE, `booked ${(at - taken[i]) / 1000} s after it was taken`))
  await sets(tea, 0)
}

/** The time that the counter was told, against the moment before it, give or take a minute. */
async function toldTime(person, before) {
  const said = (await person.page.locator('.settled').innerText()).match(/(\d{1,2}):(\d{2})/)
  const moment = new Date(before + 8 * 60 * MINUTE)
  const off = Number(said[1]) * 60 + Number(said[2]) - moment.getUTCHours() * 60 - moment.getUTCMinutes()
  return [0, 1, -1439].includes(off)
}
