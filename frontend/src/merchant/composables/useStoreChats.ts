// How much of what customers wrote nobody has read; live. The desk's stream says when to look again.
import { ref, type Ref } from 'vue'
import { api, ask } from '@/shared/api'
import { useStream } from '@/shared/realtime/useStream'

const unread = ref(0)
const turn = ref(0)

/** The count for the tab, and a number that changes whenever the lists should look again. */
export function useStoreChats() {
  return { unread, turn }
}

/** Keeps the count with the store's desk; called once, by the frame. */
export function followStoreChats(store: Ref<string>): void {
  async function count(): Promise<void> {
    const list = await ask(api.GET('/stores/{store}/chats', { params: { path: { store: store.value }, query: { limit: 1 } } })).catch(() => null)
    if (list) unread.value = list.unread
    turn.value++
  }
  useStream(() => (store.value ? `desk:${store.value}` : ''), {
    snapshot: async () => {
      await count()
      return 0
    },
    apply: () => {},
    signal: ({ kind }) => { if (kind === 'chat.changed') void count() },
  })
}
