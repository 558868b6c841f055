// What eyes and a phone's camera do: read a QR code from a picture of the screen, and hold one before a lens.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { encode } from 'uqr'

const jsQR = createRequire(import.meta.url)('jsqr')

/** Reads the QR code that an element shows, from its picture. */
export async function readCode(element) {
  const picture = await element.screenshot({ animations: 'disabled' })
  const { width, height, pixels } = await element.page().evaluate(pixelsOf, picture.toString('base64'))
  const found = jsQR(Uint8ClampedArray.from(Buffer.from(pixels, 'base64')), width, height)
  if (!found) throw new Error('there is no QR code to be read')
  return found.data
}

/* Runs in the page. */
async function pixelsOf(png) {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0))
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  const brush = canvas.getContext('2d')
  brush.drawImage(picture, 0, 0)
  const { data } = brush.getImageData(0, 0, picture.width, picture.height)
  let text = ''
  for (let at = 0; at < data.length; at += 32_768) text += String.fromCharCode(...data.subarray(at, at + 32_768))
  return { width: picture.width, height: picture.height, pixels: btoa(text) }
}

const WIDE = 640
const HIGH = 480

/** What the test's camera films from now on: a QR code on white, or, without a text, nothing. */
export function film(file, text) {
  const light = Buffer.alloc(WIDE * HIGH, 235)
  if (text) draw(light, encode(text, { ecc: 'M', border: 0 }))
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDE * HIGH) / 2, 128)])
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDE} H${HIGH} F10:1 Ip A1:1 C420\n`), frame, frame, frame]))
}

function draw(light, { data, size }) {
  const dot = Math.floor(360 / size)
  const left = Math.floor((WIDE - dot * size) / 2)
  const top = Math.floor((HIGH - dot * size) / 2)
  for (let y = 0; y < dot * size; y++) {
    for (let x = 0; x < dot * size; x++) {
      if (data[Math.floor(y / dot)][Math.floor(x / dot)]) light[(top + y) * WIDE + left + x] = 16
    }
  }
}
