import { setTimeout as pause } from 'node:timers/promises'

/**
 * Waits until something is so, and answers with it.
 * @param {() => unknown} look what is looked at again and again; true (or anything but false, null and undefined) ends it
 */
export async function until(look, what, within = 30_000) {
  const end = Date.now() + within
  for (;;) {
    const found = await look()
    if (found !== false && found !== null && found !== undefined) return found
    if (Date.now() > end) throw new Error(`not within ${within} ms: ${what}`)
    await pause(40)
  }
}

/** The whole number in a text such as "1,204 位". */
export const numberIn = (text) => Number(text.replaceAll(',', '').match(/[-−+]?\d+/)?.[0].replace('−', '-'))
