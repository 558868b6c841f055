import { describe, expect, it } from 'vitest'
import { ApiError } from './error'
import { Intention, keyHeader, newKey } from './idempotency'

const lost = new ApiError({ status: 0, code: 'offline' })
const busy = new ApiError({ status: 503, code: 'busy' })
const running = new ApiError({ status: 409, code: 'idempotency_in_progress' })
const reused = new ApiError({ status: 422, code: 'idempotency_key_reused' })
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

  it('keeps its key while the first try is still under way', async () => {
    const [first, second] = await keys([1, lost], [1, running], [1])
    expect(second).toBe(first)
    expect((await keys([1, running], [1])).map((key, _, all) => key === all[0])).toEqual([true, true])
  })

  it('goes out under a key of its own when the server knows the key from another guest', async () => {
    const intention = new Intention()
    const seen: string[] = []
    const answers = [lost, reused, 'ok']
    const send = (key: string) => {
      seen.push(key)
      const answer = answers[seen.length - 1]!
      return typeof answer === 'string' ? Promise.resolve(answer) : Promise.reject(answer)
    }
    await intention.run([], send).catch(() => null)
    expect(await intention.run([], send)).toBe('ok')
    expect(seen[1]).toBe(seen[0])
    expect(seen[2]).not.toBe(seen[0])
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
