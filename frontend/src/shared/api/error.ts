// What went wrong, in one shape: the server's problem details (RFC 9457), or a network that is not there.

/** A field the server named, by JSON pointer ("/phone"). */
export interface FieldProblem { pointer: string; detail: string }

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** The server's stable snake_case code, or "offline", "unreadable". */
  readonly code: string
  /** A sentence for the reader, in their language; empty when only the code is known. */
  readonly detail: string
  readonly fields: FieldProblem[]
  /** Seconds to wait, when the server said so (429, 503). */
  readonly retryAfter?: number

  constructor(init: { status: number; code: string; detail?: string; fields?: FieldProblem[]; retryAfter?: number }) {
    super(`${init.status} ${init.code}`)
    this.name = 'ApiError'
    this.status = init.status
    this.code = init.code
    this.detail = init.detail ?? ''
    this.fields = init.fields ?? []
    this.retryAfter = init.retryAfter
  }

  /** Nobody answered, or the server could not. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 500
  }

  /** The same request may be sent again with the same key: nobody answered, or the first try is still under way. */
  get open(): boolean {
    return this.unanswered || this.code === 'idempotency_in_progress'
  }

  /** What the server says about one field, "" when nothing. */
  field(pointer: string): string {
    return this.fields.find((f) => f.pointer === pointer)?.detail ?? ''
  }
}

interface Problem { code?: string; detail?: string; errors?: FieldProblem[] }

/** Reads an answer that is not OK. Never throws: an unreadable body still becomes an ApiError. */
export async function readProblem(response: Response): Promise<ApiError> {
  const retry = Number(response.headers.get('Retry-After'))
  const retryAfter = Number.isFinite(retry) && retry > 0 ? retry : undefined
  const problem = await response.json().catch(() => null) as Problem | null
  if (!problem || typeof problem !== 'object') {
    return new ApiError({ status: response.status, code: 'unreadable', retryAfter })
  }
  return new ApiError({
    status: response.status,
    code: problem.code ?? `http_${response.status}`,
    detail: problem.detail,
    fields: Array.isArray(problem.errors) ? problem.errors : [],
    retryAfter,
  })
}

/** Whatever was thrown, as an ApiError. */
export function asApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  return new ApiError({ status: 0, code: 'offline' })
}
