// The story of coupons, on a street of its own: how they are made, signed, given out and ended.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/coupons.test.mjs        pictures of every step: e2e/out
import { tell } from './harness/story.mjs'
import { changed, planned, taken } from './steps/campaign.mjs'
import { ends } from './steps/ending.mjs'
import { gone } from './steps/gift.mjs'
import { earned, given, offered, printed, secret, sent } from './steps/handout.mjs'
import { open } from './steps/open.mjs'
import { asked, filed } from './steps/rest.mjs'
import { brought, leaves } from './steps/slip.mjs'
import { prepared } from './steps/till.mjs'

const steps = [
  ['the shops open', open],
  ['a coupon from a template, with a budget and an audience, is signed by two', planned],
  ['other terms are signed while it runs', changed],
  ['its results move while somebody takes one', taken],
  ['the results go into a file, with the figures of the screen', filed],
  ['a coupon of three shops is claimed', prepared],
  ['campaigns that are given out in other ways', offered],
  ['a gift that came to nothing says what became of it, and leads on', gone],
  ['a coupon goes to a friend, who joins by it', given],
  ['a shopper asks what works on a bill', asked],
  ['a printed code is good once', printed],
  ['a printed code at the till goes to the next customer', brought],
  ['a partner leaves with notice', leaves],
  ['a secret link has a coupon for whoever has it', secret],
  ['a coupon is sent to a customer', sent],
  ['coupons for coming, and for guessing right', earned],
  ['a campaign ends, after it was asked for once more', ends],
]

tell('coupons', { noodles: {}, tea: {}, li: {}, friend: {} }, steps)
