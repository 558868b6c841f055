// One campaign of a store as its page follows it: what it says, what waits to be signed, how it goes, its versions; and what
// can be done with it.
import { computed, type Ref } from 'vue'
import { api, ask, keyHeader, type Campaign } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { useStream } from '@/shared/realtime/useStream'

type Turn = 'pause' | 'resume' | 'end' | 'archive'

export function useCampaign(store: Ref<string>, campaign: Ref<string>) {
  const path = () => ({ store: store.value, campaign: campaign.value })
  const { data, error, loading, reload } = useLoad(async () => {
    const { campaign: id, store: at } = path()
    const [shown, waits] = await Promise.all([
      ask(api.GET('/campaigns/{campaign}', { params: { path: { campaign: id } } })),
      ask(api.GET('/stores/{store}/signatures', { params: { path: { store: at } } })),
    ])
    const asked = waits.items.find((one) => one.id === id)
    const part = shown.shares.some((one) => one.store.id === at)
    const [results, versions] = await Promise.all([
      part && shown.claimable && shown.state !== 'draft' && shown.state !== 'signing' ? ask(api.GET('/stores/{store}/campaigns/{campaign}/results', { params: { path: path() } })) : undefined,
      part || asked ? ask(api.GET('/campaigns/{campaign}/versions', { params: { path: { campaign: id } } })) : undefined,
    ])
    return { shown, asked, results, versions: versions?.items ?? [] }
  })
  const again = () => { void reload() }
  useStream(() => `desk:${store.value}`, { snapshot: async () => 0, apply: again, signal: again })
  useStream(() => 'feed:street', { snapshot: async () => 0, apply: () => undefined, signal: ({ kind }) => { if (kind === 'campaign.changed') again() } })

  const seen = computed<Campaign | undefined>(() => data.value?.shown)
  const sign = useAction((key, decision: 'sign' | 'decline', asked: Campaign, cap: number) => ask(api.POST('/stores/{store}/signatures/{campaign}', {
    params: { path: path() }, headers: keyHeader(key),
    body: {
      version: asked.version, share_bps: asked.shares.find((one) => one.store.id === store.value)?.share_bps ?? 0, decision,
      ...(decision === 'sign' ? { cap: { amount: cap, currency: 'CNY' as const } } : {}),
    },
  })))
  const submit = useAction((key) => ask(api.POST('/stores/{store}/campaigns/{campaign}/submit', { params: { path: path() }, headers: keyHeader(key) })))
  const turn = useAction((key, to: Turn) => ask(api.POST(`/stores/{store}/campaigns/{campaign}/${to}`, { params: { path: path() }, headers: keyHeader(key) })))
  const withdraw = useAction(() => ask(api.DELETE('/stores/{store}/campaigns/{campaign}/proposal', { params: { path: path() } })))
  const leave = useAction((key) => ask(api.POST('/stores/{store}/campaigns/{campaign}/notice', { params: { path: path() }, body: {}, headers: keyHeader(key) })))
  const stay = useAction(() => ask(api.DELETE('/stores/{store}/campaigns/{campaign}/notice', { params: { path: path() } })))
  const copy = useAction((key, from: string, until: string) => ask(api.POST('/stores/{store}/campaigns/{campaign}/copies', {
    params: { path: path() }, body: { claim_from: from, claim_until: until }, headers: keyHeader(key),
  })))
  const others = [submit, turn, withdraw, leave, stay, copy]
  /** What went wrong; a signature's refusal stands where it is signed, as long as it is asked for. */
  const failed = computed(() => others.map((one) => one.error.value).find(Boolean) ?? (data.value?.asked ? null : sign.error.value))
  const busy = computed(() => [sign, ...others].some((one) => one.busy.value))

  async function after(done: Promise<unknown>): Promise<void> {
    if ((await done) !== undefined) await reload()
  }
  return { data, seen, error, loading, reload, sign, submit, turn, withdraw, leave, stay, copy, failed, busy, after }
}
