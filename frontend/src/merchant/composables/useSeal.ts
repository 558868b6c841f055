// The street's seal as this device sees it, for the page and everything on it: verified when the page opens, and again
// with every line that brings a newer one. What does not match is kept until it is checked anew.
import { computed, inject, provide, shallowRef, type InjectionKey, type Ref } from 'vue'
import { api, ask, type LedgerLine, type ProofView, type SealView } from '@/shared/api'
import { asApiError } from '@/shared/api/error'
import { useLoad } from '@/shared/composables/useLoad'
import { checkLine, type Fault, type LineVerdict } from '@/shared/proof/line'
import { deviceMemory } from '@/shared/proof/memory'
import { watchSeal, type Watched } from '@/shared/proof/watch'
import { useStreet } from '@/shared/session/street'

export interface Suspect { line: LedgerLine; why: Fault }
export interface Checked { verdict: LineVerdict; proof: ProofView }

const memory = deviceMemory()

/** The hashes between two checkpoints; null when the server will not give them. */
export async function between(from: number, to: number): Promise<string[] | null> {
  try {
    return (await ask(api.GET('/street/ledger/consistency', { params: { query: { from, to } } }))).hashes
  } catch (thrown) {
    if (asApiError(thrown).code === 'ledger_span') return null
    throw thrown
  }
}

function makeSeal(store: Ref<string>) {
  const street = useStreet()
  const watched = shallowRef<Watched | null>(null)
  const suspects = shallowRef<Suspect[]>([])

  async function watch(view: SealView): Promise<void> {
    const { slug } = await street.ensure()
    watched.value = await watchSeal(`onestreet/${slug}`, view, between, memory)
  }
  const { data: view, error, loading, reload } = useLoad(async () => {
    const found = await ask(api.GET('/street/ledger/seal'))
    await watch(found)
    return found
  })
  const seal = computed(() => (watched.value?.state === 'sealed' ? watched.value.seal : null))

  /** What becomes of a line under its seal; a newer one that comes with its proof is verified first. */
  async function verdict(line: LedgerLine, proof: ProofView): Promise<LineVerdict> {
    if (view.value && proof.checkpoint && proof.checkpoint.size !== seal.value?.size) {
      view.value = { ...view.value, checkpoint: proof.checkpoint }
      await watch(view.value)
    }
    const now = watched.value
    if (!now || now.state === 'cannot') return { state: 'cannot' }
    if (now.state === 'alarm') return { state: 'broken', why: 'seal' }
    const { id: alliance } = await street.ensure()
    return checkLine(line, { alliance, store: store.value }, proof, seal.value, proof.checkpoint?.sealed_at)
  }

  async function check(line: LedgerLine): Promise<Checked> {
    if (!watched.value) await reload()
    if (!watched.value) throw error.value
    const proof = await ask(api.GET('/stores/{store}/ledger/lines/{transfer}/proof', { params: { path: { store: store.value, transfer: line.id } } }))
    const found = await verdict(line, proof)
    const others = suspects.value.filter((one) => one.line.id !== line.id)
    suspects.value = found.state === 'broken' && found.why !== 'seal' ? [...others, { line, why: found.why }] : others
    return { verdict: found, proof }
  }

  /** Forgets what the device knew and takes the seal as it is: only after people have talked. */
  async function renew(): Promise<void> {
    if (view.value) memory.forget(`onestreet/${(await street.ensure()).slug}`)
    await reload()
  }

  /** Whether a line lies under the seal, by its place in the ledger; null while nobody knows. */
  const lies = (line: LedgerLine): 'sealed' | 'open' | 'broken' | null => {
    if (suspects.value.some((one) => one.line.id === line.id)) return 'broken'
    if (watched.value?.state === 'none') return 'open'
    return seal.value ? (line.seq <= seal.value.size ? 'sealed' : 'open') : null
  }
  return { view, watched, seal, suspects, error, loading, reload, renew, check, lies }
}

export type Seal = ReturnType<typeof makeSeal>
const KEY: InjectionKey<Seal> = Symbol('seal')

/** Begins to watch, for a store's page and what stands on it. */
export function provideSeal(store: Ref<string>): Seal {
  const seal = makeSeal(store)
  provide(KEY, seal)
  return seal
}

export function useSeal(): Seal {
  const seal = inject(KEY)
  if (!seal) throw new Error('nobody watches the seal here')
  return seal
}
