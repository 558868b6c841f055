// A calendar's file from the choice to its end. The address keeps its id, so that a reload finds it again.
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, ask, asApiError, fileForm, keyHeader, type ApiError } from '@/shared/api'
import { useAction } from '@/shared/composables/useAction'
import { useLoad } from '@/shared/composables/useLoad'
import { chosenAtFirst, type BringAs, type CalendarImport } from '../bringing'

export function useBringing(store: Ref<string>) {
  const route = useRoute()
  const router = useRouter()
  const current = shallowRef<CalendarImport | null>(null)
  const lost = shallowRef<ApiError | null>(null)
  const chosen = ref<number[]>([])
  const able = ref<number[]>([])
  const at = (id: string) => ({ params: { path: { store: store.value, import: id } } })
  const rows = (id: string, state: 'new' | 'changed') => ask(api.GET('/stores/{store}/calendar-imports/{import}/rows', { params: { path: at(id).params.path, query: { state, limit: 200 } } }))

  const upload = useAction((key, name: string, _size: number, file: File) =>
    ask(api.POST('/stores/{store}/calendar-imports', { params: { path: { store: store.value } }, body: fileForm(file, name), headers: keyHeader(key) })))
  const confirm = useAction((key, id: string, lines: number[], as: BringAs, capacity: number) =>
    ask(api.POST('/stores/{store}/calendar-imports/{import}/confirm', { ...at(id), body: { lines, as, capacity }, headers: keyHeader(key) })))

  const undo = useAction((key, id: string) => ask(api.POST('/stores/{store}/calendar-imports/{import}/undo', { ...at(id), headers: keyHeader(key) })))
  /** Calendars that were brought in and can still be taken back. */
  const recent = useLoad(() => ask(api.GET('/stores/{store}/calendar-imports', { params: { path: { store: store.value } } })))

  /** What can come, and of it what is chosen at first. */
  async function choose(of: CalendarImport): Promise<void> {
    const [fresh, changed] = await Promise.all([rows(of.id, 'new'), rows(of.id, 'changed')])
    const all = [...fresh.items, ...changed.items].sort((a, b) => a.line - b.line)
    able.value = all.slice(0, of.at_once).map((one) => one.line)
    chosen.value = chosenAtFirst(all, of.at_once)
  }
  async function look(): Promise<void> {
    lost.value = null
    try {
      const found = await ask(api.GET('/stores/{store}/calendar-imports/{import}', at(String(route.query.id))))
      if (found.state === 'preview') await choose(found)
      current.value = found
    } catch (thrown) {
      lost.value = asApiError(thrown)
    }
  }
  async function take(file: File): Promise<void> {
    const judged = await upload.run(file.name, file.size, file)
    if (judged) await router.replace({ query: { id: judged.id } })
  }
  async function bring(as: BringAs, capacity: number): Promise<void> {
    if (!current.value) return
    const done = await confirm.run(current.value.id, chosen.value, as, capacity)
    if (done) current.value = done
  }
  async function takeBack(): Promise<boolean> {
    const back = current.value && await undo.run(current.value.id)
    if (back) current.value = back
    return Boolean(back)
  }
  async function again(): Promise<void> {
    current.value = lost.value = null
    upload.clear()
    confirm.clear()
    undo.clear()
    void recent.reload()
    await router.replace({ query: {} })
  }
  watch(() => route.query.id, (id) => { if (id && id !== current.value?.id) void look() }, { immediate: true })

  const step = computed(() => current.value?.state ?? (route.query.id ? 'wait' : 'choose'))
  return { current, lost, chosen, able, step, upload, confirm, undo, recent, take, bring, takeBack, again, look }
}
