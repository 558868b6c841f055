// What the till says without being looked at: two rising tones and a short buzz when it worked, one low tone and two
// buzzes when it did not. It can be muted, and stays so on this phone; the buzz remains.
import { onScopeDispose, ref } from 'vue'

const KEPT = 'till.muted'
const read = (): boolean => { try { return localStorage.getItem(KEPT) === '1' } catch { return false } }
const muted = ref(read())
let air: AudioContext | null = null
/** Hertz, from when (s), how long (s), and its shape. */
type Note = [number, number, number, OscillatorType]

/** A tone that could not be heard at once is not wanted later. */
const LATE = 400

/** Browsers let a page sound only after a tap: any tap opens the air, so that what the camera reads next is heard too. */
function open(): AudioContext | null {
  if (muted.value || !('AudioContext' in globalThis)) return null
  air ??= new AudioContext()
  return air
}
function tapped(): void {
  const on = open()
  if (on && on.state !== 'running') void on.resume().catch(() => undefined)
}

function tone(on: AudioContext, [hertz, from, seconds, shape]: Note): void {
  const voice = on.createOscillator()
  const loud = on.createGain()
  const at = on.currentTime + from
  voice.type = shape
  voice.frequency.value = hertz
  loud.gain.setValueAtTime(0.22, at)
  loud.gain.exponentialRampToValueAtTime(0.001, at + seconds)
  voice.connect(loud).connect(on.destination)
  voice.start(at)
  voice.stop(at + seconds)
}

/** Before the first tap there is nothing to hear: the browser answers at the tap, and that is too late. */
async function play(notes: Note[]): Promise<void> {
  const on = open()
  const asked = performance.now()
  await on?.resume().catch(() => undefined)
  if (on?.state !== 'running' || performance.now() - asked > LATE) return
  for (const note of notes) tone(on, note)
}

/** The till listens for taps while its scanner is open. */
export function keepAir(): void {
  const wakes = ['click', 'keydown'] as const
  for (const one of wakes) addEventListener(one, tapped)
  onScopeDispose(() => { for (const one of wakes) removeEventListener(one, tapped) })
}

export function useTillSound() {
  function worked(): void {
    void play([[880, 0, 0.12, 'sine'], [1320, 0.11, 0.2, 'sine']])
    navigator.vibrate?.(40)
  }
  function refused(): void {
    void play([[196, 0, 0.35, 'square']])
    navigator.vibrate?.([90, 60, 90])
  }
  /** A key that was felt: a tick, without a tone. */
  function key(): void {
    navigator.vibrate?.(12)
  }
  function mute(): void {
    muted.value = !muted.value
    try { localStorage.setItem(KEPT, muted.value ? '1' : '0') } catch { /* only for now, then */ }
    if (!muted.value) worked()
  }
  return { muted, worked, refused, key, mute }
}
