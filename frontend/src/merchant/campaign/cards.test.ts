import { describe, expect, it } from 'vitest'
import { pagesOf, partsOf } from './cards'

const cards = (n: number) => Array.from({ length: n }, (_, i) => ({ serial: i + 1, code: `K7M-${i}`, link: `https://street.example/c/K7M${i}` }))

describe('codes on paper', () => {
  it('stand ten a page, the last page with the rest', () => {
    const pages = pagesOf(cards(23))
    expect(pages.map((page) => page.length)).toEqual([10, 10, 3])
    expect(pages[2]![2]!.serial).toBe(23)
    expect(pages[0]![0]!.qr.path).toMatch(/^M0 0h7/)
  })
  it('go in parts of two hundred', () => {
    expect(partsOf(cards(450)).map((part) => part.length)).toEqual([200, 200, 50])
    expect(partsOf([])).toEqual([])
  })
})
