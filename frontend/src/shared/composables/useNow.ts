import { onScopeDispose, ref, type Ref } from 'vue'
import { serverNow } from '../session/clock'

/** A clock, ticking: the server's unless another is read; `every` in milliseconds. */
export function useNow(every = 30_000, read: () => number = serverNow): Ref<number> {
  const now = ref(read())
  const timer = setInterval(() => { now.value = read() }, every)
  onScopeDispose(() => clearInterval(timer))
  return now
}
