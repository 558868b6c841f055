// Every operation, as generated, under the address the client adds (/api/v1); and the two that take a file,
// which are no JSON operations.
import type { components, paths as generated } from './schema'
import type { ChatPhoto, Import, Photo } from './types'

interface Upload<Path, R> {
  post: {
    parameters: { query?: never } & Path
    requestBody: { content: { 'multipart/form-data': FormData } }
    responses: { 201: { content: { 'application/json': R } } }
  }
}

interface Uploads {
  '/photos': Upload<{ path?: never }, Photo>
  '/me/chats/{store}/photos': Upload<{ path: { store: string } }, ChatPhoto>
  '/stores/{store}/chats/{member}/photos': Upload<{ path: { store: string; member: string } }, ChatPhoto>
  '/stores/{store}/imports': Upload<{ path: { store: string } }, Import>
  '/stores/{store}/calendar-imports': Upload<{ path: { store: string } }, components['schemas']['CalendarImportView']>
}

type Generated = { [P in keyof generated as P extends `/api/v1${infer Rest}` ? Rest : never]: generated[P] }

export type paths = { [P in keyof Generated]: P extends keyof Uploads ? Omit<Generated[P], 'post'> & Uploads[P] : Generated[P] } & Omit<Uploads, keyof Generated>
