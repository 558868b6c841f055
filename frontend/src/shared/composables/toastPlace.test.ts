import { expect, it } from 'vitest'
import { clearOf } from './toastPlace'

const screen = { top: 0, bottom: 844 }
const band = (top: number, bottom: number) => ({ top, bottom })

it('lies at the bottom of an empty screen', () => {
  expect(clearOf(48, screen, [])).toBe(844 - 12 - 48)
})

it('stands on the bar at the bottom, and on the red button above that', () => {
  expect(clearOf(48, screen, [band(780, 844)])).toBe(780 - 12 - 48)
  expect(clearOf(48, screen, [band(690, 760), band(780, 844)])).toBe(690 - 12 - 48)
})

it('minds no button that is out of its way', () => {
  expect(clearOf(48, screen, [band(200, 268), band(780, 844)])).toBe(780 - 12 - 48)
  expect(clearOf(48, screen, [band(1200, 1268)])).toBe(844 - 12 - 48)
})

it('is above the keyboard, wherever the bar behind it is', () => {
  expect(clearOf(48, band(0, 500), [band(724, 844)])).toBe(500 - 12 - 48)
})

it('goes under the top of the view where nothing else is free', () => {
  expect(clearOf(48, band(100, 400), [band(90, 400)])).toBe(112)
})
