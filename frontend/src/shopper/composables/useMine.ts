// What belongs to the member who is here: where it is kept on the phone, and when to look again.
import { onScopeDispose, watch } from 'vue'
import { connection } from '@/shared/realtime'
import { useStream } from '@/shared/realtime/useStream'
import { useSession } from '@/shared/session/session'

/** The shelf's name for something of this person's, so that two people on one phone never see each other's. */
export function useShelf(): (name: string) => string {
  const session = useSession()
  return (name) => `${session.me?.account_id ?? 'visitor'}/${name}`
}

/** Calls `look` when the phone has a network again. */
export function whenBack(look: () => void): void {
  addEventListener('online', look)
  onScopeDispose(() => removeEventListener('online', look))
}

/**
 * Calls `look` when the server says that the member's card or wallet has changed, and when the network or the
 * socket is back after a cut: what was said meanwhile is not said again.
 */
export function useMemberSignals(look: () => void, kinds: string[] = ['wallet.changed', 'card']): void {
  const session = useSession()
  useStream(() => (session.member ? `member:${session.member.id}` : ''), {
    snapshot: async () => 0,
    apply: () => undefined,
    signal: (signal) => { if (kinds.includes(signal.kind)) look() },
  })
  let before = connection.value === 'open'
  watch(connection, (now) => {
    if (now !== 'open') return
    if (before) look()
    before = true
  })
  whenBack(look)
}
