// One intention, one key. A tap that got no answer is sent again under the same key, so that it happens
// once; a new intention (or a changed body) gets a new key.
import { asApiError } from './error'

/** The header of a single request. */
export function keyHeader(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key }
}

/** A fresh key; works without crypto.randomUUID (older phones, plain http). */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Holds the key of an intention until it was answered. */
export class Intention {
  private held: { key: string; body: string } | null = null

  /**
   * Runs `send` under this intention's key; the key stays only while nobody answered. When the server knows the key from
   * another request (the first got no answer, and what is wanted now is another thing), it is sent under one of its own.
   */
  async run<T>(body: unknown, send: (key: string) => Promise<T>): Promise<T> {
    const text = JSON.stringify(body) ?? ''
    if (!this.held || this.held.body !== text) this.held = { key: newKey(), body: text }
    try {
      const answer = await this.sent(text, send)
      this.held = null
      return answer
    } catch (thrown) {
      if (!asApiError(thrown).open) this.held = null
      throw thrown
    }
  }

  private async sent<T>(body: string, send: (key: string) => Promise<T>): Promise<T> {
    const { key } = this.held!
    return send(key).catch((thrown: unknown) => {
      if (asApiError(thrown).code !== 'idempotency_key_reused') throw thrown
      this.held = { key: newKey(), body }
      return send(this.held.key)
    })
  }
}
