// What the till says without being looked at: two rising tones and a short buzz when it worked, one low tone and two
// buzzes when it did not. It can be muted, and stays so on this phone; the buzz remains.
import { ref } from 'vue'

const KEPT = 'till.muted'
const read = (): boolean => { try { return localStorage.getItem(KEPT) === '1' } catch { return false } }
const muted = ref(read())
let air: AudioContext | null = null

function tone(hertz: number, from: number, seconds: number, shape: OscillatorType): void {
  if (!air) return
  const voice = air.createOscillator()
  const loud = air.createGain()
  const at = air.currentTime + from
  voice.type = shape
  voice.frequency.value = hertz
  loud.gain.setValueAtTime(0.22, at)
  loud.gain.exponentialRampToValueAtTime(0.001, at + seconds)
  voice.connect(loud).connect(air.destination)
  voice.start(at)
  voice.stop(at + seconds)
}

/** Browsers let a page sound only after a tap; before it there is only the buzz. */
function play(notes: [number, number, number, OscillatorType][]): void {
  if (muted.value || !('AudioContext' in globalThis)) return
  air ??= new AudioContext()
  if (air.state === 'suspended') void air.resume()
  for (const note of notes) tone(...note)
}

export function useTillSound() {
  function worked(): void {
    play([[880, 0, 0.12, 'sine'], [1320, 0.11, 0.2, 'sine']])
    navigator.vibrate?.(40)
  }
  function refused(): void {
    play([[196, 0, 0.35, 'square']])
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
