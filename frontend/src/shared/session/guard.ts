// Who may go where, for convenience only: the server decides. `meta.needs` on a route says what is needed:
// 'person' (signed in), 'member', 'staff' (of the store in the address), 'coordinator'; `meta.roles` narrows staff.
import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router'
import { useSession } from './session'
import type { Role } from '../api/types'

declare module 'vue-router' {
  interface RouteMeta { needs?: 'person' | 'member' | 'staff' | 'coordinator'; roles?: Role[]; /** also of the street itself, for coordinators */ street?: boolean }
}

export function guard(to: RouteLocationNormalized): true | RouteLocationRaw {
  const needs = to.meta.needs
  if (!needs) return true
  const session = useSession()
  if (!session.signedIn) return { path: '/login', query: { to: to.fullPath } }
  return allowed(to) ? true : session.landing
}

function allowed(to: RouteLocationNormalized): boolean {
  const session = useSession()
  switch (to.meta.needs) {
    case 'member': return session.member !== null
    case 'coordinator': return session.coordinator
    case 'staff': {
      if (session.isStreet(String(to.params.store)) && !to.meta.street) return false
      const role = session.roleAt(String(to.params.store))
      return role !== null && (!to.meta.roles || to.meta.roles.includes(role))
    }
    default: return true
  }
}
