// What the test does without a browser: neighbours who fill the places of an event, and looking up what a screen says.
import { randomUUID } from 'node:crypto'

/** Somebody at the API, signed in once they joined or entered. */
export class Caller {
  #base
  #token = ''

  constructor(base) { this.#base = `${base}/api/v1` }

  async ask(method, path, body) {
    const headers = { 'Accept-Language': 'zh-CN', ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}) }
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    const answer = await fetch(this.#base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : null
  }

  get(path) { return this.ask('GET', path) }
  post(path, body) { return this.ask('POST', path, body) }

  /** Becomes one of the demo's people. */
  async enter(key) {
    const session = await this.post('/demo/enter', { key })
    this.#token = session.access_token
    return session.me
  }

  /** Logs in as whoever has the phone. */
  async logIn(phone) {
    const { demo_code: code } = await this.post('/auth/codes', { phone })
    this.#token = (await this.post('/auth/sessions', { phone, code })).access_token
  }

  /** Joins the street by a link, with a real code. */
  async join(link, phone, name) {
    const { demo_code: code } = await this.post('/auth/codes', { phone })
    const session = await this.post(`/join/${link}`, { phone, code, name })
    this.#token = session.access_token
    return session.me
  }
}

/** The sum of each group of a store's month, in fen (points in points), by kind; and how many lines it has. */
export async function groupsOf(caller, store) {
  const { groups } = await caller.get(`/stores/${store}/ledger`)
  return Object.fromEntries(groups.map((one) => [one.kind, { count: one.count, sum: one.amount?.amount ?? one.points ?? 0 }]))
}
