// How many letters have not been looked at; live.
import { ref } from 'vue'
import { api, ask } from '@/shared/api'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'

const unread = ref(0)

/** The count, for the tab and the inbox. */
export function useUnread() {
  return { unread, set: (count: number) => { unread.value = count } }
}

/** Keeps the count with the member's inbox; called once, by the frame. */
export function followUnread(): void {
  const session = useSession()
  useStream(() => (session.member ? `inbox:${session.member.id}` : ''), {
    snapshot: async () => {
      const inbox = await ask(api.GET('/me/inbox', { params: { query: { limit: 1 } } }))
      unread.value = inbox.unread
      return inbox.seq
    },
    apply: (item) => { unread.value = (item.data as { unread: number }).unread },
    signal: ({ kind, data }) => { if (kind === 'inbox.read') unread.value = (data as { unread: number }).unread },
  })
}
