// The street's story, told once in real browsers against the real server: what a shop owner, a shopper, a clerk and the
// coordinator do on one day. Each step stands on the one before; after a failure the rest is not tried.
//
//	ONESTREET_BIN=…/bin/onestreet npm run e2e        pictures of every step: e2e/out
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Caller } from './harness/api.mjs'
import { film } from './harness/eyes.mjs'
import { layLine } from './harness/line.mjs'
import { DESKTOP, openBrowser, Person } from './harness/people.mjs'
import { play } from './harness/play.mjs'
import { openStreet } from './harness/server.mjs'
import { accounts, redeeming, signing } from './steps/coupon.mjs'
import { tasting } from './steps/event.mjs'
import { away, talk } from './steps/feed.mjs'
import { joining, poster } from './steps/joining.mjs'
import { leaving } from './steps/leaving.mjs'
import { notebook } from './steps/notebook.mjs'
import { figures, overview } from './steps/overview.mjs'
import { mainScreens } from './steps/screens.mjs'

const WITHIN = 240_000

/** Everybody in the story. `helper` is the shoe shop's clerk, `clerk` the noodle shop's. */
async function gather(street) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens)
  const line = await layLine()
  const come = (name, how) => Person.come(browser, street.base, name, how)
  const cast = {
    lens, line, owner: await come('owner'), helper: await come('helper'), li: await come('li'), wang: await come('wang', { line: line.address }),
    noodles: await come('noodles'), clerk: await come('clerk'), tea: await come('tea'), coordinator: await come('coordinator', { size: DESKTOP }),
    story: { base: street.base, street, li: '李若溪', wang: '王石桥', coupon: '热汤面配好茶', event: '明前茶会' },
  }
  const people = Object.values(cast).filter((one) => one instanceof Person)
  return { cast, people, async leave() {
    await browser.close()
    await line.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}

/** Those who work on the street come in: the demo's people, one tap each; and who looks into the books beside them. */
async function settle(cast, street) {
  const { story } = cast
  await cast.noodles.be('店主 · 林家面馆')
  await cast.clerk.be('店员 · 林家面馆')
  await cast.tea.be('店主 · 清和茶馆')
  await cast.coordinator.be('协调人')
  await cast.coordinator.says('今天到店')
  await cast.helper.go('/login')
  await cast.helper.typeIn('17099000200')
  await cast.helper.page.waitForURL(/\/m\//)
  story.keepers = {}
  for (const slug of ['shoes', 'noodles', 'tea']) {
    const caller = new Caller(street.base)
    const me = await caller.enter(`owner-${slug}`)
    story.keepers[slug] = { caller, store: me.staff[0].store.id }
  }
  cast.caller = story.keepers.shoes.caller
  cast.head = new Caller(street.base)
  await cast.head.enter('coordinator')
  story.began = await figures(cast.coordinator)
}

const steps = [
  ['people of the demo come in by one tap', settle],
  ['1 the owner logs in and opens the poster', poster],
  ['2 a shopper scans it and is a member; a credit is pending', joining],
  ['3 the old notebook comes in, once', notebook],
  ['4 a coupon of three stores is signed and starts', signing],
  ['5 it appears in the feed, is claimed and redeemed once', redeeming],
  ['6 the books balance, each store sees its lines', accounts],
  ['7 a tasting for twenty, the calendar, the door', tasting],
  ['8 talk reaches every screen within a second', talk],
  ['8 who was away sees what was missed, in order', away],
  ['9 the overview counted all of it, live', overview],
  ['10 she takes what is hers and leaves; the books stand', leaving],
  ['every main screen stands up to axe', mainScreens],
]

test('the street opens', { timeout: 2 * WITHIN }, async (t) => {
  const began = Date.now()
  const street = await openStreet()
  t.after(() => street.forget())
  const open = Date.now()
  t.diagnostic(`the demo street is open after ${open - began} ms`)
  const { cast, people, leave } = await gather(street)
  const well = await play(t, steps, cast, people, street)
  await t.test('the main screens were looked at', () => { assert.ok(!well || Person.looks.length > 30) })
  await leave()
  if (!well) process.stdout.write(`\nThe server's last words:\n${street.log()}\n`)
  t.diagnostic(`the story took ${Math.round((Date.now() - open) / 1000)} s, with the demo's beginning ${Math.round((Date.now() - began) / 1000)} s`)
  assert.ok(Date.now() - open < WITHIN, `the story is to take less than ${WITHIN / 1000} s`)
})
