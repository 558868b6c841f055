// Up to where one has read a feed: the line "you had read up to here", and telling the server what is on the screen.
import { onScopeDispose, ref, watch } from 'vue'
import type { FeedPage, Post } from '@/shared/api'
import { useSession } from '@/shared/session/session'
import { useNews } from './useNews'

/** How long something is on the screen before it counts as read. */
const GLANCE = 800

/**
 * @param shown the posts on the screen, newest first
 * @param complete nothing new waits behind "3 new"
 */
export function useReading(feed: string, shown: () => Post[], complete: () => boolean) {
  const session = useSession()
  const news = useNews()
  /** The id of the first post that one had read before this visit; empty without news above it. */
  const line = ref('')
  let before = -1
  let last = -1
  let timer: ReturnType<typeof setTimeout> | undefined

  function place(): void {
    const old = shown().find((post) => post.seq <= before)
    const above = shown().some((post) => post.seq > before && post.author.id !== session.member?.id)
    line.value = before >= 0 && old && above ? old.id : ''
  }

  function tell(): void {
    clearTimeout(timer)
    if (!session.signedIn || document.hidden || !complete() || last < 0) return
    timer = setTimeout(() => { if (!document.hidden) void news.read(feed, last) }, GLANCE)
  }

  /** A fresh first page: the line stands where one was before, until the next visit. */
  function open(page: FeedPage): void {
    before = page.read ?? -1
    last = page.seq
    place()
    tell()
  }

  watch([complete, () => shown()[0]?.id], tell)
  document.addEventListener('visibilitychange', tell)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', tell)
  })
  return { line, open, head: (seq: number) => { last = Math.max(last, seq); tell() } }
}
