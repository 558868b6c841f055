// Logs of the door that are still on this phone reach the server whatever page is open.
import { onScopeDispose } from 'vue'
import { bringAll } from './door'

export function keepDoors(): void {
  const nets = () => { void bringAll() }
  nets()
  addEventListener('online', nets)
  onScopeDispose(() => removeEventListener('online', nets))
}
