import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useTill } from '../composables/useTill'
import { askedOf, dropAsked } from './shelf'
import { keepAsking, useAsked } from './useAsked'

/** The server's answers to redemptions, in turn: a sum that was taken, a refusal, or none at all. */
let answers: (number | string | null)[]
let keys: string[]
let open = effectScope()

const yuan = (amount: number) => ({ amount, currency: 'CNY' })
const said = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

function redeemed(request: Request): Response {
  keys.push(request.headers.get('Idempotency-Key')!)
  const answer = answers.shift()
  if (typeof answer === 'number') return said({ id: 'r', to_pay: yuan(answer), coupons: [] }, 201)
  if (answer) return said({ code: answer, detail: '' }, 409)
  throw new TypeError('the line is cut')
}

async function answered(request: Request): Promise<Response> {
  const asked = new URL(request.url).pathname.split('/').pop()
  if (asked === 'lookups') return said({ member: { id: (await request.json() as { code: string }).code, points: 0 }, coupons: [] })
  if (asked === 'preview') return said({ to_pay: yuan(5800) })
  if (asked === 'qualifications') return said({ coupons: [{ coupon: { id: 'c' }, ok: true, clashes: [] }], best: { coupon_ids: ['c'] } })
  return redeemed(request)
}

beforeEach(async () => {
  keys = []
  setActivePinia(createPinia())
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
  vi.stubGlobal('fetch', answered)
  for (const one of await askedOf('s', '')) await dropAsked(one.key)
  open = effectScope()
})
afterEach(() => {
  open.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A guest with a bill of 68 and a coupon on it, at the till of store s. */
async function served(till: ReturnType<typeof useTill>, guest = '12345678'): Promise<void> {
  await till.scan(guest)
  till.bill.value = '68'
  await vi.waitFor(() => { expect(till.stack.price.value).not.toBeNull() })
}
const till = () => open.run(() => { keepAsking(ref('s')); return useTill(ref('s')) })!

it('a redemption without an answer is asked again by itself under its key, and the till shows what came', async () => {
  answers = [null, null, 5800]
  const one = till()
  await served(one)
  await one.confirm()
  expect(one.unsure.value).toBe(true)
  await one.again()
  expect(one.unsure.value).toBe(true)
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitFor(() => { expect(one.receipt.value?.to_pay.amount).toBe(5800) })
  expect(one.unsure.value).toBe(false)
  expect(new Set(keys).size).toBe(1)
  expect(keys).toHaveLength(3)
  expect(await askedOf('s', '')).toEqual([])
})

it('the next guest is served meanwhile, with a key of their own, and the counter hears of the first', async () => {
  answers = [null, 5800, 'coupon_used']
  const one = till()
  await served(one)
  await one.confirm()
  one.next()
  expect(useAsked().holds('c')).toBe(true)
  await served(one, '87654321')
  await one.confirm()
  expect(one.receipt.value?.to_pay.amount).toBe(5800)
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.waitFor(() => { expect(useAsked().outcomes.value.map((came) => came.error?.code)).toEqual(['coupon_used']) })
  expect(keys[2]).toBe(keys[0])
  expect(keys[1]).not.toBe(keys[0])
  expect(await askedOf('s', '')).toEqual([])
})

it('a refusal says so until the bill is another, and is not asked again', async () => {
  answers = ['partner_cap']
  const one = till()
  await served(one)
  await one.confirm()
  expect([one.failed.value?.code, one.unsure.value]).toEqual(['partner_cap', false])
  expect(await askedOf('s', '')).toEqual([])
  one.bill.value = '70'
  await nextTick()
  expect(one.failed.value).toBeNull()
})
