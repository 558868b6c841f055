// The member's own invitation, who came by it and what it earned; brought up to date with the inbox.
import { computed } from 'vue'
import { api, ask } from '@/shared/api'
import { useLoad } from '@/shared/composables/useLoad'
import { useMemberSignals, useShelf } from './useMine'

export function useInvite() {
  const { data, error, loading, reload } = useLoad(() => ask(api.GET('/me/invite')), { kept: useShelf()('invite') })
  useMemberSignals(() => { void reload() })
  const bought = computed(() => data.value?.invited.filter((one) => one.state === 'posted').length ?? 0)
  const plain = computed(() => data.value?.url.replace(/^https?:\/\//, '') ?? '')
  return { data, error, loading, reload, bought, plain }
}
