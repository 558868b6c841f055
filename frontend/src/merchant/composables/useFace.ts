// A store's face as it is edited: read with its version, written back under it, so that nobody's change is overwritten.
import { shallowRef, type Ref } from 'vue'
import { api, type StorePage } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { useStreet } from '@/shared/session/street'

export type FaceChange = Partial<Pick<StorePage, 'name' | 'color' | 'story_title' | 'story' | 'hours' | 'market_hours' | 'live'>> & { persona_name?: string }

export function useFace(store: Ref<string>) {
  const street = useStreet()
  const version = shallowRef('')
  const path = () => ({ path: { store: store.value } })

  function taken(answer: { data?: StorePage; response: Response }): StorePage {
    version.value = answer.response.headers.get('ETag') ?? ''
    return answer.data as StorePage
  }
  const page = useLoad(async () => taken(await api.GET('/stores/{store}', { params: path() })))
  const saving = useAction(async (_key, change: FaceChange) =>
    taken(await api.PATCH('/stores/{store}', { params: path(), headers: { 'If-Match': version.value }, body: change })))

  /** True when it is saved. Somebody was quicker: what they wrote is fetched, the error stays. */
  async function save(change: FaceChange): Promise<boolean> {
    const saved = await saving.run(change)
    if (saved) {
      page.data.value = saved
      void street.load()
    } else if (saving.error.value?.code === 'precondition_failed') await page.reload()
    return saved !== undefined
  }
  return { ...page, save, saving }
}
