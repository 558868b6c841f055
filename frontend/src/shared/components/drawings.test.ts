import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FACES } from './faces'
import { FRONTS, frontOf, signSize } from './fronts'
import { sceneryOf } from './scenery'

const src = join(import.meta.dirname, '../..')
const svg = (name: string) => readFileSync(join(src, `shared/assets/${name}.svg`), 'utf8')
const symbols = (name: string) => [...svg(name).matchAll(/<symbol id="([\w-]+)"/g)].map((m) => m[1]!)

function vueFiles(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name)
    return statSync(path).isDirectory() ? vueFiles(path) : path.endsWith('.vue') ? [path] : []
  })
}

describe('the drawings', () => {
  it('have every portrait that is offered, and offer every one there is', () => {
    expect(symbols('faces').map((id) => id.slice(2)).sort()).toEqual([...FACES].sort())
  })

  it('have every icon that a screen asks for', () => {
    const there = new Set(symbols('icons').map((id) => id.slice(2)))
    const asked = vueFiles(src).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/<Icon[^>]*?\sname="([\w-]+)"/g)].map((m) => m[1]!))
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((name) => !there.has(name))).toEqual([])
  })

  it('have a shopfront for every key, as wide as the list says', () => {
    const drawn = Object.fromEntries([...svg('fronts').matchAll(/<symbol id="front-(\w+)" viewBox="0 0 (\d+) 168"/g)].map((m) => [m[1], Number(m[2])]))
    expect(Object.fromEntries(Object.entries(FRONTS).map(([key, front]) => [key, front.width]))).toEqual(drawn)
  })

  it('refer only to what is drawn', () => {
    const there = new Set(['icons', 'faces', 'fronts'].flatMap(symbols))
    const asked = vueFiles(src).flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/<use[^>]*?\shref="#([\w-]+)"/g)].map((m) => m[1]!))
    expect(asked.filter((id) => !there.has(id))).toEqual([])
  })
})

describe('a sign', () => {
  it('has its drawn size while the name fits', () => {
    expect(signSize(FRONTS.noodles, '林家面馆')).toEqual({ size: 13, spacing: 2 })
    expect(signSize(FRONTS.shoes, '老北京布鞋')).toEqual({ size: 13, spacing: 1.8 })
  })

  it('gets smaller letters for a longer name, never wider than its board', () => {
    for (const name of ['老北京千层底手工布鞋', 'Old Beijing Cloth Shoes', '春'.repeat(9)]) {
      const { size, spacing } = signSize(FRONTS.tailor, name)
      const ems = [...name].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 1 : 0.56), 0)
      expect(ems * size + name.length * spacing, name).toBeLessThanOrEqual(FRONTS.tailor.room + 0.01)
    }
  })

  it('hangs on a plain front when the drawing is unknown', () => {
    expect(frontOf('castle')).toBe(FRONTS.books)
  })
})

describe('the street behind the stores', () => {
  it('is always the same for the same stores', () => {
    expect(sceneryOf([122, 100, 108], [true, true, false])).toEqual(sceneryOf([122, 100, 108], [true, true, false]))
  })

  it('is as long as its stores and the arch', () => {
    expect(sceneryOf([122, 100, 108], [true, true, true]).width).toBe(6 + 330 + 104)
    expect(sceneryOf([], []).width).toBe(110)
  })

  it('has light on the ground only before open stores', () => {
    expect(sceneryOf([100, 100], [false, true]).pools.map((pool) => pool.x)).toEqual([156, 128])
    expect(sceneryOf([100, 100], [false, false]).pools).toEqual([])
  })
})
