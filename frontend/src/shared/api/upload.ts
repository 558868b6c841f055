// A file on its way, with how far it has come: fetch cannot tell, XMLHttpRequest can.
import { refusalOf } from './again'
import { ApiError } from './error'
import { language } from './client'
import { freshToken } from './token'

/** Sends a file to `path` under the field `file`; `onProgress` hears 0 to 1. Answers with the body or throws an ApiError. */
export async function upload<T>(path: string, form: FormData, headers: Record<string, string>, onProgress: (part: number) => void): Promise<T> {
  const token = await freshToken()
  const response = await new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${path}`)
    request.responseType = 'text'
    request.setRequestHeader('Accept-Language', language())
    if (token) request.setRequestHeader('Authorization', `Bearer ${token}`)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total) }
    request.onload = () => { resolve(new Response(request.responseText || null, { status: request.status })) }
    request.onerror = request.ontimeout = () => { reject(new ApiError({ status: 0, code: 'offline' })) }
    request.send(form)
  })
  if (!response.ok) throw await refusalOf(response)
  return await response.json() as T
}
