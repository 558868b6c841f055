// What a counter hears and feels: a coupon that is good and one that is not are told apart without a look at the screen.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { film } from '../harness/eyes.mjs'
import { until } from '../harness/until.mjs'

const WORKED = { tones: ['sine 880', 'sine 1320'], buzz: '40' }
const REFUSED = { tones: ['square 196'], buzz: '90,60,90' }

/* Runs in the page, before anything else: writes down every tone that can be heard and every buzz. The rule that a page may not
   sound before it was tapped is kept here, since a driven browser takes every question of its driver for a tap. */
function listen() {
  const heard = { tones: [], buzzes: [] }
  let tapped = false
  globalThis.heard = heard
  addEventListener('pointerup', () => { tapped = true }, { capture: true })
  globalThis.AudioContext = class extends AudioContext {
    constructor() {
      super()
      if (!tapped) void super.suspend()
    }
    resume() { return tapped ? super.resume() : new Promise(() => {}) }
  }
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function begin(...at) {
    const said = () => { if (this.context.state === 'running') heard.tones.push(`${this.type} ${Math.round(this.frequency.value)}`) }
    said()
    if (this.context.state !== 'running') this.context.addEventListener('statechange', said)
    start.apply(this, at)
  }
  navigator.vibrate = (pattern) => {
    heard.buzzes.push(String(pattern))
    return true
  }
}

/** What was heard since it was asked last; the ticks of the keys are left out. */
const heardIn = (page) => page.evaluate(() => {
  const { tones, buzzes } = globalThis.heard
  return { tones: tones.splice(0), buzz: buzzes.splice(0).filter((one) => one !== '12').join('') }
})

async function hears(page, wanted) {
  const all = { tones: [], buzz: '' }
  await until(async () => {
    const { tones, buzz } = await heardIn(page)
    all.tones.push(...tones)
    all.buzz += buzz
    return all.tones.length >= wanted.tones.length && all.buzz.length >= wanted.buzz.length
  }, `heard ${JSON.stringify(all)} instead of ${JSON.stringify(wanted)}`)
  assert.deepEqual(all, wanted)
}

/** A coupon of the member's that the noodle shop takes. */
async function goodAt({ base }, store) {
  const member = new Caller(base)
  await member.enter('shopper')
  const { items } = await member.get('/me/coupons')
  const good = items.find((one) => one.campaign.stores.some(({ id }) => id === store) && Date.parse(one.valid_from) < Date.now())
  return good.code.replaceAll(' ', '')
}

/** On a tab of its own that nobody has tapped yet. */
export async function heard({ noodles, lens, story }) {
  const { store } = story.offline.keepers.noodles
  const good = await goodAt(story, store)
  const page = await noodles.context.newPage()
  await page.addInitScript(listen)
  const button = (name) => page.getByRole('button', { name })
  const field = page.getByLabel('会员码八个数字，或券码')
  const types = async (code) => {
    await field.fill(code)
    await field.press('Enter')
  }
  /** The camera is off at the bill; it opens on another picture. */
  const next = async (picture) => {
    await page.getByRole('heading', { name: '收钱' }).waitFor()
    film(lens, picture)
    await button('下一位').first().click()
    await field.waitFor()
  }

  film(lens, good)
  await page.goto(`/m/${store}/scan`)
  await next('AAAAAAAAAAAA')
  await hears(page, { tones: REFUSED.tones, buzz: WORKED.buzz + REFUSED.buzz }) // nothing to be heard before the first tap, nothing of it later
  await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  await types(good)
  await hears(page, WORKED)
  await next('')

  await button('声音开着').click()
  await types(good)
  await hears(page, { tones: [], buzz: WORKED.buzz })
  await next('')
  await button('声音关了').click()
  await hears(page, WORKED)
  await page.close()
}
