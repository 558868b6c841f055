import { expect, it } from 'vitest'
import { doorOf, minutes } from './opening'

it('says until when a door is shut, and that a day is over', () => {
  const shut = { open: false, opens_at: '09:00' }
  expect(doorOf({ open: true, opens_at: '09:00' }, minutes('21:30'))).toBe('open')
  expect(doorOf(shut, minutes('8:59'))).toBe('shut')
  expect(doorOf(shut, minutes('22:40'))).toBe('over')
  expect(doorOf({ open: false, opens_at: '' }, minutes('12:00'))).toBe('off')
})
