// The member's code, turning by itself. Works without a network: the secret is on the card.
import { onScopeDispose, ref, toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { serverNow } from '../session/clock'
import { base32, secondsLeft, totp } from '../session/totp'

export interface CodeSource { secret: string; period: number; digits: number }

export function useCode(source: MaybeRefOrGetter<CodeSource>) {
  const code = ref('')
  const left = ref(0)
  let step = -1

  async function tick(): Promise<void> {
    const { secret, period, digits } = toValue(source)
    const now = serverNow()
    left.value = secondsLeft(now, period)
    const at = Math.floor(now / 1000 / period)
    if (at === step) return
    step = at
    code.value = await totp(base32(secret), now, period, digits)
  }

  watchEffect(() => {
    void toValue(source).secret
    step = -1
    void tick()
  })
  const timer = setInterval(() => { void tick() }, 250)
  onScopeDispose(() => clearInterval(timer))
  return { code, left }
}
