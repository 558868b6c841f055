// The story of the books, on a street of its own: shops that trust a ledger because each can check it. Each step stands on
// the one before. The last one bends a stored transfer by hand; whatever is to be played on honest books comes before it.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/books.test.mjs        pictures of every step: e2e/out
import { Caller } from './harness/api.mjs'
import { DESKTOP } from './harness/people.mjs'
import { tell } from './harness/story.mjs'
import { audited, takenAlong } from './steps/books.mjs'
import { contested, decided, objected } from './steps/objection.mjs'
import { bent, compared, sealed, undisturbed } from './steps/proof.mjs'
import { counted, disputed, paid } from './steps/settlement.mjs'

async function settle(cast, street) {
  cast.story.keepers = {}
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
  ['a line she reads stays open while the shop sells', undisturbed],
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

// Two shops that owe each other, a third, and the coordinator; and who looks into the books beside them.
tell('the books', { shoes: {}, noodles: {}, tea: {}, coordinator: { size: DESKTOP }, guest: {} }, steps)
