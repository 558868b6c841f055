// One thing the person does that moves something: busy while it runs, never twice (Idempotency-Key), and an
// error to show. Nothing is shown as done before the server said so.
import { ref, shallowRef } from 'vue'
import { asApiError, type ApiError } from '../api/error'
import { Intention } from '../api/idempotency'

export function useAction<A extends unknown[], R>(work: (key: string, ...args: A) => Promise<R>) {
  const busy = ref(false)
  const error = shallowRef<ApiError | null>(null)
  const intention = new Intention()

  /** The answer, or undefined when it failed (see `error`) or another tap is still on its way. */
  async function run(...args: A): Promise<R | undefined> {
    if (busy.value) return undefined
    busy.value = true
    error.value = null
    try {
      return await intention.run(args, (key) => work(key, ...args))
    } catch (thrown) {
      error.value = asApiError(thrown)
      return undefined
    } finally {
      busy.value = false
    }
  }

  return { run, busy, error, clear: () => { error.value = null } }
}
