// Half-written posts, kept on the phone for the account that writes: its words, the photos it chose, the store it names. One
// account's drafts are never shown to another, and go when it logs out.
import type { Callable } from '../api'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** `names`: whom the words call; drafts of before had none. */
export interface Draft { text: string; photos: File[]; store: string; names?: Callable[]; at: number }

interface Desk extends DBSchema { drafts: { key: string; value: Draft } }

let desk: Promise<IDBPDatabase<Desk>> | null = null

function open(): Promise<IDBPDatabase<Desk>> {
  desk ??= openDB<Desk>('onestreet-drafts', 1, { upgrade: (db) => { db.createObjectStore('drafts') } })
  return desk
}

const keyOf = (account: string, feed: string) => `${account}/${feed}`

/** Keeps a draft, or, when there is nothing in it, forgets it. A phone without room just does not keep it. */
export async function keepDraft(account: string, feed: string, draft: Omit<Draft, 'at'>, at = Date.now()): Promise<void> {
  const empty = !draft.text.trim() && draft.photos.length === 0 && !draft.store
  const key = keyOf(account, feed)
  try {
    const db = await open()
    await (empty ? db.delete('drafts', key) : db.put('drafts', { ...draft, at }, key))
  } catch { /* storage may be closed or full */ }
}

/** What this account has begun to write to a feed, or undefined. */
export async function recallDraft(account: string, feed: string): Promise<Draft | undefined> {
  return open().then((db) => db.get('drafts', keyOf(account, feed))).catch(() => undefined)
}

/** Forgets what an account has begun: it logged out, or left. */
export async function forgetDrafts(account: string): Promise<void> {
  await open().then((db) => db.delete('drafts', IDBKeyRange.bound(`${account}/`, `${account}/\uffff`))).catch(() => undefined)
}
