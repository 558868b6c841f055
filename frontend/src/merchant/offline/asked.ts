// A redemption that was asked for and got no answer: whether it is in the books nobody at the counter knows. It stays on the
// phone with its key and is asked for again until the answer is there, so it is done once, whatever the clerk does meanwhile.
import { api, ask, asApiError, keyHeader, type NewRedemption, type Redemption } from '@/shared/api'
import { dropAsked, keepAsked } from './shelf'

export interface Asked {
  key: string
  store: string
  /** The account that asked: a key is its own. */
  by: string
  body: NewRedemption
  /** What the counter was to take, and when it asked (ms). */
  toPay: number
  at: number
}

/** Asks, under its key; without an answer it stays on the phone. */
export async function redeem(asked: Asked): Promise<Redemption> {
  try {
    const receipt = await ask(api.POST('/stores/{store}/redemptions', { params: { path: { store: asked.store } }, body: asked.body, headers: keyHeader(asked.key) }))
    await dropAsked(asked.key)
    return receipt
  } catch (thrown) {
    const error = asApiError(thrown)
    await (error.open || error.status === 401 ? keepAsked(asked) : dropAsked(asked.key))
    throw thrown
  }
}
