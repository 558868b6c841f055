// What this phone asked for without an answer, asked again by itself while the scanner is open, and what came of it.
import { onScopeDispose, readonly, shallowRef, watch, type Ref } from 'vue'
import { asApiError, type ApiError, type Redemption } from '@/shared/api'
import { useSession } from '@/shared/session/session'
import { redeem, type Asked } from './asked'
import { askedOf } from './shelf'

/** How often, while there is something to be asked. */
const AGAIN = 5_000

export interface Outcome { asked: Asked; receipt?: Redemption; error?: ApiError }

const waiting = shallowRef<Asked[]>([])
const outcomes = shallowRef<Outcome[]>([])
let timer: ReturnType<typeof setTimeout> | undefined
let busy = false

async function outcomeOf(asked: Asked): Promise<Outcome | null> {
  try {
    return { asked, receipt: await redeem(asked) }
  } catch (thrown) {
    const error = asApiError(thrown)
    return error.open || error.status === 401 ? null : { asked, error }
  }
}

/** Asks for the oldest first; the first that gets no answer ends the round. */
async function round(store: string, by: string): Promise<void> {
  for (const asked of await askedOf(store, by)) {
    const outcome = await outcomeOf(asked)
    if (!outcome) return
    outcomes.value = [...outcomes.value, outcome]
  }
}

async function again(store: string, by: string): Promise<void> {
  clearTimeout(timer)
  if (busy) return
  busy = true
  await round(store, by).catch(() => undefined)
  waiting.value = await askedOf(store, by).catch(() => [])
  busy = false
  if (waiting.value.length) timer = setTimeout(() => { void again(store, by) }, AGAIN)
}

/** Asks again while a scanner of the store is open. */
export function keepAsking(store: Ref<string>): void {
  const now = () => { void again(store.value, useSession().me?.account_id ?? '') }
  watch(store, () => {
    outcomes.value = []
    now()
  }, { immediate: true })
  addEventListener('online', now)
  onScopeDispose(() => {
    removeEventListener('online', now)
    clearTimeout(timer)
  })
}

/** Nothing came back to a redemption: it is asked for again after a while. */
async function unanswered(asked: Pick<Asked, 'store' | 'by'>): Promise<void> {
  waiting.value = await askedOf(asked.store, asked.by).catch(() => [])
  clearTimeout(timer)
  if (waiting.value.length) timer = setTimeout(() => { void again(asked.store, asked.by) }, AGAIN)
}

/** Takes what came of one from the list: it is shown elsewhere. */
function takeOutcome(key: string): Outcome | undefined {
  const found = outcomes.value.find((one) => one.asked.key === key)
  if (found) outcomes.value = outcomes.value.filter((one) => one !== found)
  return found
}

export function useAsked() {
  const holds = (coupon: string): boolean => waiting.value.some((one) => one.body.coupon_ids?.includes(coupon) === true)
  return { waiting: readonly(waiting), outcomes: readonly(outcomes), holds, unanswered, takeOutcome, read: () => { outcomes.value = [] } }
}
