// At 20:00 the street asks at once, and its server may have to say "not now". A request that nobody answered is sent
// again under its own key, after the time the server named, so a person need not tap again and gets one coupon.
import { asApiError } from './error'

export interface Patience {
  /** How often it is sent in all. */
  tries?: number
  /** Told before each wait. */
  onWait?: () => void
}

const FIRST_WAIT = 1 // seconds, doubled each time; where the server names a time, that one counts
const LONGEST_WAIT = 8

/** Sends until it was answered, yes or no; the last error when nobody answered at all. */
export async function patiently<T>(send: () => Promise<T>, { tries = 6, onWait }: Patience = {}): Promise<T> {
  for (let left = tries - 1, wait = FIRST_WAIT; ; left--, wait = Math.min(wait * 2, LONGEST_WAIT)) {
    try {
      return await send()
    } catch (thrown) {
      const error = asApiError(thrown)
      if (left <= 0 || !(error.status === 0 || error.status === 503 || error.code === 'idempotency_in_progress')) throw thrown
      onWait?.()
      await pause((error.retryAfter ?? wait) * (1 + Math.random() / 2)) // not all at the same moment again
    }
  }
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, seconds * 1000) })
}
