// How many letters and messages have not been looked at; live.
import { computed, ref } from 'vue'
import { api, ask, type FeedUnread } from '@/shared/api'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'
import { useNews } from './useNews'

const unread = ref(0)
const inChats = ref(0)
const chatsTurn = ref(0)
const both = computed(() => unread.value + inChats.value)

/** The counts, for the tab and the inbox; `chatsTurn` changes whenever the conversations should be looked at again. */
export function useUnread() {
  return { unread, both, chatsTurn, countChats, set: (count: number) => { unread.value = count } }
}

async function countChats(): Promise<void> {
  const list = await ask(api.GET('/me/chats', { params: { query: { limit: 1 } } })).catch(() => null)
  if (list) inChats.value = list.unread
  chatsTurn.value++
}

/** Keeps the count with the member's inbox; called once, by the frame. */
export function followUnread(): void {
  const session = useSession()
  useStream(() => (session.member ? `inbox:${session.member.id}` : ''), {
    snapshot: async () => {
      const inbox = await ask(api.GET('/me/inbox', { params: { query: { limit: 1 } } }))
      unread.value = inbox.unread
      void countChats()
      return inbox.seq
    },
    apply: (item) => { unread.value = (item.data as { unread: number }).unread },
    signal: ({ kind, data }) => {
      if (kind === 'inbox.read') unread.value = (data as { unread: number }).unread
      if (kind === 'chat.changed') void countChats()
      if (kind === 'feed.read') useNews().note(data as FeedUnread)
    },
  })
}
