// The invitation as a picture to keep or to hand on: the street's name, who invites, and the code.
import { encode } from 'uqr'

export interface CardWords { title: string; small: string; plain: string }

const WIDTH = 720
const HEIGHT = 960
const QR = 440

/** One path of the code's dark squares, in its own units. */
export function codePath(url: string): { path: string; size: number } {
  const qr = encode(url, { ecc: 'M', border: 2 })
  return { size: qr.size, path: qr.data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('') }
}

/** Draws the card on paper, always by daylight: it is for other people's screens. */
export async function drawCard(url: string, words: CardWords): Promise<Blob> {
  await document.fonts?.ready
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const pen = canvas.getContext('2d')!
  const font = (name: string, size: number, weight = 400) => `${weight} ${size}px ${getComputedStyle(document.body).getPropertyValue(name) || 'serif'}`
  pen.fillStyle = '#fbf6ec'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = '#b5402c'
  pen.fillRect(0, 0, WIDTH, 18)
  pen.textAlign = 'center'
  pen.fillStyle = '#2b2723'
  pen.font = font('--font-sign', 54, 600)
  words.title.split('\n').forEach((line, i) => pen.fillText(line, WIDTH / 2, 130 + i * 74, WIDTH - 80))
  drawCode(pen, url)
  pen.fillStyle = '#6b6258'
  pen.font = font('--font-text', 28)
  pen.fillText(words.small, WIDTH / 2, 812, WIDTH - 80)
  pen.fillText(words.plain, WIDTH / 2, 868, WIDTH - 80)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'))
}

function drawCode(pen: CanvasRenderingContext2D, url: string): void {
  const { path, size } = codePath(url)
  pen.save()
  pen.translate((WIDTH - QR) / 2, 300)
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, QR, QR)
  pen.scale(QR / size, QR / size)
  pen.fillStyle = '#2b2723'
  pen.clip(new Path2D(path))
  pen.fillRect(0, 0, size, size)
  pen.restore()
}
