// What a door must not lose: itself, and its log. As with a till, logging out does not empty it.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { DoorDevice, DoorKept } from './types'

interface Shelf extends DBSchema {
  doors: { key: string; value: DoorDevice }
  lines: { key: [string, number]; value: DoorKept }
}

let shelf: Promise<IDBPDatabase<Shelf>> | null = null

function open(): Promise<IDBPDatabase<Shelf>> {
  shelf ??= openDB<Shelf>('onestreet-door', 1, {
    upgrade: (db) => {
      db.createObjectStore('doors', { keyPath: 'occurrence' })
      db.createObjectStore('lines', { keyPath: ['door', 'seq'] })
    },
  })
  return shelf
}

export const doorOf = async (occurrence: string): Promise<DoorDevice | undefined> => (await open()).get('doors', occurrence)
export const allDoors = async (): Promise<DoorDevice[]> => (await open()).getAll('doors')

export async function keepDoor(door: DoorDevice): Promise<void> {
  await (await open()).put('doors', door)
}

export async function dropDoor(occurrence: string): Promise<void> {
  await (await open()).delete('doors', occurrence)
}

const ofDoor = (door: string): IDBKeyRange => IDBKeyRange.bound([door, 0], [door, Number.MAX_SAFE_INTEGER])

/** A door's log, in order. */
export const linesOf = async (door: string): Promise<DoorKept[]> => (await open()).getAll('lines', ofDoor(door))

/** The number of the next line: numbers are never used twice. */
export async function nextSeq(door: string, arrived: number): Promise<number> {
  const last = await (await open()).transaction('lines').store.openCursor(ofDoor(door), 'prev')
  return Math.max(last?.value.seq ?? 0, arrived) + 1
}

/** Writes a new line; it is on the disk when this returns. */
export async function addLine(line: DoorKept): Promise<void> {
  const tx = (await open()).transaction('lines', 'readwrite', { durability: 'strict' })
  await Promise.all([tx.store.add(line), tx.done])
}

export async function changeLine(line: DoorKept): Promise<void> {
  await (await open()).put('lines', line)
}
