// The coupons that a store may hand over itself at a door. The street itself has none.
import { computed } from 'vue'
import { api, ask } from '@/shared/api'
import { useLoad } from '@/shared/composables/useLoad'
import { useSession } from '@/shared/session/session'

export function useDoorGifts(store: string) {
  const campaigns = useLoad(() => ask(api.GET('/stores/{store}/campaigns', { params: { path: { store } } })), { immediate: !useSession().isStreet(store) })
  const choices = computed(() => (campaigns.data.value?.items ?? []).filter((one) => one.store.id === store && ['live', 'scheduled'].includes(one.state) && ['prize', 'public'].includes(one.given)))
  return { choices }
}
