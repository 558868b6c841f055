import { expect, test } from 'vitest'
import { around, namePieces, stretches } from './marked'

test('a text is cut at its marks and is whole again', () => {
  const cut = stretches('我家🎉在上海东边', [{ from: 4, to: 6 }])
  expect(cut).toEqual([{ text: '我家🎉在', found: false }, { text: '上海', found: true }, { text: '东边', found: false }])
  expect(stretches('上海', [{ from: 0, to: 2 }])).toEqual([{ text: '上海', found: true }])
  expect(stretches('上海', [])).toEqual([{ text: '上海', found: false }])
})

test('of a long text the part around the first mark is shown', () => {
  const text = '前'.repeat(200) + '上海' + '后'.repeat(200)
  const part = around(text, [{ from: 200, to: 202 }], 60)
  const [mark] = part.marks
  expect([...part.text].slice(mark!.from, mark!.to).join('')).toBe('上海')
  expect([...part.text].length).toBeLessThanOrEqual(62)
  expect(around('短', [], 60).text).toBe('短')
})

test('a name is marked where what was asked stands in it', () => {
  expect(namePieces('林家面馆', '面馆 上海')).toEqual([{ from: 2, to: 4 }])
  expect(namePieces('Lin', 'LIN li')).toEqual([{ from: 0, to: 3 }])
  expect(namePieces('陈姐', '面')).toEqual([])
})
