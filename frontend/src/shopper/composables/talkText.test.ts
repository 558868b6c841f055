import { describe, expect, it } from 'vitest'
import type { Mention } from '@/shared/api'
import { naming, pieces } from './talkText'

const lin: Mention = { id: 'm', kind: 'member', name: '林' }
const noodles: Mention = { id: 's', kind: 'store', name: '林家面馆' }

describe('a text that calls names', () => {
  it('is cut at the longest name, and whole again', () => {
    const cut = pieces('@林家面馆 和@林 说 @谁', [lin, noodles])
    expect(cut.filter((one) => one.mention).map((one) => one.mention?.id)).toEqual(['s', 'm'])
    expect(cut.map((one) => one.text).join('')).toBe('@林家面馆 和@林 说 @谁')
  })
  it('stays one piece without names, markup too', () => {
    expect(pieces('<b>@林</b>', [])).toEqual([{ text: '<b>@林</b>' }])
  })
  it('knows the name being typed', () => {
    expect(naming('去 @王')).toBe('王')
    expect(naming('@')).toBe('')
    expect(naming('@王秀兰 好')).toBeNull()
  })
})

it('a topic leads to looking for it, wherever it stands', () => {
  expect(pieces('今天#葱油拌面 好', [])).toEqual([{ text: '今天' }, { text: '#葱油拌面', topic: true }, { text: ' 好' }])
  expect(pieces('# 不是，10#', [])).toEqual([{ text: '# 不是，10#' }])
})
