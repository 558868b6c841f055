import { expect, it } from 'vitest'
import type { PlanItem } from '@/shared/api'
import { sevenDays } from './week7'

const item = (id: string, part: Partial<PlanItem>): PlanItem => ({ id, state: 'draft', ...part } as PlanItem)
const now = Date.parse('2026-10-17T15:30:00Z') // 23:30 on the street

it('puts what is timed on its day of the street', () => {
  const days = sevenDays([
    item('late', { state: 'scheduled', due_at: '2026-10-18T12:00:00Z' }), item('early', { state: 'scheduled', due_at: '2026-10-17T22:00:00Z' }),
    item('out', { state: 'published', due_at: '2026-10-19T01:00:00Z', published_at: '2026-10-17T01:00:00Z' }),
    item('draft', {}), item('no', { state: 'refused', due_at: '2026-10-18T12:00:00Z' }),
  ], now, 'Asia/Shanghai')
  expect(days.map(({ date }) => date)).toEqual(['2026-10-17', '2026-10-18', '2026-10-19', '2026-10-20', '2026-10-21', '2026-10-22', '2026-10-23'])
  expect(days.map(({ items }) => items.map(({ id }) => id))).toEqual([['out'], ['early', 'late'], [], [], [], [], []])
})
