export * from './types'
export { api, ask, download, fileForm, speak } from './client'
export { ApiError, asApiError } from './error'
export { keyHeader, newKey, Intention } from './idempotency'
