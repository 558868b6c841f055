// The story of the calendar, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/calendar.test.mjs        pictures of every step: e2e/out
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { film } from './harness/eyes.mjs'
import { DESKTOP, openBrowser, Person } from './harness/people.mjs'
import { play } from './harness/play.mjs'
import { openStreet } from './harness/server.mjs'
import { apart, planned, thanked, together } from './steps/door.mjs'
import { agreed, booked, kept, looked, moved, repeated } from './steps/market.mjs'

const WITHIN = 240_000

async function gather(street) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens, { fresh: false })
  const come = (name, how) => Person.come(browser, street.base, name, how)
  const cast = {
    lens, story: { base: street.base, street },
    tea: await come('tea'), li: await come('li'), coordinator: await come('coordinator', { size: DESKTOP }),
  }
  const people = Object.values(cast).filter((one) => one instanceof Person)
  return { cast, people, async leave() {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}

async function open(cast) {
  await cast.tea.be('店主 · 清和茶馆')
  await cast.li.be('李桂芳')
  await cast.coordinator.be('方若兰')
}

const steps = [
  ['the people come', open],
  ['a tasting is planned, and two neighbours sign up', planned],
  ['a phone at the door loses its network and goes on', apart],
  ['back on the network: each guest once, and the phone is told', together],
  ['after an event, thanks go to all who came', thanked],
  ['the coordinator sets on which days there is market', agreed],
  ['the tea house opens its door every market day', repeated],
  ['a neighbour signs up for one', booked],
  ['it is moved: one date alone, and who is told', moved],
  ['the neighbour is told, and comes all the same', kept],
  ['a day on the street, and what comes', looked],
]

test('calendar', { timeout: 2 * WITHIN }, async (t) => {
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
