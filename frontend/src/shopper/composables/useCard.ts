// The member's card: opens without a network, from what is kept on the phone.
import { api, ask } from '@/shared/api'
import { useLoad } from '@/shared/composables/useLoad'
import { useShelf } from './useMine'

export function useCard() {
  return useLoad(() => ask(api.GET('/me/card')), { kept: useShelf()('card') })
}
