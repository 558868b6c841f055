// One guest at the till: the code, the coupons, the bill, the price by the server, and what was done. Nothing counts
// before the server said so; one tap is one Idempotency-Key. Without an answer nobody knows: the bill stays as it is, and the same
// is asked again.
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { api, ask, keyHeader, type ApiError, type Coupon, type Lookup, type Money, type NewRedemption, type Redemption, type Visit } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useSession } from '@/shared/session/session'
import { redeem as redeemOnce, type Asked } from '../offline/asked'
import { useAsked } from '../offline/useAsked'
import { billAfter, sumOf } from '../stack'
import { billOf, codeOf, isCodeOf } from '../till'
import { useHonour } from './useHonour'
import { useStack } from './useStack'

const fenOf = (amount: number): Money => ({ amount, currency: 'CNY' })

export function useTill(store: Ref<string>) {
  const guest = shallowRef<Lookup | null>(null)
  /** The coupon whose own code was shown, when it does not work here: it says why. */
  const refused = shallowRef<Coupon | null>(null)
  const bill = ref('')
  const receipt = shallowRef<Redemption | null>(null)
  const visit = shallowRef<Visit | null>(null)
  const honour = useHonour(store, guest)
  const path = () => ({ path: { store: store.value } })
  const fen = computed(() => billOf(bill.value))
  const stack = useStack(store, guest, fen)
  // At once: the server is never asked about rows above their bill.
  watch(() => sumOf(stack.lines.value), (now, before) => { bill.value = billAfter(bill.value, before, now) }, { flush: 'sync' })

  const look = useAction((key, typed: string) => ask(api.POST('/stores/{store}/lookups', { params: path(), body: { code: codeOf(typed) }, headers: keyHeader(key) })))
  const asked = useAsked()
  const session = useSession()
  /** What was asked last for this guest. */
  let mine: Asked | null = null
  const redeem = useAction((key, body: NewRedemption, toPay: number) => {
    mine = { key, store: store.value, by: session.me?.account_id ?? '', body, toPay, at: Date.now() }
    return redeemOnce(mine)
  })
  const undo = useAction((key, reason: string) => ask(api.POST('/stores/{store}/redemptions/{redemption}/reversal', {
    params: { path: { store: store.value, redemption: receipt.value?.id ?? '' } }, body: { reason }, headers: keyHeader(key),
  })))
  const note = useAction((key, kind: 'scan' | 'purchase', member: string | undefined, amount: Money | undefined) => ask(api.POST('/stores/{store}/visits', {
    params: path(), body: { member_id: member, kind, amount }, headers: keyHeader(key),
  })))
  /** What came of the last tap when it was not done; it stands while the same is asked again. */
  const failed = shallowRef<ApiError | null>(null)
  const unsure = computed(() => failed.value?.open === true)
  watch([fen, stack.chosen], () => { if (!unsure.value) failed.value = null })

  async function scan(typed: string): Promise<void> {
    const found = await look.run(typed)
    if (!found) return
    guest.value = found
    const shown = found.coupons.find((one) => isCodeOf(one, typed))
    refused.value = shown?.here?.ok === false ? shown : null
    if (shown && !refused.value) stack.only(shown.id)
  }
  async function confirm(): Promise<void> {
    receipt.value = (await redeem.run({ ...stack.basket.value, coupon_ids: stack.chosen.value }, stack.price.value?.to_pay.amount ?? 0)) ?? receipt.value
    failed.value = receipt.value ? null : redeem.error.value
    if (mine && unsure.value) await asked.unanswered(mine)
  }
  /** It was asked again by itself meanwhile, and answered. */
  watch(asked.outcomes, () => {
    const came = mine && asked.takeOutcome(mine.key)
    if (!came) return
    receipt.value = came.receipt ?? receipt.value
    failed.value = came.error ?? null
  })
  let kind: 'scan' | 'purchase' = 'purchase'
  async function record(what: 'scan' | 'purchase'): Promise<void> {
    kind = what
    visit.value = (await note.run(what, guest.value?.member.id, what === 'purchase' ? fenOf(fen.value ?? 0) : undefined)) ?? null
    failed.value = note.error.value
  }
  /** Asks once more for what got no answer. */
  async function again(): Promise<void> {
    await (note.error.value?.open ? record(kind) : confirm())
  }
  async function reverse(reason: string): Promise<void> {
    receipt.value = (await undo.run(reason)) ?? receipt.value
  }
  function next(): void {
    guest.value = refused.value = receipt.value = visit.value = null
    mine = failed.value = null
    bill.value = ''
    stack.clear()
    honour.close()
    for (const one of [look, redeem, undo, note]) one.clear()
  }

  return { guest, refused, bill, fen, stack, receipt, visit, look, redeem, undo, note, honour, failed, unsure, scan, confirm, record, again, reverse, next }
}
export type Till = ReturnType<typeof useTill>
