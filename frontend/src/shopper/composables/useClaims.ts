// The campaigns one can claim from, kept right by the street's stream and by the server's own answer.
import { computed, shallowRef, watch } from 'vue'
import { api, ask, type Campaign } from '@/shared/api'
import { useList } from '@/shared/composables/useList'
import { useStream } from '@/shared/realtime/useStream'
import { whenBack } from './useMine'

export function useClaims() {
  const list = useList<Campaign>((cursor) => ask(api.GET('/campaigns', { params: { query: { cursor } } })))
  const changed = shallowRef(new Map<string, Partial<Campaign>>())
  whenBack(() => { if (list.error.value) void list.reload() })
  watch(list.items, (now) => { if (now.length === 0) changed.value = new Map() })
  const items = computed(() => list.items.value.map((one) => ({ ...one, ...changed.value.get(one.id) })))

  function change(id: string, part: Partial<Campaign>): void {
    changed.value = new Map(changed.value).set(id, { ...changed.value.get(id), ...part })
  }

  /** Asks how a campaign stands now; one that cannot be asked stays as it was. */
  async function renew(id: string): Promise<void> {
    await ask(api.GET('/campaigns/{campaign}', { params: { path: { campaign: id } } })).then((now) => change(id, now), () => undefined)
  }

  useStream('feed:street', {
    snapshot: async () => (await ask(api.GET('/feeds/{feed}/posts', { params: { path: { feed: 'street' }, query: { limit: 1 } } }))).seq,
    apply: () => undefined,
    signal: ({ kind, data }) => {
      if (kind !== 'campaign.changed') return
      const { campaign_id: id, remaining } = data as { campaign_id: string; remaining: number }
      change(id, { remaining })
    },
  })

  /** How many there is something left of, for this person; undefined until all are here. */
  const open = computed(() => (list.ended.value ? items.value.filter((one) => one.claimable ? one.claimable.ok && one.remaining > 0 : one.remaining > 0).length : undefined))
  return { ...list, items, renew, open }
}
