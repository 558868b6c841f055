// How much of what customers wrote nobody has read; live. The desk's stream says when to look again.
import { ref, type Ref } from 'vue'
import { api, ask } from '@/shared/api'
import { useStream } from '@/shared/realtime/useStream'

const unread = ref(0)
const turn = ref(0)

let store = ''

async function count(): Promise<void> {
  if (!store) return
  const list = await ask(api.GET('/stores/{store}/chats', { params: { path: { store }, query: { limit: 1 } } })).catch(() => null)
  if (list) unread.value = list.unread
  turn.value++
}

/** The count for the tab, a number that changes whenever the lists should look again, and a way to look now. */
export function useStoreChats() {
  return { unread, turn, count }
}

/** Keeps the count with the store's desk; called once, by the frame. */
export function followStoreChats(of: Ref<string>): void {
  useStream(() => (of.value ? `desk:${of.value}` : ''), {
    snapshot: async () => {
      store = of.value
      await count()
      return 0
    },
    apply: () => {},
    signal: ({ kind }) => { if (kind === 'chat.changed') void count() },
  })
}
