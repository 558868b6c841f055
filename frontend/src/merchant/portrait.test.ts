import { describe, expect, it } from 'vitest'
import { changed, tagsOf } from './portrait'

describe('tags as they are typed', () => {
  it.each([
    ['老顾客、不要打电话 老顾客', ['老顾客', '不要打电话']],
    ['童鞋;生日三月；脚背高，宽楦', ['童鞋', '生日三月', '脚背高', '宽楦']],
    ['  ', []],
    ['＃常客', ['常客']],
  ])('%s', (typed, want) => { expect(tagsOf(typed)).toEqual(want) })
})

describe('a portrait', () => {
  const before = { remark: '王阿姨', tags: ['老顾客'], note: '37 码' }
  it('is saved only when it changed', () => {
    expect(changed(before, { ...before, tags: ['老顾客'] })).toBe(false)
    expect(changed(before, { ...before, tags: ['老顾客', '宽楦'] })).toBe(true)
    expect(changed(before, { ...before, note: '' })).toBe(true)
  })
})
