// An error as a sentence: the server's own when it sent one, else ours.
import type { ApiError } from '../api/error'

type Translate = (key: string, named?: Record<string, unknown>) => string

export function errorText(error: ApiError, t: Translate): string {
  if (error.code === 'offline') return t('shared.error.offline')
  if (error.status === 429 && error.retryAfter) return t('shared.error.wait', { n: error.retryAfter })
  if (error.code === 'already_done') return t('shared.error.done')
  if (error.detail) return error.detail
  if (error.status === 413) return t('shared.error.heavy')
  return error.status >= 500 ? t('shared.error.server') : t('shared.error.unknown')
}
