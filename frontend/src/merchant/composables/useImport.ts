// One import from the file to its end. The address keeps its id, so that a reload finds it again; progress comes by
// signals, and by asking every second and a half in case they do not.
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ask, asApiError, fileForm, keyHeader, type ApiError, type Import } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useStream } from '@/shared/realtime/useStream'
import { advanced, type Progress } from '../importing'

const EVERY = 1500

export function useImport(store: Ref<string>) {
  const route = useRoute()
  const router = useRouter()
  const current = shallowRef<Import | null>(null)
  const lost = shallowRef<ApiError | null>(null)
  const at = (id: string) => ({ params: { path: { store: store.value, import: id } } })

  const upload = useAction((key, name: string, _size: number, file: File) =>
    ask(api.POST('/stores/{store}/imports', { params: { path: { store: store.value } }, body: fileForm(file, name), headers: keyHeader(key) })))
  const start = useAction((key, id: string) => ask(api.POST('/stores/{store}/imports/{import}/run', { ...at(id), headers: keyHeader(key) })))

  async function look(id: string): Promise<void> {
    try {
      current.value = await ask(api.GET('/stores/{store}/imports/{import}', at(id)))
      lost.value = null
    } catch (thrown) {
      lost.value = asApiError(thrown)
    }
  }
  async function take(file: File): Promise<void> {
    const judged = await upload.run(file.name, file.size, file)
    if (!judged) return
    current.value = judged
    await router.replace({ query: { id: judged.id } })
  }
  async function run(): Promise<void> {
    if (!current.value) return
    const started = await start.run(current.value.id)
    if (started) current.value = started
  }
  async function again(): Promise<void> {
    current.value = lost.value = null
    upload.clear()
    start.clear()
    await router.replace({ query: {} })
  }

  const timer = setInterval(() => { if (current.value?.state === 'running') void look(current.value.id) }, EVERY)
  onScopeDispose(() => clearInterval(timer))
  useStream(() => `desk:${store.value}`, {
    snapshot: async () => 0, apply: () => undefined,
    signal: (signal) => {
      if (signal.kind !== 'import.progress' || !current.value) return
      const progress = signal.data as Progress
      current.value = advanced(current.value, progress)
      if (progress.id === current.value.id && progress.state !== 'running') void look(progress.id)
    },
  })
  watch(() => route.query.id, (id) => { if (id && id !== current.value?.id) void look(String(id)) }, { immediate: true })

  return { current, lost, upload, start, take, run, again, look: () => look(String(route.query.id)) }
}
