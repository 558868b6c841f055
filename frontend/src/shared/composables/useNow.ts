import { onScopeDispose, ref, type Ref } from 'vue'
import { serverNow } from '../session/clock'

/** The server's clock, ticking; `every` in milliseconds. */
export function useNow(every = 30_000): Ref<number> {
  const now = ref(serverNow())
  const timer = setInterval(() => { now.value = serverNow() }, every)
  onScopeDispose(() => clearInterval(timer))
  return now
}
