// The usable coupons, whole, so that the wallet opens without a network; and the clock they are read by.
import { computed } from 'vue'
import { api, ask, type Wallet } from '@/shared/api'
import { useFormat } from '@/shared/composables/useFormat'
import { useLoad } from '@/shared/composables/useLoad'
import { useNow } from '@/shared/composables/useNow'
import { useShelf } from './useMine'
import { sorted } from './wallet'

/** Every page of the usable ones; a wallet is a few dozen at most. */
async function wholeWallet(): Promise<Wallet> {
  const whole = await ask(api.GET('/me/coupons', { params: { query: { state: 'usable', limit: 100 } } }))
  for (let cursor = whole.next_cursor; cursor;) {
    const page = await ask(api.GET('/me/coupons', { params: { query: { state: 'usable', limit: 100, cursor } } }))
    whole.items.push(...page.items)
    cursor = page.next_cursor
  }
  return whole
}

export function useWallet() {
  const loaded = useLoad(wholeWallet, { kept: useShelf()('wallet') })
  const now = useNow(30_000)
  const format = useFormat()
  const tickets = computed(() => sorted(loaded.data.value?.items ?? [], now.value, format.moment(now.value)))
  const usable = computed(() => tickets.value.first.length + tickets.value.rest.length + tickets.value.idle.length)
  return { ...loaded, now, tickets, usable }
}
