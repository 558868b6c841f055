import jsQR from 'jsqr'
import { describe, expect, it } from 'vitest'
import { qrPath, runs } from './qr'

const SCALE = 4
const QUIET = 4

/** Paints the path the way a printer would, for a reader to look at. */
function painted({ size, path }: { size: number; path: string }): { pixels: Uint8ClampedArray; side: number } {
  const side = (size + 2 * QUIET) * SCALE
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x, y, n] of path.matchAll(/M(\d+) (\d+)h(\d+)v1/g)) {
    for (let dy = 0; dy < SCALE; dy++) for (let dx = 0; dx < Number(n) * SCALE; dx++) {
      const at = (((Number(y) + QUIET) * SCALE + dy) * side + (Number(x) + QUIET) * SCALE + dx) * 4
      pixels.fill(0, at, at + 3)
    }
  }
  return { pixels, side }
}

describe('the code on the poster', () => {
  it('reads as the address it stands for', () => {
    const url = 'https://street.example/j/jw3z49f8'
    const { pixels, side } = painted(qrPath(url))
    expect(jsQR(pixels, side, side)?.data).toBe(url)
  })

  it('draws runs as one piece', () => {
    expect(runs([true, true, false, true])).toEqual([[0, 2], [3, 1]])
    expect(runs([false, false])).toEqual([])
  })
})
