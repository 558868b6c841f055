// What a conversation's screen keeps: messages in their order, each once, whichever way it came.
import type { ChatMessage } from '@/shared/api'

/** The two lists as one, by seq; of a message that is in both, the newer copy stays. */
export function merged(before: ChatMessage[], now: ChatMessage[]): ChatMessage[] {
  const byId = new Map([...before, ...now].map((one) => [one.id, one]))
  return [...byId.values()].sort((a, b) => a.seq - b.seq)
}

export interface Day { day: string; at: string; messages: ChatMessage[] }

/** The messages under the days they were said on. */
export function byDay(messages: ChatMessage[], dayOf: (at: string) => string): Day[] {
  const days: Day[] = []
  for (const one of messages) {
    const day = dayOf(one.created_at)
    if (days.at(-1)?.day !== day) days.push({ day, at: one.created_at, messages: [] })
    days.at(-1)!.messages.push(one)
  }
  return days
}

/** The seq of the last of a side's messages that the other side has read; 0: none. */
export function readUpTo(messages: ChatMessage[], side: ChatMessage['side'], mark: number): number {
  return messages.reduce((last, one) => (one.side === side && one.seq <= mark && !['away', 'handed'].includes(one.kind) ? one.seq : last), 0)
}
