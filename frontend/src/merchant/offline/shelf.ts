// What a till must not lose: itself, and its log. It stands apart from the rest that the phone keeps: logging out empties
// that, and a line that has not reached the books belongs to the store, whoever is logged in.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Asked } from './asked'
import type { Device, Kept } from './types'

interface Shelf extends DBSchema {
  devices: { key: string; value: Device }
  lines: { key: [string, number]; value: Kept }
  /** Asked for with a network, and not answered. */
  asked: { key: string; value: Asked }
}

let shelf: Promise<IDBPDatabase<Shelf>> | null = null

function open(): Promise<IDBPDatabase<Shelf>> {
  shelf ??= openDB<Shelf>('onestreet-till', 2, {
    upgrade: (db, had) => {
      if (had < 1) {
        db.createObjectStore('devices', { keyPath: 'store' })
        db.createObjectStore('lines', { keyPath: ['till', 'seq'] })
      }
      db.createObjectStore('asked', { keyPath: 'key' })
    },
  })
  return shelf
}

/** The till that this phone is for a store. */
export async function deviceOf(store: string): Promise<Device | undefined> {
  return open().then((db) => db.get('devices', store))
}

export async function keepDevice(device: Device): Promise<void> {
  await (await open()).put('devices', device)
}

export async function dropDevice(store: string): Promise<void> {
  await (await open()).delete('devices', store)
}

/** A till's log, in order. */
export async function linesOf(till: string): Promise<Kept[]> {
  return (await open()).getAll('lines', ofTill(till))
}

const ofTill = (till: string): IDBKeyRange => IDBKeyRange.bound([till, 0], [till, Number.MAX_SAFE_INTEGER])

/** The number of the next line: numbers are never used twice, so lines stay on the shelf when they are answered. */
export async function nextSeq(till: string, arrived: number): Promise<number> {
  const last = await (await open()).transaction('lines').store.openCursor(ofTill(till), 'prev')
  return Math.max(last?.value.seq ?? 0, arrived) + 1
}

/** Writes a new line; it throws when the number is taken. It is on the disk when this returns. */
export async function addLine(line: Kept): Promise<void> {
  const tx = (await open()).transaction('lines', 'readwrite', { durability: 'strict' })
  await Promise.all([tx.store.add(line), tx.done])
}

export async function changeLine(line: Kept): Promise<void> {
  await (await open()).put('lines', line)
}

/** How many answered lines stay on the phone. */
const KEPT = 200

/** Drops answered lines beyond those kept. */
export async function tidy(till: string): Promise<void> {
  const answered = (await linesOf(till)).filter((one) => one.entry)
  const db = await open()
  await Promise.all(answered.slice(0, -KEPT).map((one) => db.delete('lines', [one.till, one.seq])))
}

/** What an account asked for at a store without an answer, the oldest first. */
export async function askedOf(store: string, by: string): Promise<Asked[]> {
  const all = await (await open()).getAll('asked')
  return all.filter((one) => one.store === store && one.by === by).sort((a, b) => a.at - b.at)
}

/** A phone without room just does not keep it. */
export async function keepAsked(asked: Asked): Promise<void> {
  const plain = JSON.parse(JSON.stringify(asked)) as Asked // a proxy cannot be stored
  await open().then((db) => db.put('asked', plain)).catch(() => undefined)
}

export async function dropAsked(key: string): Promise<void> {
  await open().then((db) => db.delete('asked', key)).catch(() => undefined)
}
