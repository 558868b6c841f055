// The one way to the server: `await ask(api.GET('/stores/{store}', { params: { path: { store } } }))`.
// It answers with the body or throws an ApiError; a token that ran out is renewed once, unseen.
import createClient from 'openapi-fetch'
import type { paths } from './paths'
import { refusalOf } from './again'
import { ApiError } from './error'
import { cutOff, freshToken, heldToken, refresh } from './token'

let lang = 'zh-CN'

/** The language the server is asked to answer in. */
export function language(): string {
  return lang
}

/** Says which language the server answers in. */
export function speak(locale: string): void {
  lang = locale
}

async function send(request: Request): Promise<Response> {
  const token = await freshToken()
  if (cutOff()) throw new ApiError({ status: 0, code: 'offline' }) // not asked as a visitor: that would be refused
  const spare = token ? request.clone() : null
  const response = await once(request, token)
  if (response.status !== 401 || !spare) return response
  await refresh()
  const renewed = heldToken()
  return renewed && renewed !== token ? once(spare, renewed) : response
}

function once(request: Request, token: string): Promise<Response> {
  request.headers.set('Accept-Language', lang)
  if (token) request.headers.set('Authorization', `Bearer ${token}`)
  return fetch(request).catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw new ApiError({ status: 0, code: 'offline' })
  })
}

/** Sends a request and turns every answer that is not OK into an ApiError. */
export async function transport(request: Request): Promise<Response> {
  const response = await send(request)
  if (!response.ok) throw await refusalOf(response)
  return response
}

const origin = typeof location === 'undefined' ? 'http://localhost' : location.origin

export const api = createClient<paths>({ baseUrl: `${origin}/api/v1`, fetch: transport, credentials: 'same-origin' })

/** The body of an answer. */
export async function ask<T>(asked: Promise<{ data?: T }>): Promise<T> {
  return (await asked).data as T
}

/** A file as the server wants it, under the field `file`. */
export function fileForm(file: Blob, name: string): FormData {
  const form = new FormData()
  form.append('file', file, name)
  return form
}

/** A download that needs the token, as a blob with the name the server gave it. */
export async function download(path: string): Promise<{ blob: Blob; name: string }> {
  const response = await transport(new Request(`${origin}/api/v1${path}`, { credentials: 'same-origin' }))
  const named = /filename\*?=(?:UTF-8'')?"?([^";]+)/i.exec(response.headers.get('Content-Disposition') ?? '')
  return { blob: await response.blob(), name: decodeURIComponent(named?.[1] ?? path.split('/').pop() ?? 'file') }
}
