// One guest at the till: the code, the coupons, the bill, the price by the server, and what was done. Nothing counts
// before the server said so; one tap is one Idempotency-Key.
import { computed, ref, shallowRef, type Ref } from 'vue'
import { api, ask, keyHeader, type Coupon, type Lookup, type Money, type Redemption, type Visit } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
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

  const look = useAction((key, typed: string) => ask(api.POST('/stores/{store}/lookups', { params: path(), body: { code: codeOf(typed) }, headers: keyHeader(key) })))
  const redeem = useAction((key) => ask(api.POST('/stores/{store}/redemptions', {
    params: path(), body: { ...stack.basket.value, coupon_ids: stack.chosen.value }, headers: keyHeader(key),
  })))
  const undo = useAction((key, reason: string) => ask(api.POST('/stores/{store}/redemptions/{redemption}/reversal', {
    params: { path: { store: store.value, redemption: receipt.value?.id ?? '' } }, body: { reason }, headers: keyHeader(key),
  })))
  const note = useAction((key, kind: 'scan' | 'purchase') => ask(api.POST('/stores/{store}/visits', {
    params: path(), body: { member_id: guest.value?.member.id, kind, amount: kind === 'purchase' ? fenOf(fen.value ?? 0) : undefined }, headers: keyHeader(key),
  })))

  async function scan(typed: string): Promise<void> {
    const found = await look.run(typed)
    if (!found) return
    guest.value = found
    const shown = found.coupons.find((one) => isCodeOf(one, typed))
    refused.value = shown?.here?.ok === false ? shown : null
    if (shown && !refused.value) stack.only(shown.id)
  }
  async function confirm(): Promise<void> {
    receipt.value = (await redeem.run()) ?? null
  }
  async function record(kind: 'scan' | 'purchase'): Promise<void> {
    visit.value = (await note.run(kind)) ?? null
  }
  async function reverse(reason: string): Promise<void> {
    receipt.value = (await undo.run(reason)) ?? receipt.value
  }
  function next(): void {
    guest.value = refused.value = receipt.value = visit.value = null
    bill.value = ''
    stack.clear()
    honour.close()
    for (const one of [look, redeem, undo, note]) one.clear()
  }

  return { guest, refused, bill, fen, stack, receipt, visit, look, redeem, undo, note, honour, scan, confirm, record, reverse, next }
}
export type Till = ReturnType<typeof useTill>
