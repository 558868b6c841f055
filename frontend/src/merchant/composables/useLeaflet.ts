// What goes with an invitation beside its plan: pictures, the first of them the cover, and what to bring.
import { computed, ref, type Ref } from 'vue'
import { api, ask, type Photo } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'

export interface Leaflet { bring: string; pictures: Photo[] }

const bareLeaflet = (): Leaflet => ({ bring: '', pictures: [] })

/** How the server takes it. */
export const leafletBody = (one: Leaflet) => ({ bring: one.bring.trim(), photo_ids: one.pictures.map((photo) => photo.id) })

export function useLeaflet(store: Ref<string>) {
  const leaflet = ref<Leaflet>(bareLeaflet())
  const kept = ref(JSON.stringify(leafletBody(bareLeaflet())))
  const changed = computed(() => JSON.stringify(leafletBody(leaflet.value)) !== kept.value)
  const hanging = useAction((_key, event: string) => ask(api.PUT('/stores/{store}/events/{event}/leaflet', { params: { path: { store: store.value, event } }, body: leafletBody(leaflet.value) })))

  /** Fills the form; with `hung` as what the event has already. */
  function take(from: { bring?: string; pictures?: Photo[] | null }, hung = false): void {
    leaflet.value = { bring: from.bring ?? '', pictures: [...(from.pictures ?? [])] }
    if (hung) kept.value = JSON.stringify(leafletBody(leaflet.value))
  }

  /** Sends what changed to an event; false when it was refused. */
  async function hang(event: string): Promise<boolean> {
    if (!changed.value) return true
    if (!(await hanging.run(event))) return false
    kept.value = JSON.stringify(leafletBody(leaflet.value))
    return true
  }

  return { leaflet, changed, hanging, take, hang }
}
