// The store of the page's address.
import { computed } from 'vue'
import { useRoute } from 'vue-router'

export function useStoreId() {
  const route = useRoute()
  return computed(() => String(route.params.store))
}
