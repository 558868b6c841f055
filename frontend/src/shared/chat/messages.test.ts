import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '@/shared/api'
import { byDay, merged, readUpTo } from './messages'

const said = (seq: number, more: Partial<ChatMessage> = {}): ChatMessage =>
  ({ id: `m${seq}`, seq, side: 'member', kind: 'text', text: `${seq}`, staff: '', created_at: `2026-10-1${seq % 3}T02:00:00Z`, ...more })

describe('messages', () => {
  it('stand in their order, each once', () => {
    expect(merged([said(1), said(3)], [said(3, { text: 'newer' }), said(2)]).map((one) => one.text)).toEqual(['1', '2', 'newer'])
  })
  it('lie under their days', () => {
    expect(byDay([said(3), said(6), said(7)], (at) => at.slice(0, 10)).map((one) => [one.day, one.messages.length])).toEqual([['2026-10-10', 2], ['2026-10-11', 1]])
  })
  it('show how far the other side has read', () => {
    const list = [said(1), said(2, { side: 'store' }), said(3), said(4, { kind: 'away', side: 'store' }), said(5)]
    expect(readUpTo(list, 'member', 4)).toBe(3)
    expect(readUpTo(list, 'store', 4)).toBe(2)
    expect(readUpTo(list, 'member', 0)).toBe(0)
  })
})
