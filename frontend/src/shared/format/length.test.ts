import { expect, it } from 'vitest'
import { lengthOf, tooLong } from './length'

it('counts characters as a reader does, without the blanks around them', () => {
  expect(lengthOf('  面 好 \n')).toBe(3)
  expect(lengthOf('🍜🍜')).toBe(2)
  expect(tooLong('面'.repeat(2000), 2000)).toBe(false)
  expect(tooLong('面'.repeat(2001), 2000)).toBe(true)
})
