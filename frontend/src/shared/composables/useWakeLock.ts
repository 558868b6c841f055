// Keeps the screen from going dark while a code is shown. A phone that does not know how just goes on as before.
import { onScopeDispose, watch, type WatchSource } from 'vue'

export function useWakeLock(wanted: WatchSource<boolean>): void {
  let lock: WakeLockSentinel | null = null
  let on = false

  async function hold(): Promise<void> {
    if (!on || document.visibilityState !== 'visible') return
    lock = await navigator.wakeLock?.request('screen').catch(() => null) ?? null
    if (!on) release() // put away while the phone was asked
  }
  function release(): void {
    void lock?.release().catch(() => undefined)
    lock = null
  }

  watch(wanted, (now) => {
    on = now
    if (now) void hold()
    else release()
  }, { immediate: true })
  document.addEventListener('visibilitychange', hold) // the phone lets go of it when one looks at something else
  onScopeDispose(() => {
    on = false
    document.removeEventListener('visibilitychange', hold)
    release()
  })
}
