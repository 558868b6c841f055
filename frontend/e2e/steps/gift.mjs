// A friend opens a gift's link when it is too late: the page says what became of the gift, and where to go from there.
import assert from 'node:assert/strict'
import { Caller } from '../harness/api.mjs'
import { until } from '../harness/until.mjs'

const TITLE = '转不出去的券'
const DAY = 86_400_000
/** How long the one that expires lives: time to claim it and to give it away, also where two stories are told at once. */
const SHORT = 10_000
const yuan = (amount) => ({ amount, currency: 'CNY' })

const ENDS = {
  taken: '这张券已经有朋友收下了', back: '这张券收回去了', refused: '这张券没收下，退回去了', used: '这张券已经用掉了', expired: /这张券 .* 过期了/,
}

/** One coupon for each end that a gift can have, by their links. */
async function gifts({ story }) {
  const { caller: shop, store } = story.offline.keepers.noodles
  const [giver, other] = [new Caller(story.base), new Caller(story.base)]
  await giver.enter('shopper')
  await other.enter('shopper-2')
  const at = (ms) => new Date(ms).toISOString()
  const given = async (how) => {
    const made = await shop.post(`/stores/${store}/campaigns`, {
      title: TITLE, kind: 'amount', off: yuan(500), min_spend: yuan(0), stock: 30, per_member: 9, claim_from: at(Date.now() - 1000), claim_until: at(Date.now() + DAY), given: 'public', transferable: true, ...how,
    })
    await shop.post(`/stores/${store}/campaigns/${made.id}/submit`)
    const coupon = await giver.post(`/campaigns/${made.id}/claims`)
    const gift = await giver.post(`/me/coupons/${coupon.id}/gift`)
    return { coupon, gift, path: new URL(gift.url).pathname, link: `/coupon-links/${gift.url.split('/').at(-1)}` }
  }
  const long = { valid_days: 9 }
  const soon = Date.now() + SHORT
  const expired = await given({ claim_until: at(soon), valid_from: at(Date.now() - 5000), valid_until: at(soon) })
  const of = { taken: await given(long), back: await given(long), refused: await given(long), used: await given(long), expired: { ...expired, until: soon } }
  await other.post(`${of.taken.link}/claims`)
  await giver.post(`/me/gifts/${of.back.gift.id}/take-back`)
  await other.post(`${of.refused.link}/refusal`)
  await shop.post(`/stores/${store}/redemptions`, { code: of.used.coupon.code, bill: yuan(3000) })
  return of
}

/** A visitor comes in by the giver's door; a neighbour takes one of their own; the giver reads the same of each. */
export async function gone({ li, friend, story }) {
  friend.expect(/answered: GET \S+\/join\/\S+ 410/) // the door of a gift that has expired is shut
  const of = await gifts({ story })
  for (const [end, said] of Object.entries(ENDS)) {
    if (of[end].until) await until(() => Date.now() > of[end].until, 'it has expired', SHORT)
    for (const person of [friend, li]) {
      await person.go(of[end].path)
      await person.heading(said)
      assert.equal(await person.page.getByText(/前收下$/).count(), 0, `${end}: nothing says that it can still be taken`)
    }
  }
  await friend.go(of.back.path)
  await friend.says('同样的券街上还在发')
  await friend.look('gift-back')
  await friend.link('进街看看').click()
  await friend.page.getByLabel('手机号').waitFor()
  assert.match(new URL(friend.page.url()).pathname, /^\/j\//, 'by the door of the store in whose name the giver invites')
}
