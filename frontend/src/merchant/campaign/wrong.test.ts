import { expect, it } from 'vitest'
import { controlOf, stepOf } from './wrong'

it.each([
  ['/title', 'what', 'c-title'], ['/off/amount', 'what', ''], ['/per_member', 'what', ''], ['/claim_until', 'when', 'c-until'], ['/valid_until', 'when', 'c-until'],
  ['/market_only', 'when', ''], ['/audience/levels', 'who', ''], ['/per_day', 'who', ''], ['/partners/0/share_bps', 'money', ''], ['/budget', 'money', ''],
] as const)('%s stands in %s', (pointer, step, control) => {
  expect([stepOf(pointer), controlOf(pointer)]).toEqual([step, control])
})
