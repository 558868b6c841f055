// The story of the street's talk, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/feed.test.mjs        pictures of every step: e2e/out
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { film } from './harness/eyes.mjs'
import { openBrowser, Person } from './harness/people.mjs'
import { play } from './harness/play.mjs'
import { openStreet } from './harness/server.mjs'
import { begun, noticed, read, reported, said, searched } from './steps/feedlife.mjs'
import { lit, planned, taught } from './steps/lessons.mjs'

const WITHIN = 180_000

async function gather(street) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens, { fresh: false })
  const come = (name) => Person.come(browser, street.base, name)
  const cast = { story: { base: street.base, street }, noodles: await come('noodles'), li: await come('li'), tablet: await come('tablet'), wang: await come('wang'), boss: await come('boss') }
  const people = Object.values(cast).filter((one) => one instanceof Person)
  return { cast, people, async leave() {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}

async function open(cast) {
  await cast.noodles.be('店主 · 林家面馆')
  cast.noodles.store = new URL(cast.noodles.page.url()).pathname.split('/')[2]
  await cast.li.be('李桂芳')
  await cast.tablet.be('李桂芳')
  await cast.wang.be('王秀兰')
  await cast.boss.be('方若兰')
}

const steps = [
  ['the street opens', open],
  ['a post with a photo and a store is live, is answered, and calls a neighbour', said],
  ['what is new is counted, and read on every device', read],
  ['上海 is found inside a sentence', searched],
  ['the coordinator pins a notice, and takes it down', noticed],
  ['what was half written is there after the app was closed', begun],
  ['a report is decided', reported],
  ['a chef teaches in parts, and a neighbour reads on', taught],
  ['what staff drafted goes out when the owner says so', planned],
  ['the street is on a TV in the window', lit],
]

test('feed', { timeout: 2 * WITHIN }, async (t) => {
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
