// One guest at a till without a network: the signed code, the bill, the price by the terms that the till carries, and the
// line in its log. It counts as done when the line is on the phone's disk.
import { computed, ref, shallowRef } from 'vue'
import { useSession } from '@/shared/session/session'
import { billOf } from '../till'
import { judge, type Judged, type Refusal } from './judge'
import { handsOver, priceFor } from './price'
import { take, tillNow } from './till'
import { isToken, openToken, type CouponToken } from './token'
import type { Kept } from './types'
import { useAsked } from './useAsked'
import { useOffline } from './useOffline'

export function useOfflineTill() {
  const offline = useOffline()
  const session = useSession()
  const asked = useAsked()
  const text = ref('')
  const token = shallowRef<CouponToken | null>(null)
  const judged = shallowRef<Judged | null>(null)
  const typed = ref(false)
  const bill = ref('')
  const done = shallowRef<Kept | null>(null)
  const busy = ref(false)
  const broken = ref(false)

  const terms = computed(() => (judged.value?.refused === '' ? judged.value.terms : undefined))
  const refused = computed<Refusal | 'typed' | ''>(() => (typed.value ? 'typed' : judged.value?.refused ?? ''))
  /** A gift needs no bill: an empty field is nothing to pay. */
  const fen = computed(() => billOf(bill.value) ?? (terms.value && handsOver(terms.value) && bill.value.trim() === '' ? 0 : null))
  const price = computed(() => (terms.value && fen.value !== null ? priceFor(terms.value, fen.value) : null))

  async function scan(shown: string): Promise<void> {
    const device = offline.device.value
    if (!device) return
    await offline.recall()
    text.value = shown
    typed.value = !isToken(shown)
    if (typed.value) return
    token.value = await openToken(shown, device.pack.coupon_key)
    judged.value = token.value && asked.holds(token.value.coupon) ? { refused: 'asked' } : judge(token.value, device.pack, offline.taken.value, tillNow(device))
  }

  async function confirm(): Promise<void> {
    const device = offline.device.value
    if (!device || !token.value || !terms.value || !price.value || price.value.refused || busy.value) return
    busy.value = true
    broken.value = false
    try {
      const { bill: whole, off, toPay } = price.value
      done.value = await take(device, { token: token.value, text: text.value, terms: terms.value, bill: whole, off, toPay, by: session.me?.account_id ?? '' })
    } catch {
      broken.value = true
    } finally {
      busy.value = false
      await offline.recall()
    }
  }

  function next(): void {
    token.value = judged.value = done.value = null
    typed.value = broken.value = false
    text.value = bill.value = ''
  }

  return { token, terms, refused, bill, fen, price, done, busy, broken, scan, confirm, next }
}
export type OfflineTill = ReturnType<typeof useOfflineTill>
