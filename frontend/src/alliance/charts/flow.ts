// Where people walk: arcs over the street for the way east, under it for the way west. Width is people.
import type { Overview, StoreRef } from '@/shared/api'

export const WIDTH = 720
export const TOP = 152
export const BOTTOM = 196

export interface Arc { key: string; d: string; color: string; night: string; width: number; members: number; label: { x: number; y: number } | null }

/** The middle of each store on a line of WIDTH units, in street order. */
export function places(stores: StoreRef[]): Map<string, number> {
  const step = WIDTH / Math.max(stores.length, 1)
  return new Map(stores.map((store, i) => [store.id, step * (i + 0.5)]))
}

function arcOf(from: number, to: number): { d: string; top: number; eastward: boolean } {
  const eastward = to > from
  const span = Math.abs(to - from)
  const lean = (to - from) * 0.06
  const base = eastward ? TOP : BOTTOM
  const reach = eastward ? -(42 + span * 0.235) : 26 + span * 0.11
  const y = base + reach
  const d = `M${from.toFixed(1)} ${base}C${(from + lean).toFixed(1)} ${y.toFixed(1)} ${(to - lean).toFixed(1)} ${y.toFixed(1)} ${to.toFixed(1)} ${base}`
  return { d, top: base + reach * 0.75, eastward }
}

/** The arcs, thinnest first so that the strongest lie on top; the eight strongest bear their figure. */
export function arcs(flow: Overview['flow'], stores: StoreRef[]): Arc[] {
  const at = places(stores)
  const most = Math.max(...flow.map((one) => one.members), 1)
  const told = new Set([...flow].sort((a, b) => b.members - a.members).slice(0, 8))
  return [...flow].sort((a, b) => a.members - b.members).flatMap((one) => {
    const from = at.get(one.from.id)
    const to = at.get(one.to.id)
    if (from === undefined || to === undefined) return []
    const shift = to > from ? 6 : -6
    const { d, top } = arcOf(from + shift, to - shift)
    return [{
      key: `${one.from.id}${one.to.id}`, d, color: one.from.color, night: one.from.color_night, members: one.members,
      width: 1.2 + 5.4 * Math.sqrt(one.members / most), label: told.has(one) ? { x: (from + to) / 2, y: top } : null,
    }]
  })
}
