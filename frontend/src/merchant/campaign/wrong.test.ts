import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { controlOf, stepOf } from './wrong'

it.each([
  ['/title', 'what', 'c-title'], ['/off/amount', 'what', 'c-off'], ['/per_member', 'what', 'c-each'], ['/claim_until', 'when', 'c-last'], ['/valid_until', 'when', 'c-until'],
  ['/market_only', 'when', 'c-market'], ['/audience/tags', 'who', 'a-tags'], ['/audience', 'who', 'a-tags'], ['/audience/visits/store', 'who', 'a-visit'], ['/per_store', 'who', 'c-perStore'],
  ['/per_store_day', 'who', 'c-perStoreDay'], ['/trigger/store_id', 'who', 'h-where'], ['/partners/0/share_bps', 'money', 'c-partners'], ['/budget/amount', 'money', 'c-budget'],
  ['/notice_days', 'money', 'c-notice'], ['/reserve', 'money', 'c-reserve'], ['/no_such_field', 'what', ''],
] as const)('%s stands in %s, at %s', (pointer, step, control) => {
  expect([stepOf(pointer), controlOf(pointer)]).toEqual([step, control])
})

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const parts = ['campaign', 'handing'].flatMap((room) => readdirSync(new URL(`../components/${room}/`, import.meta.url)).filter((name) => name.endsWith('.vue')).map((name) => read(`../components/${room}/${name}`))).join('\n')

it('knows a control of the form for every field that the server names', () => {
  const server = ['terms', 'terms_limits', 'terms_price', 'handing'].map((name) => read(`../../../../server/coupon/${name}.go`)).join('\n')
  const pointers = [...server.matchAll(/p\.expect\([^"]*"(\/[a-z_/]+)"/g)].map((found) => found[1]!)
  expect(pointers.length).toBeGreaterThan(30)
  expect(pointers.filter((pointer) => !controlOf(pointer))).toEqual([])
  const there = (control: string) => parts.includes(`id="${control}"`) || (control.startsWith('c-per') && parts.includes('`c-${key}`'))
  expect(pointers.filter((pointer) => !there(controlOf(pointer)))).toEqual([])
})
