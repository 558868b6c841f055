// The camera that reads QR codes: the browser's own detector where there is one, else a small decoder loaded on first
// use. It reads four times a second and stops by itself when the component goes; a phone that took the lens away while one looked
// at something else gives it back.
import { onScopeDispose, ref, type Ref } from 'vue'

interface Detector { detect(source: CanvasImageSource): Promise<{ rawValue: string }[]> }
type Read = (video: HTMLVideoElement) => Promise<string>

const EVERY = 250
const SIDE = 480

async function ownDetector(): Promise<Read | null> {
  const Own = (globalThis as { BarcodeDetector?: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } }).BarcodeDetector
  if (!Own || !(await Own.getSupportedFormats().catch(() => [] as string[])).includes('qr_code')) return null
  const detector = new Own({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? ''
}

async function smallDecoder(): Promise<Read> {
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const side = Math.min(video.videoWidth, video.videoHeight)
    if (!brush || !side) return ''
    brush.drawImage(video, (video.videoWidth - side) / 2, (video.videoHeight - side) / 2, side, side, 0, 0, SIDE, SIDE)
    return jsQR(brush.getImageData(0, 0, SIDE, SIDE).data, SIDE, SIDE)?.data ?? ''
  }
}

export type CameraState = 'off' | 'starting' | 'on' | 'denied' | 'absent'

export function useCamera(video: Ref<HTMLVideoElement | null>, found: (text: string) => void) {
  const state = ref<CameraState>('off')
  let stream: MediaStream | null = null
  let timer = 0
  let last = ''

  async function look(read: Read): Promise<void> {
    const text = video.value && video.value.readyState >= 2 ? await read(video.value).catch(() => '') : ''
    if (text && text !== last && state.value === 'on') {
      last = text
      found(text)
    }
    if (stream) timer = window.setTimeout(() => { void look(read) }, EVERY)
  }

  async function start(): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) { state.value = 'absent'; return }
    state.value = 'starting'
    last = ''
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
    } catch (thrown) {
      state.value = thrown instanceof DOMException && thrown.name === 'NotFoundError' ? 'absent' : 'denied'
      return
    }
    if (!video.value) { stop(); return }
    stream.getVideoTracks().forEach((track) => { track.addEventListener('ended', stop, { once: true }) })
    video.value.srcObject = stream
    await video.value.play().catch(() => undefined)
    state.value = 'on'
    void look(await ownDetector() ?? await smallDecoder())
  }

  function stop(): void {
    window.clearTimeout(timer)
    stream?.getTracks().forEach((track) => { track.stop() })
    stream = null
    if (state.value === 'on' || state.value === 'starting') state.value = 'off'
  }

  /** The lens that was taken away, when one looks here again. */
  function back(): void {
    if (document.visibilityState === 'visible' && state.value === 'off') void start()
  }

  document.addEventListener('visibilitychange', back)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', back)
    stop()
  })
  return { state, start, stop }
}
