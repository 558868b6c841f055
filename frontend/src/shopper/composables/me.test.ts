import { describe, expect, it } from 'vitest'
import type { MyLevel, PointsLine, PrivacyRow } from '@/shared/api'
import { nearStores, numberPlate, pointsStory, saysLeave, seeing, windowsLit } from './me'

const tie = (level: MyLevel['level']) => ({ level, reasons: [], next: '' }) as unknown as MyLevel

describe('levels', () => {
  it('light one window a step', () => {
    expect((['none', 'micro', 'weak', 'strong', 'super'] as const).map(windowsLit)).toEqual([0, 1, 2, 3, 4])
  })
  it('show the stores one has something with, else the first few', () => {
    expect(nearStores([tie('super'), tie('micro'), tie('none'), tie('none')]).map((one) => one.level)).toEqual(['super', 'micro'])
    expect(nearStores(Array.from({ length: 9 }, () => tie('weak')))).toHaveLength(5)
    expect(nearStores([tie('none'), tie('none'), tie('none'), tie('none')])).toHaveLength(3)
  })
})

describe('points', () => {
  const line = (points: number, at: string) => ({ points, at, what: '' }) as PointsLine
  it('tell the latest in order, and what there was before: the sum is the balance', () => {
    const story = pointsStory(100, [line(-20, 'c'), line(50, 'b'), line(7, 'a')], 2)
    expect(story.lines.map((one) => one.at)).toEqual(['b', 'c'])
    expect(story.before).toBe(70)
    expect(story.before + story.lines.reduce((sum, one) => sum + one.points, 0)).toBe(100)
  })
})

describe('who sees what', () => {
  it('keeps a muted store in sight', () => {
    const row = (part: Partial<PrivacyRow>) => ({ phone: false, purchases: false, notes: false, muted: false, ...part }) as PrivacyRow
    const { rows, others } = seeing([row({ phone: true }), row({}), row({ muted: true })])
    expect([rows.length, others.length]).toEqual([2, 1])
  })
})

describe('small things', () => {
  it('writes the number as the card does', () => {
    expect([numberPlate(7), numberPlate(386), numberPlate(12345)]).toEqual(['0007', '0386', '12345'])
  })
  it('lets nobody leave by half a word', () => {
    expect(['离开', ' Leave ', '离', 'leaving', ''].map(saysLeave)).toEqual([true, true, false, false, false])
  })
})
