// The story of coupons, on a street of its own.
//
//	ONESTREET_BIN=…/bin/onestreet node --test e2e/coupons.test.mjs        pictures of every step: e2e/out
import { tell } from './harness/story.mjs'
import { changed, planned, taken } from './steps/campaign.mjs'
import { fast, slow } from './steps/clock.mjs'
import { ends } from './steps/ending.mjs'
import { gone } from './steps/gift.mjs'
import { given, offered, printed, secret } from './steps/handout.mjs'
import { allotted, asked, filed } from './steps/rest.mjs'
import { heard } from './steps/sound.mjs'
import { brought, leaves, mistyped } from './steps/slip.mjs'
import { stacked, stocked, undone } from './steps/price.mjs'
import { prepared, synced, unseen } from './steps/till.mjs'

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
  ['a member whose clock is slow is known at the counter, without a network too', slow],
  ['a till whose clock is wrong, and is set meanwhile, books at the true time', fast],
  ['a manager sets how much a till has set aside', allotted],
  ['three campaigns that are given out in other ways', offered],
  ['a gift that came to nothing says what became of it, and leads on', gone],
  ['a coupon goes to a friend, who joins by it', given],
  ['a shopper asks what works on a bill', asked],
  ['a printed code is good once', printed],
  ['a coupon code with a slip is told as one', mistyped],
  ['good and bad are told apart by ear and by hand', heard],
  ['a printed code at the till goes to the next customer', brought],
  ['a partner leaves with notice', leaves],
  ['a secret link has a coupon for whoever has it', secret],
  ['a campaign ends, after it was asked for once more', ends],
]

tell('coupons', { noodles: {}, tea: {}, li: {}, friend: {} }, steps)
