// One post with what neighbours said, live: the stream of its feed tells of new comments, likes and its end.
import { computed, ref, shallowRef } from 'vue'
import { api, ask, type Comment, type Pinned, type Post } from '@/shared/api'
import type { Item, Signal } from '@/shared/realtime/protocol'
import { useStream } from '@/shared/realtime/useStream'
import { applied, counted, pinnedAfter, saidBy, signalled, type Edited } from './feedState'
import { useHidden } from './useHidden'

export function usePost(id: string) {
  const post = shallowRef<Post | null>(null)
  const gone = ref(false)
  const comments = shallowRef<Comment[]>([])
  const older = ref<string | undefined>()
  const loadingMore = ref(false)
  const name = ref('feed:street')
  const pins = shallowRef<Pinned[]>([])
  const { hidden, set: setHidden } = useHidden()
  const path = { params: { path: { post: id } } }

  async function snapshot(): Promise<number> {
    // The stream's seq first: what happens after it comes as an item, and applying one twice changes nothing.
    const feed = name.value.slice('feed:'.length)
    const { seq, pinned, hidden: unseen } = await ask(api.GET('/feeds/{feed}/posts', { params: { path: { feed }, query: { limit: 1 } } }))
    const [found, page] = await Promise.all([ask(api.GET('/posts/{post}', path)), ask(api.GET('/posts/{post}/comments', path))])
    post.value = found
    pins.value = pinned
    setHidden(unseen)
    name.value = found.stream // another than the street's: it is followed instead, from a snapshot of its own
    comments.value = inOrder(page.items)
    older.value = page.next_cursor || undefined
    return seq
  }

  function apply(item: Item): void {
    if (!post.value) return
    if (saidBy(item, hidden.value)) {
      post.value = counted([post.value], item)[0] ?? post.value
      return
    }
    pins.value = pinnedAfter(pins.value, item)
    post.value = applied([post.value], item).find((one) => one.id === id) ?? post.value
    gone.value ||= item.kind === 'post.deleted' && (item.data as { post_id: string }).post_id === id
    if (item.kind === 'comment.created') {
      const { comment } = item.data as { comment: Comment }
      if (comment.post_id === id) said(comment)
    }
    if (item.kind === 'comment.deleted') {
      const { comment_id } = item.data as { comment_id: string }
      removed(comment_id)
    }
    if (item.kind === 'comment.edited') {
      const { comment_id, text, mentions, edited_at } = item.data as Edited
      comments.value = comments.value.map((one) => (one.id === comment_id ? { ...one, text, mentions, edited_at } : one))
    }
  }

  function signal(heard: Signal): void {
    if (post.value) post.value = signalled([post.value], heard)[0] ?? null
  }

  function said(comment: Comment): void {
    const known = comments.value.find((one) => one.id === comment.id)
    const own = { mine: comment.mine || known?.mine || false, editable: comment.editable || known?.editable || false }
    comments.value = inOrder([...comments.value.filter((one) => one !== known), { ...comment, ...own }])
  }

  /** An answer that others replied to keeps its place without its words. */
  function removed(gone: string): void {
    const replied = comments.value.some((one) => one.parent_id === gone)
    comments.value = replied
      ? comments.value.map((one) => (one.id === gone ? { ...one, gone: true, text: '', mine: false, editable: false } : one))
      : comments.value.filter((one) => one.id !== gone)
  }

  async function more(): Promise<void> {
    if (!older.value || loadingMore.value) return
    loadingMore.value = true
    try {
      const page = await ask(api.GET('/posts/{post}/comments', { params: { path: { post: id }, query: { cursor: older.value } } }))
      comments.value = inOrder([...comments.value, ...page.items])
      older.value = page.next_cursor || undefined
    } catch { /* the line offers it again */ } finally {
      loadingMore.value = false
    }
  }

  const stream = useStream(name, { snapshot, apply, signal })
  const pinned = computed(() => pins.value.some((one) => one.post.id === id))
  return { post, pinned, gone, comments, older, loadingMore, more, said, removed, loading: stream.loading, error: stream.error, reload: stream.reload }
}

/** Oldest first; ids grow with time. */
function inOrder(comments: Comment[]): Comment[] {
  return [...comments].sort((a, b) => (a.created_at === b.created_at ? a.id.localeCompare(b.id) : a.created_at.localeCompare(b.created_at)))
}
