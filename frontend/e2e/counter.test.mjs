// The story of the counter, on a street of its own: how coupons are taken there, with a network and without.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/counter.test.mjs        pictures of every step: e2e/out
import { tell } from './harness/story.mjs'
import { fast, slow } from './steps/clock.mjs'
import { open } from './steps/open.mjs'
import { pieces, stacked, stocked, undone } from './steps/price.mjs'
import { allotted } from './steps/rest.mjs'
import { mistyped } from './steps/slip.mjs'
import { heard } from './steps/sound.mjs'
import { prepared, synced, unseen } from './steps/till.mjs'

const steps = [
  ['the shops open', open],
  ['coupons that go together are made and claimed', stocked],
  ['two on one bill: proposed, explained, redeemed', stacked],
  ['and taken back as a whole', undone],
  ['a bill told row by row, one piece of it free', pieces],
  ['a coupon of three shops is claimed', prepared],
  ['two counters lose their network and redeem all the same', unseen],
  ['back on the network: booked once, and the second is told', synced],
  ['a member whose clock is slow is known at the counter, without a network too', slow],
  ['a till whose clock is wrong, and is set meanwhile, books at the true time', fast],
  ['a manager sets how much a till has set aside', allotted],
  ['a coupon code with a slip is told as one', mistyped],
  ['good and bad are told apart by ear and by hand', heard],
]

tell('counter', { noodles: {}, tea: {}, li: {} }, steps)
