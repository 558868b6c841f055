// What one began to write is there again after the app was closed, with a line that says so and a way to throw it away.
import { onScopeDispose, ref, watch, type Ref } from 'vue'
import type { Callable } from '../api'
import { keepDraft, recallDraft } from '@/shared/offline/drafts'
import { useSession } from '@/shared/session/session'

const PAUSE = 400

/** What is written: its words, a second thing of it (the store it names, a story's title), whom it calls, and its photos. */
interface Written { text: Ref<string>; store?: Ref<string>; names?: Ref<Callable[]>; photos?: () => File[]; add?: (files: File[]) => void }

/** @param feed where it goes, such as a circle's id or "post/<id>" for an answer: a draft each */
export function useDraft(feed: string, { text, store = ref(''), names = ref([]), photos = () => [], add = () => undefined }: Written) {
  const session = useSession()
  const account = session.me?.account_id ?? ''
  /** The draft that is on the sheet was begun at another time. */
  const restored = ref(false)
  let ready = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function save(): void {
    clearTimeout(timer)
    if (!ready || session.me?.account_id !== account) return
    void keepDraft(account, feed, { text: text.value, store: store.value, names: names.value.map((one) => ({ ...one })), photos: photos() })
  }

  async function restore(): Promise<void> {
    const draft = account ? await recallDraft(account, feed) : undefined
    const untouched = !text.value && !store.value && photos().length === 0
    if (draft && untouched) {
      text.value = draft.text
      store.value = draft.store
      names.value = draft.names ?? []
      add(draft.photos)
      restored.value = true
    }
    ready = true
  }

  /** It was sent, or thrown away. */
  function done(): void {
    clearTimeout(timer)
    restored.value = false
    if (account) void keepDraft(account, feed, { text: '', store: '', names: [], photos: [] })
  }

  watch([text, store, photos], () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE)
  })
  addEventListener('pagehide', save)
  onScopeDispose(() => {
    save()
    removeEventListener('pagehide', save)
  })
  void restore()
  return { restored, done }
}
