import { describe, expect, it } from 'vitest'
import { ApiError } from './error'
import { Intention, keyHeader, newKey } from './idempotency'

const lost = new ApiError({ status: 0, code: 'offline' })
const busy = new ApiError({ status: 503, code: 'busy' })
const refused = new ApiError({ status: 409, code: 'sold_out' })

/** Sends an intention's bodies one after another; each ends as told. Gives the keys that went out. */
async function keys(...sends: [unknown, Error?][]): Promise<string[]> {
  const intention = new Intention()
  const seen: string[] = []
  for (const [body, error] of sends) {
    await intention.run(body, (key) => {
      seen.push(key)
      return error ? Promise.reject(error) : Promise.resolve('ok')
    }).catch(() => null)
  }
  return seen
}

describe('one intention', () => {
  it('keeps its key until it was answered', async () => {
    const [first, second, third, next] = await keys([1, lost], [1, busy], [1], [1])
    expect(second).toBe(first)
    expect(third).toBe(first)
    expect(next).not.toBe(first)
  })

  it('gets a new key after a refusal: the next try is another thing', async () => {
    const [first, second] = await keys([1, refused], [1])
    expect(second).not.toBe(first)
  })

  it('gets a new key when the body changed', async () => {
    const [first, second] = await keys([{ bill: 68 }, lost], [{ bill: 86 }])
    expect(second).not.toBe(first)
  })

  it('passes the answer and the error on', async () => {
    const intention = new Intention()
    expect(await intention.run(1, () => Promise.resolve('ok'))).toBe('ok')
    await expect(intention.run(1, () => Promise.reject(refused))).rejects.toBe(refused)
  })

  it('has a key nobody else has, in the header the server reads', () => {
    const many = new Set(Array.from({ length: 500 }, newKey))
    expect(many.size).toBe(500)
    expect(keyHeader('k')).toEqual({ 'Idempotency-Key': 'k' })
  })
})
