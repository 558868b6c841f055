// The story of the books, on a street of its own: shops that trust a ledger because each can check it. Each step stands on
// the one before. The last one bends a stored transfer by hand; whatever is to be played on honest books comes before it.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/books.test.mjs        pictures of every step: e2e/out
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Caller } from './harness/api.mjs'
import { film } from './harness/eyes.mjs'
import { DESKTOP, openBrowser, Person } from './harness/people.mjs'
import { play } from './harness/play.mjs'
import { openStreet } from './harness/server.mjs'
import { audited, takenAlong } from './steps/books.mjs'
import { contested, decided, objected } from './steps/objection.mjs'
import { bent, compared, sealed } from './steps/proof.mjs'
import { counted, disputed, paid } from './steps/settlement.mjs'

const WITHIN = 240_000

/** Two shops that owe each other, a third, and the coordinator; and who looks into the books beside them. */
async function gather(street) {
  const scratch = mkdtempSync(join(tmpdir(), 'onestreet-film-'))
  const lens = join(scratch, 'lens.y4m')
  film(lens, '')
  const browser = await openBrowser(lens, { fresh: false })
  const come = (name, how) => Person.come(browser, street.base, name, how)
  const cast = {
    lens, story: { base: street.base, street, keepers: {} },
    shoes: await come('shoes'), noodles: await come('noodles'), tea: await come('tea'), coordinator: await come('head', { size: DESKTOP }), guest: await come('guest'),
  }
  const people = Object.values(cast).filter((one) => one instanceof Person)
  return { cast, people, async leave() {
    await browser.close()
    rmSync(scratch, { recursive: true, force: true })
  } }
}

async function settle(cast, street) {
  await cast.shoes.be('店主 · 老北京布鞋')
  await cast.noodles.be('店主 · 林家面馆')
  await cast.tea.be('店主 · 清和茶馆')
  await cast.coordinator.be('协调人')
  for (const slug of ['shoes', 'noodles', 'tea']) {
    const caller = new Caller(street.base)
    const me = await caller.enter(`owner-${slug}`)
    cast.story.keepers[slug] = { caller, store: me.staff[0].store.id }
  }
  cast.head = new Caller(street.base)
  await cast.head.enter('coordinator')
  cast.story.head = cast.head
}

const steps = [
  ['the shops open their books', settle],
  ['the ledger is sealed, and her own phone verifies a line', sealed],
  ['two shops compare their seals', compared],
  ['a closed month is disputed, answered with a correction, confirmed', disputed],
  ['a payment is recorded by both sides, once in the ledger', paid],
  ['the file, the paper and the ledger agree to the fen', counted],
  ['a neighbour whom two shops invited joins', contested],
  ['the one objects, the other answers', objected],
  ['the coordinator decides; both ledgers tell it', decided],
  ['the coordinator audits, and everything holds', audited],
  ['the books are taken along and hold without the server', takenAlong],
  ['one byte is changed by hand: the browser refuses, the audit names it', bent],
]

test('the books', { timeout: 2 * WITHIN }, async (t) => {
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
