// The street around its stores, drawn for whatever stores there are: houses behind, trees between, lamps on
// strings, people walking. The same stores always give the same street.
export interface Scenery {
  width: number; hills: string; houses: string; stars: string
  trees: { x: number; scale: number }[]; pools: { x: number; wide: boolean }[]
  strings: string; lamps: string; people: { kind: string; x: number; y: number; scale: number; coat: string }[]
}

const LEFT = 6
const ARCH = 104
const COATS = ['#8C4A34', '#4D5E45', '#C98A1E', '#35566A', '#7C4650', '#5C5347', '#A4583F', '#3F4F4B']

/** A small generator of numbers in 0 … 1 that depends on the seed only. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function sceneryOf(widths: number[], open: boolean[]): Scenery {
  const roll = dice(widths.reduce((sum, w) => sum * 31 + w, 7))
  const lefts = starts(widths)
  const end = widths.reduce((x, width) => x + width, LEFT)
  const width = end + ARCH
  return {
    width,
    stars: stars(width, roll),
    hills: hills(width, roll),
    houses: lefts.map((x) => house(x, 84 + roll() * 20)).join(''),
    trees: lefts.filter((_, i) => i % 3 === 0).map((x) => ({ x: x - 1, scale: 0.8 + roll() * 0.3 })),
    pools: lefts.flatMap((x, i) => (open[i] ? [{ x: x + (widths[i] ?? 0) / 2, wide: true }, { x: x + (widths[i] ?? 0) * 0.22, wide: false }] : [])),
    ...lights(end, roll),
    people: people(end, roll),
  }
}

function starts(widths: number[]): number[] {
  let x = LEFT
  return widths.map((w) => {
    const left = x
    x += w
    return left
  })
}

function stars(width: number, roll: () => number): string {
  let path = ''
  for (let i = 0; i < width / 20; i++) path += `M${Math.round(roll() * width)} ${Math.round(4 + roll() * 54) - 70}h.01`
  return path
}

function hills(width: number, roll: () => number): string {
  let path = 'M-900 142q120-30 300 0t300-10 300 10'
  for (let x = 0; x < width;) {
    const step = 80 + Math.round(roll() * 50)
    path += `q${step / 2} ${-16 - Math.round(roll() * 26)} ${step} 0`
    x += step
  }
  return `${path}h900V168H-900z`
}

function house(x: number, y: number): string {
  return `M${Math.round(x - 20)} ${Math.round(y)}q4 2 8 1l5-10h12l5 10q4 1 8-1l-4 5v80h-30v-80z`
}

/** Strings of lamps from west to east, hanging between points of different height. */
function lights(end: number, roll: () => number): { strings: string; lamps: string } {
  let strings = ''
  let lamps = ''
  let x = 0
  let y = 30
  while (x < end - 60) {
    const nextX = Math.min(end, x + 120 + roll() * 80)
    const nextY = 24 + roll() * 36
    const sag = Math.max(y, nextY) + 32
    const middle = (x + nextX) / 2
    strings += `M${f(x)} ${f(y)}Q${f(middle)} ${f(sag)} ${f(nextX)} ${f(nextY)}`
    const count = Math.round((nextX - x) / 26)
    for (let i = 1; i < count; i++) {
      const t = i / count
      const cy = (1 - t) ** 2 * y + 2 * (1 - t) * t * sag + t ** 2 * nextY
      lamps += `M${f(x + (nextX - x) * t)} ${f(cy + 2)}h.01`
    }
    x = nextX
    y = nextY
  }
  return { strings, lamps }
}

function people(end: number, roll: () => number): Scenery['people'] {
  const list: Scenery['people'] = []
  for (let x = 116; x < end - 30; x += 96 + roll() * 60) {
    const kind = ['walker-bag', 'rider', 'walker', 'walker', 'walker-bag'][Math.floor(roll() * 5)]!
    list.push(person(kind, x, roll))
    if (kind === 'rider') continue
    if (roll() > 0.4) list.push(person('walker', x + 12, roll))
    if (roll() > 0.6) list.push({ ...person('walker', x + 22, roll), y: 178, scale: 0.6 })
  }
  return list
}

function person(kind: string, x: number, roll: () => number): Scenery['people'][number] {
  return {
    kind, x: Math.round(x), y: kind === 'rider' ? 181 : 176 + Math.round(roll() * 2),
    scale: kind === 'rider' ? 1 : 0.9, coat: COATS[Math.floor(roll() * COATS.length)]!,
  }
}

function f(n: number): string {
  return n.toFixed(1).replace('.0', '')
}
