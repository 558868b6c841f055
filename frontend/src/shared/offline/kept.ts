// What must be there without a network (the member card, the wallet): the last answer, with its hour.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

export interface Kept<T> { value: T; at: number }

interface Shelf extends DBSchema { kept: { key: string; value: Kept<unknown> } }

let shelf: Promise<IDBPDatabase<Shelf>> | null = null

function open(): Promise<IDBPDatabase<Shelf>> {
  shelf ??= openDB<Shelf>('onestreet', 1, { upgrade: (db) => { db.createObjectStore('kept') } })
  return shelf
}

/**
 * Keeps an answer under a name, as the plain JSON it came as (a reactive proxy cannot be stored). A phone
 * without room or storage just does not keep it.
 */
export async function keep<T>(name: string, value: T, at = Date.now()): Promise<void> {
  const plain: unknown = JSON.parse(JSON.stringify(value))
  await open().then((db) => db.put('kept', { value: plain, at }, name)).catch(() => undefined)
}

/** The value kept under a name, or undefined. */
export async function recall<T>(name: string): Promise<Kept<T> | undefined> {
  return open().then((db) => db.get('kept', name)).then((kept) => kept as Kept<T> | undefined, () => undefined)
}

/** Empties the shelf: the person logged out or left. */
export async function forgetAll(): Promise<void> {
  await open().then((db) => db.clear('kept')).catch(() => undefined)
}
