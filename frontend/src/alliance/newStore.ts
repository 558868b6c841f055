// The drawings a new store can have, each with the colour it was drawn in.
export const FRONTS = [
  { key: 'shoes', color: '#B5402C' }, { key: 'noodles', color: '#A35F1A' }, { key: 'tea', color: '#1F7A6B' }, { key: 'books', color: '#2F5D73' },
  { key: 'herbs', color: '#55682F' }, { key: 'tailor', color: '#9B4653' }, { key: 'bakery', color: '#96602F' }, { key: 'glasses', color: '#47606B' },
  { key: 'flowers', color: '#AC4E3A' }, { key: 'tools', color: '#665A4E' }, { key: 'kids', color: '#8F640C' }, { key: 'fruit', color: '#4F7A33' }, { key: 'photo', color: '#6E4A3A' },
] as const

/** The colour at night: a quarter darker. */
export function night(color: string): string {
  const part = (at: number) => Math.round(parseInt(color.slice(at, at + 2), 16) * 0.75).toString(16).padStart(2, '0')
  return /^#[0-9a-f]{6}$/i.test(color) ? `#${part(1)}${part(3)}${part(5)}`.toUpperCase() : color
}
