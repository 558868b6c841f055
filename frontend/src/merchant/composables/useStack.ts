// The coupons of the guest at this bill: which apply, what the best of them come to, and which the clerk has laid on.
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { api, ask, asApiError, type ApiError, type Lookup, type Money, type Price, type Qualification } from '@/shared/api'
import { clashOf, same, stillApply, tap, type TypedLine } from '../stack'
import { billOf } from '../till'

const fenOf = (amount: number): Money => ({ amount, currency: 'CNY' })

/** The price that no coupon may bring a piece below, where the line has one. */
function leastOf(line: TypedLine): { least?: Money } {
  const least = billOf(line.least)
  return least === null ? {} : { least: fenOf(least) }
}

export function useStack(store: Ref<string>, guest: Ref<Lookup | null>, fen: Ref<number | null>) {
  const lines = ref<TypedLine[]>([])
  const found = shallowRef<Qualification | null>(null)
  /** What the clerk laid on; null while nobody has, and the best is proposed. */
  const wanted = shallowRef<string[] | null>(null)
  /** What lies on the bill: of what is wanted what applies to it, so that it comes back while a bill is typed. */
  const chosen = computed(() => {
    if (!found.value) return wanted.value ?? []
    return wanted.value ? stillApply(found.value.coupons, wanted.value) : found.value.best.coupon_ids
  })
  /** The coupon whose own code was shown: it stands first. */
  const shown = ref('')
  const dropped = ref<string[]>([])
  const price = shallowRef<Price | null>(null)
  const error = shallowRef<ApiError | null>(null)
  let turn = 0

  const told = computed(() => lines.value.flatMap((line) => {
    const unit = billOf(line.price)
    return unit === null ? [] : [{ unit: fenOf(unit), pieces: line.pieces, goods: line.goods.trim() || undefined, ...leastOf(line) }]
  }))
  const basket = computed(() => ({ member_id: guest.value?.member.id, bill: fenOf(fen.value ?? 0), lines: told.value.length ? told.value : undefined }))
  const all = computed(() => found.value?.coupons ?? [])
  const isBest = computed(() => same(chosen.value, found.value?.best.coupon_ids ?? []))
  const path = () => ({ path: { store: store.value } })

  async function inTurn(work: () => Promise<() => void>): Promise<void> {
    const mine = ++turn
    error.value = null
    try {
      const then = await work()
      if (mine === turn) then()
    } catch (thrown) {
      if (mine === turn) error.value = asApiError(thrown)
    }
  }
  async function quote(): Promise<void> {
    price.value = null
    if (!chosen.value.length || fen.value === null) return
    const body = { ...basket.value, coupon_ids: chosen.value }
    await inTurn(async () => {
      const quoted = await ask(api.POST('/stores/{store}/redemptions/preview', { params: path(), body }))
      return () => { price.value = quoted }
    })
  }
  async function qualify(): Promise<void> {
    price.value = null
    if (!guest.value || fen.value === null) { found.value = null; return }
    let answered = false
    await inTurn(async () => {
      const answer = await ask(api.POST('/stores/{store}/qualifications', { params: path(), body: basket.value }))
      return () => {
        answered = true
        found.value = answer
      }
    })
    if (answered) await quote()
  }
  watch([guest, fen, told], () => { void qualify() })

  function choose(id: string): void {
    const done = tap(all.value, chosen.value, id)
    wanted.value = done.chosen
    dropped.value = done.dropped.map((one) => one.coupon.campaign.title)
    void quote()
  }
  function propose(): void {
    wanted.value = null
    dropped.value = []
    void quote()
  }
  /** One coupon's own code was shown: that one, and no other until the clerk says so. */
  function only(id: string): void {
    wanted.value = [id]
    shown.value = id
  }
  function clear(): void {
    turn++
    lines.value = dropped.value = []
    wanted.value = found.value = price.value = error.value = null
    shown.value = ''
  }
  const why = (id: string): string => { const one = all.value.find((each) => each.coupon.id === id); return one ? clashOf(one, chosen.value) : '' }

  return { lines, all, chosen, shown, dropped, isBest, price, error, basket, choose, propose, only, clear, again: qualify, why }
}
export type Stack = ReturnType<typeof useStack>
