// A text cut where names are called, and the name that is being typed.
import type { Mention } from '@/shared/api'

export interface Piece { text: string; mention?: Mention; /** What it leads to looking for: a topic. */ topic?: boolean }

const TOPIC = /^[#＃][\p{L}\p{N}_]{1,24}/u

/** The text in pieces; together they are the text again. Longer names win: "@林家面馆" is not "@林". */
export function pieces(text: string, mentions: Mention[]): Piece[] {
  const byLength = [...mentions].sort((a, b) => b.name.length - a.name.length)
  const found: Piece[] = []
  let plain = ''
  for (let at = 0; at < text.length;) {
    const mention = text[at] === '@' ? byLength.find((one) => text.startsWith(one.name, at + 1)) : undefined
    const topic = mention ? undefined : TOPIC.exec(text.slice(at, at + 60))?.[0]
    if (topic) {
      if (plain) found.push({ text: plain })
      plain = ''
      found.push({ text: topic, topic: true })
      at += topic.length
      continue
    }
    if (!mention) {
      plain += text[at]
      at++
      continue
    }
    if (plain) found.push({ text: plain })
    plain = ''
    found.push({ text: `@${mention.name}`, mention })
    at += mention.name.length + 1
  }
  if (plain) found.push({ text: plain })
  return found
}

/** The beginning of a name after the last "@" before the caret, or null when none is being typed. */
export function naming(before: string): string | null {
  return /@([^\s@]{0,20})$/.exec(before)?.[1] ?? null
}
