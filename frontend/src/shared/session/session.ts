// Who is here: logging in by phone and code, entering the demo, staying, leaving. Screens ask this store
// what the person is (member, staff, coordinator); what they may do is decided by the server.
import { defineStore } from 'pinia'
import { api, ask, type CodeSent, type DemoPerson, type Joined, type Me, type Role, type Session } from '../api'
import { keyHeader } from '../api/idempotency'
import { expectSession, onSession, refresh, setSession } from '../api/token'
import { forgetDrafts } from '../offline/drafts'
import { forgetAll, keep, recall } from '../offline/kept'

/** Says that a refresh cookie may be there, so that a visitor's first page does not ask in vain. */
const HINT = 'onestreet.session'

export const useSession = defineStore('session', {
  state: () => ({ me: null as Me | null }),
  getters: {
    signedIn: (state) => state.me !== null,
    member: (state) => state.me?.member ?? null,
    staff: (state) => state.me?.staff ?? [],
    coordinator: (state) => state.me?.coordinator ?? false,
    /** Where this person begins: the counter for staff, the overview for coordinators, else the street. */
    landing(state): string {
      const store = state.me?.staff[0]?.store
      if (state.me?.coordinator) return '/a'
      return store ? `/m/${store.id}` : '/'
    },
  },
  actions: {
    /**
     * Once, before the first screen: brings back who was here. The person kept on the phone is taken at once, so
     * that the card opens without a network; the server then says whether the session still holds.
     */
    async restore(): Promise<void> {
      onSession((session) => this.take(session))
      if (!hinted()) return
      expectSession()
      const kept = await recall<Me>('me')
      if (kept) this.me = kept.value
      const asked = refresh().catch(() => null)
      if (!kept) await asked
    },
    take(session: Session | null) {
      const before = this.me?.account_id
      this.me = session?.me ?? null
      hint(session !== null)
      if (before && before !== this.me?.account_id) void forgetAll().then(() => this.me && keep('me', this.me))
      else if (this.me) void keep('me', this.me)
    },
    sendCode(phone: string): Promise<CodeSent> {
      return ask(api.POST('/auth/codes', { body: { phone } }))
    },
    async enter(phone: string, code: string): Promise<void> {
      setSession(await ask(api.POST('/auth/sessions', { body: { phone, code } })))
    },
    async join(link: string, body: { phone: string; code: string; name?: string }, key: string): Promise<Joined> {
      const joined = await ask(api.POST('/join/{code}', { params: { path: { code: link } }, body, headers: keyHeader(key) })) as Joined
      setSession(joined)
      return joined
    },
    /** The demo's people; empty where there is no demo. */
    async demoPeople(): Promise<DemoPerson[]> {
      return ask(api.GET('/demo/people')).then((page) => page.items, () => [])
    },
    async enterDemo(key: string): Promise<void> {
      setSession(await ask(api.POST('/demo/enter', { body: { key } })))
    },
    async update(change: { name?: string; locale?: Me['locale']; face?: string }): Promise<void> {
      this.me = await ask(api.PATCH('/me', { body: change }))
      void keep('me', this.me)
    },
    async logout(): Promise<void> {
      await ask(api.POST('/auth/logout')).catch(() => null)
      this.forget()
    },
    /** Forgets the person on this phone: the session, and what was kept for offline. */
    forget(): void {
      if (this.me) void forgetDrafts(this.me.account_id)
      setSession(null)
    },
    /** Whether an id is the street's own: events of the street itself stand where a store's would. */
    isStreet(id: string): boolean {
      return this.me?.street.id === id
    },
    /** This person's role at a store; null when none. For the street itself a coordinator is as an owner. */
    roleAt(store: string): Role | null {
      if (this.isStreet(store)) return this.coordinator ? 'owner' : null
      return this.me?.staff.find((post) => post.store.id === store)?.role ?? null
    },
  },
})

function hinted(): boolean {
  try { return localStorage.getItem(HINT) === '1' } catch { return true }
}

function hint(there: boolean): void {
  try {
    if (there) localStorage.setItem(HINT, '1')
    else localStorage.removeItem(HINT)
  } catch { /* storage may be closed; then every start asks */ }
}
