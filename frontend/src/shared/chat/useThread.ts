// One conversation from one of its sides: the newest messages, then every new one as it comes; what is on a
// screen that somebody can see counts as read.
import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { asApiError, type ApiError, type ChatMessage, type ChatSaid, type ChatThread } from '@/shared/api'
import { useStream } from '@/shared/realtime/useStream'
import { merged } from './messages'

/** How a side reaches its conversation. */
export interface ThreadDoor {
  side: ChatMessage['side']
  open: (before?: number) => Promise<ChatThread>
  read: (upTo: number) => Promise<unknown>
}

interface Marks { member_read: number; store_read: number }

export function useThread(door: ThreadDoor) {
  const thread = shallowRef<ChatThread | null>(null)
  const messages = shallowRef<ChatMessage[]>([])
  const loading = ref(false)
  const loadingEarlier = ref(false)
  const error = shallowRef<ApiError | null>(null)
  let told = 0

  async function load(): Promise<void> {
    loading.value = true
    error.value = null
    try {
      await snapshot()
    } catch (thrown) {
      error.value = asApiError(thrown)
    } finally {
      loading.value = false
    }
  }

  async function snapshot(): Promise<number> {
    const now = await door.open()
    thread.value = now
    messages.value = merged(now.earlier ? [] : messages.value, now.messages)
    told = door.side === 'member' ? now.member_read : now.store_read
    void seen()
    return now.seq
  }

  async function earlier(): Promise<void> {
    const before = thread.value?.earlier
    if (!before || loadingEarlier.value) return
    loadingEarlier.value = true
    try {
      const page = await door.open(before)
      messages.value = merged(messages.value, page.messages)
      if (thread.value) thread.value = { ...thread.value, earlier: page.earlier }
    } catch { /* the button offers it again */ } finally {
      loadingEarlier.value = false
    }
  }

  async function seen(): Promise<void> {
    const last = messages.value.at(-1)?.seq ?? 0
    if (last <= told || document.hidden) return
    told = last
    await door.read(last).catch(() => { told = 0 })
  }

  function add(...now: ChatMessage[]): void {
    messages.value = merged(messages.value, now)
    void seen()
  }

  /** What this side has just said: it stands here because the server has it. */
  function said(one: ChatSaid): void {
    add(one.message)
    if (thread.value && !thread.value.id) thread.value = { ...thread.value, id: one.conversation_id }
  }

  useStream(() => (thread.value?.id ? `chat:${thread.value.id}` : ''), {
    snapshot,
    apply: (item) => { add((item.data as { message: ChatMessage }).message) },
    signal: ({ kind, data }) => { if (kind === 'chat.read' && thread.value) thread.value = { ...thread.value, ...(data as Marks) } },
  })
  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => document.removeEventListener('visibilitychange', seen))
  void load()

  const shut = computed(() => Boolean(thread.value && (thread.value.muted || thread.value.blocked)))
  return { thread, messages, loading, loadingEarlier, error, load, earlier, said, shut, set: (now: ChatThread) => { thread.value = now; add(...now.messages) } }
}
