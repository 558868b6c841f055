// What this device saw last of a street's ledger: the key it met first, and the last checkpoint that it verified. It is
// the device's own witness, so the server never writes it.
export interface Kept { key: string; size: number; root: string; note: string; at: number }

export interface Memory {
  recall(origin: string): Kept | null
  keep(origin: string, kept: Kept): void
  forget(origin: string): void
}

const place = (origin: string): string => `onestreet.seal.${origin}`

function read(text: string | null): Kept | null {
  if (!text) return null
  try {
    const kept = JSON.parse(text) as Kept
    return typeof kept.key === 'string' && typeof kept.size === 'number' ? kept : null
  } catch { return null }
}

/** The device's own shelf. Where storage is closed it remembers as long as the page is open. */
export function deviceMemory(): Memory {
  const open = new Map<string, Kept>()
  return {
    recall(origin) {
      try { return read(localStorage.getItem(place(origin))) ?? open.get(origin) ?? null } catch { return open.get(origin) ?? null }
    },
    keep(origin, kept) {
      open.set(origin, kept)
      try { localStorage.setItem(place(origin), JSON.stringify(kept)) } catch { /* then only for now */ }
    },
    forget(origin) {
      open.delete(origin)
      try { localStorage.removeItem(place(origin)) } catch { /* there is nothing then */ }
    },
  }
}
