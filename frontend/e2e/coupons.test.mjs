// The story of coupons, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/coupons.test.mjs        pictures of every step: e2e/out
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { film } from './harness/eyes.mjs'
import { openBrowser, Person } from './harness/people.mjs'
import { play } from './harness/play.mjs'
import { openStreet } from './harness/server.mjs'
import { changed, planned, taken } from './steps/campaign.mjs'
import { given, offered, printed, secret } from './steps/handout.mjs'
import { allotted, asked, filed } from './steps/rest.mjs'
import { stacked, stocked, undone } from './steps/price.mjs'
import { prepared, synced, unseen } from './steps/till.mjs'

const WITHIN = 240_000

async function gather(street) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens, { fresh: false })
  const come = (name) => Person.come(browser, street.base, name)
  const cast = { lens, story: { base: street.base, street }, noodles: await come('noodles'), tea: await come('tea'), li: await come('li'), friend: await come('friend') }
  const people = Object.values(cast).filter((one) => one instanceof Person)
  return { cast, people, async leave() {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}

async function open(cast) {
  await cast.noodles.be('店主 · 林家面馆')
  await cast.tea.be('店主 · 清和茶馆')
  await cast.li.be('李桂芳')
}

const steps = [
  ['the shops open', open],
  ['a coupon from a template, with a budget and an audience, is signed by two', planned],
  ['other terms are signed while it runs', changed],
  ['its results move while somebody takes one', taken],
  ['the results go into a file, with the figures of the screen', filed],
  ['coupons that go together are made and claimed', stocked],
  ['two on one bill: proposed, explained, redeemed', stacked],
  ['and taken back as a whole', undone],
  ['a coupon of three shops is claimed', prepared],
  ['two counters lose their network and redeem all the same', unseen],
  ['back on the network: booked once, and the second is told', synced],
  ['a manager sets how much a till has set aside', allotted],
  ['three campaigns that are given out in other ways', offered],
  ['a coupon goes to a friend, who joins by it', given],
  ['a shopper asks what works on a bill', asked],
  ['a printed code is good once', printed],
  ['a secret link has a coupon for whoever has it', secret],
]

test('coupons', { timeout: 2 * WITHIN }, async (t) => {
  const street = await openStreet()
  t.after(() => street.forget())
  const began = Date.now()
  const { cast, people, leave } = await gather(street)
  const well = await play(t, steps, cast, people, street)
  await leave()
  if (!well) process.stdout.write(`\nThe server's last words:\n${street.log()}\n`)
  t.diagnostic(`the story took ${Math.round((Date.now() - began) / 1000)} s`)
  assert.ok(Date.now() - began < WITHIN, `the story is to take less than ${WITHIN / 1000} s`)
})
