import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, ask, fileForm, speak } from './client'
import { ApiError, asApiError } from './error'
import { expectSession, heldToken, onSession, refresh, setSession } from './token'
import type { Me, Session } from './types'

interface Call { method: string; url: string; headers: Headers; body: string }
type Reply = Response | Error

let calls: Call[]
let replies: Reply[]

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } })
const problem = (status: number, body: object, headers = {}) => json({ type: 'about:blank', status, ...body }, status, headers)
const session = (token: string, minutes = 15): Session => ({
  access_token: token, expires_at: new Date(Date.now() + minutes * 60_000).toISOString(), me: { account_id: 'a' } as Me,
})

beforeEach(() => {
  calls = []
  replies = []
  speak('zh-CN')
  setSession(null)
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(`http://localhost${input}`, init)
    calls.push({ method: request.method, url: new URL(request.url).pathname + new URL(request.url).search, headers: request.headers, body: await request.text() })
    const reply = replies.shift()
    if (!reply) throw new Error(`no reply for ${request.url}`)
    if (reply instanceof Error) throw reply
    return reply
  })
})
afterEach(() => { vi.unstubAllGlobals() })

async function thrown(work: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await work.then(() => null, (e: unknown) => e)
  expect(error).toBeInstanceOf(ApiError)
  return error as ApiError
}

describe('an answer', () => {
  it('is the body, from the address with its parameters, in the reader’s language', async () => {
    speak('en')
    replies = [json({ items: [], next_cursor: 'n' })]
    const page = await ask(api.GET('/stores/{store}/customers', { params: { path: { store: 's1' }, query: { q: '王', cursor: 'c' } } }))
    expect(page).toEqual({ items: [], next_cursor: 'n' })
    expect(calls[0]).toMatchObject({ method: 'GET', url: `/api/v1/stores/s1/customers?q=${encodeURIComponent('王')}&cursor=c` })
    expect(calls[0]!.headers.get('Accept-Language')).toBe('en')
    expect(calls[0]!.headers.get('Authorization')).toBeNull()
  })

  it('may be empty', async () => {
    replies = [new Response(null, { status: 204 })]
    expect(await ask(api.POST('/auth/logout'))).toBeUndefined()
  })

  it('takes files as a form', async () => {
    replies = [json({ id: 'p' }, 201)]
    await ask(api.POST('/photos', { body: fileForm(new Blob(['x'], { type: 'image/png' }), 'cat.png') }))
    expect(calls[0]!.headers.get('Content-Type')).toMatch(/^multipart\/form-data/)
    expect(calls[0]!.body).toContain('name="file"; filename="cat.png"')
  })
})

describe('a refusal', () => {
  it('becomes an error with code, words and fields', async () => {
    replies = [problem(422, { code: 'invalid', detail: '有几处要改', errors: [{ pointer: '/phone', detail: '这不像手机号' }] })]
    const error = await thrown(ask(api.POST('/auth/codes', { body: { phone: '1' } })))
    expect(error).toMatchObject({ status: 422, code: 'invalid', detail: '有几处要改', unanswered: false })
    expect(error.field('/phone')).toBe('这不像手机号')
    expect(error.field('/code')).toBe('')
  })

  it('says how long to wait', async () => {
    replies = [problem(429, { code: 'too_fast', detail: '歇几秒' }, { 'Retry-After': '7' })]
    expect(await thrown(ask(api.GET('/street')))).toMatchObject({ status: 429, retryAfter: 7 })
  })

  it('is still an error when its body is not readable', async () => {
    replies = [new Response('<html>', { status: 502 })]
    expect(await thrown(ask(api.GET('/street')))).toMatchObject({ status: 502, code: 'unreadable', detail: '', unanswered: true })
  })

  it('is told apart from no answer at all', async () => {
    replies = [new TypeError('Failed to fetch')]
    expect(await thrown(ask(api.GET('/street')))).toMatchObject({ status: 0, code: 'offline', unanswered: true })
    expect(asApiError(new Error('other'))).toMatchObject({ code: 'offline' })
  })
})

describe('the token', () => {
  it('goes with every request of a person', async () => {
    setSession(session('one'))
    replies = [json({})]
    await ask(api.GET('/me'))
    expect(calls[0]!.headers.get('Authorization')).toBe('Bearer one')
  })

  it('is renewed once when the server refuses it, and the same request is sent again', async () => {
    setSession(session('one'))
    replies = [problem(401, { code: 'token_expired' }), json(session('two')), json({ id: 'c' })]
    await ask(api.POST('/feeds/{feed}/posts', { params: { path: { feed: 'street' } }, body: { text: '你好', photo_ids: [] }, headers: { 'Idempotency-Key': 'k' } }))
    expect(calls.map((call) => call.url)).toEqual(['/api/v1/feeds/street/posts', '/api/v1/auth/refresh', '/api/v1/feeds/street/posts'])
    expect(calls[2]!.headers.get('Authorization')).toBe('Bearer two')
    expect(calls[2]!.headers.get('Idempotency-Key')).toBe('k')
    expect(calls[2]!.body).toBe(calls[0]!.body)
  })

  it('is renewed before it ends, once for all who ask', async () => {
    setSession(session('old', 0.2))
    replies = [json(session('new')), json({}), json({})]
    await Promise.all([ask(api.GET('/me')), ask(api.GET('/me/levels'))])
    expect(calls.filter((call) => call.url.endsWith('/refresh'))).toHaveLength(1)
    expect(calls.slice(1).map((call) => call.headers.get('Authorization'))).toEqual(['Bearer new', 'Bearer new'])
  })

  it('is fetched first when a session is to be had', async () => {
    expectSession()
    replies = [json(session('back')), json({})]
    await ask(api.GET('/me'))
    expect(calls[1]!.headers.get('Authorization')).toBe('Bearer back')
  })

  it('ends with the session, and everyone is told', async () => {
    const told: (string | undefined)[] = []
    setSession(session('one'))
    const stop = onSession((now) => { told.push(now?.access_token) })
    replies = [problem(401, { code: 'token_expired' }), problem(401, { code: 'session_ended' })]
    expect(await thrown(ask(api.GET('/me')))).toMatchObject({ status: 401, code: 'token_expired' })
    expect(told).toEqual([undefined])
    expect(heldToken()).toBe('')
    stop()
  })

  it('is not done without: who has a session is not a visitor for a moment when the network comes back', async () => {
    expectSession()
    replies = [new TypeError('Failed to fetch'), json({ items: [] })]
    expect(await thrown(ask(api.GET('/me/coupons')))).toMatchObject({ status: 0, code: 'offline' })
    expect(calls.map((call) => call.url)).toEqual(['/api/v1/auth/refresh'])
  })

  it('is not said to be over when only its renewal was not answered', async () => {
    setSession(session('one'))
    replies = [problem(401, { code: 'token_expired' }), new TypeError('Failed to fetch')]
    expect(await thrown(ask(api.GET('/me/coupons')))).toMatchObject({ status: 0, code: 'offline' })
  })

  it('is kept while nobody answers: the session is not over', async () => {
    setSession(session('one'))
    replies = [new TypeError('Failed to fetch'), problem(503, { code: 'busy' })]
    await thrown(refresh())
    await thrown(refresh())
    expect(heldToken()).toBe('one')
  })

  it('is renewed under a lock over all tabs', async () => {
    const order: string[] = []
    vi.stubGlobal('navigator', { locks: { request: async (name: string, work: () => Promise<unknown>) => { order.push(name); return work() } } })
    setSession(session('one'))
    replies = [json(session('two'))]
    await refresh()
    expect(order).toEqual(['onestreet-refresh'])
    expect(heldToken()).toBe('two')
  })
})
