// Ed25519: the browser's own where it has it (Chrome 137, Safari 17), else a small library that is loaded for it.
import type { Bytes } from './bytes'

export async function verifies(key: Bytes, text: Bytes, signature: Bytes): Promise<boolean> {
  try {
    const own = await crypto.subtle.importKey('raw', key, { name: 'Ed25519' }, false, ['verify'])
    return await crypto.subtle.verify({ name: 'Ed25519' }, own, signature, text)
  } catch {
    const { verifyAsync } = await import('@noble/ed25519')
    return verifyAsync(signature, text, key).catch(() => false)
  }
}
