// A text as the path of a QR code's dark squares, one unit each.
import { encode } from 'uqr'

export interface QrPath { size: number; path: string }

/** Level M: a poster is read from a metre away and gets scratched. Runs of a row are one piece. */
export function qrPath(text: string): QrPath {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  return { size, path: data.map((row, y) => runs(row).map(([x, n]) => `M${x} ${y}h${n}v1h-${n}z`).join('')).join('') }
}

/** Where the dark runs of a row begin, and how long they are. */
export function runs(row: boolean[]): [number, number][] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    const last = found[found.length - 1]
    if (!dark) return
    if (last && last[0] + last[1] === x) last[1]++
    else found.push([x, 1])
  })
  return found
}
