// The member's letters: a snapshot, then each new one as it comes; what is on the screen counts as read.
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api, ask, type Notice } from '@/shared/api'
import { asApiError, type ApiError } from '@/shared/api/error'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'
import { joined } from './letters'
import { useUnread } from './useUnread'

export function useInbox() {
  const session = useSession()
  const { locale } = useI18n()
  const { set } = useUnread()
  const letters = shallowRef<Notice[]>([])
  const ready = ref(false)
  const ended = ref(false)
  const loadingMore = ref(false)
  const moreError = shallowRef<ApiError | null>(null)
  let cursor: string | undefined
  let readUpTo = ''

  async function snapshot(): Promise<number> {
    const page = await ask(api.GET('/me/inbox'))
    letters.value = page.items
    cursor = page.next_cursor || undefined
    ended.value = !cursor
    ready.value = true
    set(page.unread)
    if (page.unread > 0) void read()
    return page.seq
  }

  async function more(): Promise<void> {
    if (loadingMore.value || ended.value || !cursor) return
    loadingMore.value = true
    moreError.value = null
    try {
      const page = await ask(api.GET('/me/inbox', { params: { query: { cursor } } }))
      letters.value = joined(letters.value, page.items)
      cursor = page.next_cursor || undefined
      ended.value = !cursor
    } catch (thrown) {
      moreError.value = asApiError(thrown)
    } finally {
      loadingMore.value = false
    }
  }

  /** Tells the server up to where one has seen; only while somebody can see it. */
  async function read(): Promise<void> {
    const newest = letters.value[0]?.id
    if (!newest || newest === readUpTo || document.hidden) return
    const { unread } = await ask(api.POST('/me/inbox/read', { body: { up_to: newest } })).catch(() => ({ unread: -1 }))
    if (unread < 0) return
    readUpTo = newest
    set(unread)
  }

  const stream = useStream(() => (session.member ? `inbox:${session.member.id}` : ''), {
    snapshot,
    apply: (item) => {
      const { notice } = item.data as { notice: Notice }
      letters.value = joined([notice], letters.value)
      void read()
    },
  })
  watch(locale, () => { void stream.reload() })
  document.addEventListener('visibilitychange', read)
  onScopeDispose(() => document.removeEventListener('visibilitychange', read))
  return { letters, ready, ended, more, loadingMore, moreError, loading: stream.loading, error: stream.error, reload: stream.reload }
}
