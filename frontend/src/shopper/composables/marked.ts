// A text cut where a search found something.
export interface Mark { from: number; to: number }
export interface Stretch { text: string; found: boolean }

/** The text in stretches; together they are the text again. Marks count characters (code points), in order. */
export function stretches(text: string, marks: Mark[]): Stretch[] {
  const characters = [...text]
  const cut: Stretch[] = []
  let at = 0
  for (const { from, to } of marks) {
    if (from > at) cut.push({ text: characters.slice(at, from).join(''), found: false })
    cut.push({ text: characters.slice(from, to).join(''), found: true })
    at = to
  }
  if (at < characters.length) cut.push({ text: characters.slice(at).join(''), found: false })
  return cut
}

/** The part of a long text around the first mark, with its marks. */
export function around(text: string, marks: Mark[], room = 120): { text: string; marks: Mark[] } {
  const characters = [...text]
  const first = marks[0]?.from ?? 0
  if (characters.length <= room) return { text, marks }
  const from = Math.max(0, first - Math.floor(room / 3))
  const to = Math.min(characters.length, from + room)
  const lead = from > 0 ? '…' : ''
  return {
    text: lead + characters.slice(from, to).join('') + (to < characters.length ? '…' : ''),
    marks: marks.filter((one) => one.from >= from && one.to <= to).map((one) => ({ from: one.from - from + lead.length, to: one.to - from + lead.length })),
  }
}

/** Where the pieces of what was asked stand in a name. */
export function namePieces(name: string, asked: string): Mark[] {
  const small = name.toLowerCase()
  return asked.toLowerCase().split(/\s+/).filter(Boolean)
    .map((piece) => ({ from: small.indexOf(piece), to: small.indexOf(piece) + piece.length }))
    .filter((one) => one.from >= 0).sort((a, b) => a.from - b.from)
    .filter((one, i, all) => i === 0 || one.from >= all[i - 1]!.to)
}
