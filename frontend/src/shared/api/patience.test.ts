import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from './error'
import { Intention } from './idempotency'
import { patiently } from './patience'

const away = new ApiError({ status: 503, code: 'database_away', retryAfter: 2 })
const lost = new ApiError({ status: 0, code: 'offline' })
const gone = new ApiError({ status: 409, code: 'sold_out' })

/** A server that answers in turn; each send is noted with its key. */
function server(...answers: (Error | string)[]) {
  const keys: string[] = []
  const send = (key: string): Promise<string> => {
    keys.push(key)
    const answer = answers[keys.length - 1]!
    return typeof answer === 'string' ? Promise.resolve(answer) : Promise.reject(answer)
  }
  return { keys, send }
}

describe('a claim at eight', () => {
  beforeEach(() => { vi.useFakeTimers(); vi.spyOn(Math, 'random').mockReturnValue(0) })
  afterEach(() => { vi.useRealTimers(); vi.restoreAllMocks() })

  it('waits as long as the server said and asks again under the same key', async () => {
    const { keys, send } = server(away, lost, 'coupon')
    const waits = vi.fn<() => void>()
    const answer = new Intention().run([], (key) => patiently(() => send(key), { onWait: waits }))
    await vi.advanceTimersByTimeAsync(1999)
    expect(keys).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(keys).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2000)
    expect(await answer).toBe('coupon')
    expect(new Set(keys).size).toBe(1)
    expect(waits).toHaveBeenCalledTimes(2)
  })

  it('takes a no for an answer', async () => {
    const { keys, send } = server(gone)
    await expect(patiently(() => send('k'))).rejects.toBe(gone)
    expect(keys).toHaveLength(1)
  })

  it('gives up in the end and says what went wrong', async () => {
    const { keys, send } = server(away, away, away)
    const failed = patiently(() => send('k'), { tries: 3 }).catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await failed).toBe(away)
    expect(keys).toHaveLength(3)
  })
})
