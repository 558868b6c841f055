// Tells the server, once a visit to the app, that a member has seen a campaign's ticket: when most of it was on the screen.
import { onBeforeUnmount, onMounted, type Ref } from 'vue'
import { api } from '@/shared/api'
import { useSession } from '@/shared/session/session'

const told = new Set<string>()

export function useSeen(ticket: Ref<HTMLElement | null>, campaign: () => string): void {
  const session = useSession()
  let watching: IntersectionObserver | null = null

  function look(entries: IntersectionObserverEntry[]): void {
    const id = campaign()
    if (!entries.some((one) => one.isIntersecting) || !session.member || told.has(id)) return
    told.add(id)
    watching?.disconnect()
    void api.POST('/campaigns/{campaign}/seen', { params: { path: { campaign: id } } }).catch(() => told.delete(id))
  }
  onMounted(() => {
    if (!ticket.value || typeof IntersectionObserver === 'undefined') return
    watching = new IntersectionObserver(look, { threshold: 0.6 })
    watching.observe(ticket.value)
  })
  onBeforeUnmount(() => watching?.disconnect())
}
