// What is known of an import on the way: signals come and may be lost or late, answers by GET are the truth.
import type { Import, RowState } from '@/shared/api'

export interface Progress { id: string; state: Import['state']; done: number; valid: number }

/** The import with a signal's figures in it; figures never run backwards, a signal of another import changes nothing. */
export function advanced(now: Import, signal: Progress): Import {
  if (signal.id !== now.id || now.state === 'done' || now.state === 'failed') return now
  return { ...now, state: 'running', done: Math.max(now.done, signal.done) }
}

/** Per cent written, whole. */
export function percent(now: Pick<Import, 'done' | 'counts'>): number {
  return now.counts.valid ? Math.min(100, Math.floor((now.done * 100) / now.counts.valid)) : 100
}

/** What to look at first: what is wrong, else what repeats, else what is new. */
export function firstLook(counts: Import['counts']): RowState {
  const order: RowState[] = ['invalid', 'duplicate', 'new', 'known']
  return order.find((state) => counts[state] > 0) ?? 'new'
}

/** A file that is worth sending: by its name, and not above the server's limit. */
export function fileProblem(file: { name: string; size: number }): '' | 'kind' | 'size' | 'empty' {
  if (!/\.(csv|txt|tsv|xlsx)$/i.test(file.name)) return 'kind'
  if (file.size > 8 << 20) return 'size'
  return file.size === 0 ? 'empty' : ''
}
