// The server's clock. A phone may be minutes off, and a code that turns every 30 seconds may not be: what
// the server said last is kept, also for the time without a network.
const KEPT = 'onestreet.clock'
let offset = read()

function read(): number {
  try { return Number(localStorage.getItem(KEPT)) || 0 } catch { return 0 }
}

/** The server's time now, in milliseconds since 1970. */
export function serverNow(): number {
  return Date.now() + offset
}

/** Takes over what the server says the time is (RFC 3339 or milliseconds). */
export function setServerTime(at: string | number): void {
  const said = typeof at === 'number' ? at : Date.parse(at)
  if (!Number.isFinite(said)) return
  offset = said - Date.now()
  if (Math.abs(offset) < 1000) offset = 0 // the way here takes that long
  try { localStorage.setItem(KEPT, String(offset)) } catch { /* only for now, then */ }
}
