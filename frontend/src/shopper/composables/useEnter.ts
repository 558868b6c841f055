// What a visitor taps that needs a person: first the door, then back here.
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '@/shared/session/session'

export function useEnter() {
  const session = useSession()
  const router = useRouter()
  const route = useRoute()

  /** True when somebody is signed in; else goes to the door, and comes back afterwards. */
  return function here(): boolean {
    if (session.signedIn) return true
    void router.push({ path: '/login', query: { to: route.fullPath } })
    return false
  }
}
