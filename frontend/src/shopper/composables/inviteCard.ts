// The invitation as a picture to keep or to hand on: the street's name, who invites, and the code.
import { qrPath } from '@/shared/format/qr'

export interface CardWords { title: string; small: string; plain: string }

const WIDTH = 720
const HEIGHT = 960
const QR = 440
const QUIET = 2 // light modules around the code

/** A token as the page has it: colours and faces stand in one place. */
const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name)

/** Draws the card on paper, always by daylight: it is for other people's screens. */
export async function drawCard(url: string, words: CardWords): Promise<Blob> {
  await document.fonts?.ready
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT })
  const pen = canvas.getContext('2d')!
  const font = (name: string, size: number, weight = 400) => `${weight} ${size}px ${token(name)}`
  pen.fillStyle = token('--daylight')
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  pen.fillStyle = token('--daylight-red')
  pen.fillRect(0, 0, WIDTH, 18)
  pen.textAlign = 'center'
  pen.fillStyle = token('--daylight-ink')
  pen.font = font('--font-sign', 54, 600)
  words.title.split('\n').forEach((line, i) => pen.fillText(line, WIDTH / 2, 130 + i * 74, WIDTH - 80))
  drawCode(pen, url)
  pen.fillStyle = token('--daylight-ink-2')
  pen.font = font('--font-text', 28)
  pen.fillText(words.small, WIDTH / 2, 812, WIDTH - 80)
  pen.fillText(words.plain, WIDTH / 2, 868, WIDTH - 80)
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'))
}

function drawCode(pen: CanvasRenderingContext2D, url: string): void {
  const { path, size } = qrPath(url)
  pen.save()
  pen.translate((WIDTH - QR) / 2, 300)
  pen.fillStyle = token('--print')
  pen.fillRect(0, 0, QR, QR)
  pen.scale(QR / (size + 2 * QUIET), QR / (size + 2 * QUIET))
  pen.translate(QUIET, QUIET)
  pen.fillStyle = token('--daylight-ink')
  pen.clip(new Path2D(path))
  pen.fillRect(0, 0, size, size)
  pen.restore()
}
