// A door's dealings with the server: becoming one, contact, and bringing the log. Everything here may fail for want of a network
// and be tried again: the log is numbered, and the server answers a line once.
import { api, ask, asApiError, keyHeader, type DoorPack, type Guest } from '@/shared/api'
import { newKeys } from '../offline/log'
import { signDoorLine } from './log'
import { addLine, allDoors, changeLine, doorOf, dropDoor, keepDoor, linesOf, nextSeq } from './shelf'
import type { DoorDevice, DoorKept } from './types'

const AT_ONCE = 50
const steady = new Map<string, number>()

/** Makes this phone a door of an occurrence. */
export async function openDoor(store: string, occurrence: string, name: string, key: string): Promise<DoorDevice> {
  const { keys, publicKey } = await newKeys()
  const body = { name, public_key: publicKey, device_time: new Date().toISOString() }
  const pack = await ask(api.POST('/stores/{store}/occurrences/{occurrence}/doors', { params: { path: { store, occurrence } }, body, headers: keyHeader(key) }))
  return met({ store, occurrence, keys, pack, contact: 0, ahead: 0 }, pack)
}

async function met(door: DoorDevice, pack: DoorPack): Promise<DoorDevice> {
  const contact = Date.parse(pack.server_time)
  const next = { ...door, pack, contact, ahead: contact - Date.now() }
  steady.set(pack.door.id, performance.now())
  await keepDoor(next)
  return next
}

/** One tab at a time brings a log. */
async function alone<R>(work: () => Promise<R>): Promise<R> {
  return 'locks' in navigator ? navigator.locks.request('onestreet-door', work) : work()
}

/** Brings what the log holds, then reads the list again. */
export function sync(door: DoorDevice): Promise<DoorDevice> {
  return alone(async () => {
    await bring(door)
    const path = { store: door.store, door: door.pack.door.id }
    const pack = await ask(api.POST('/stores/{store}/doors/{door}/contact', { params: { path }, body: { device_time: new Date().toISOString() } }))
    return met((await doorOf(door.occurrence)) ?? door, pack)
  })
}

async function bring(door: DoorDevice): Promise<void> {
  const id = door.pack.door.id
  const path = { store: door.store, door: id }
  const waiting = (await linesOf(id)).filter((one) => !one.entry)
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const some = waiting.slice(from, from + AT_ONCE)
    const body = { device_time: new Date().toISOString(), lines: some.map((one) => one.line) }
    const page = await ask(api.POST('/stores/{store}/doors/{door}/log', { params: { path }, body }))
    await Promise.all(some.map((one) => {
      const entry = page.items.find((answer) => answer.seq === one.seq)
      return entry ? changeLine({ ...one, entry }) : undefined
    }))
  }
}

/** Takes this phone off the door, after bringing its log. */
export async function closeDoor(door: DoorDevice): Promise<void> {
  await alone(() => bring(door))
  await ask(api.DELETE('/stores/{store}/doors/{door}', { params: { path: { store: door.store, door: door.pack.door.id } } }))
  await dropDoor(door.occurrence)
}

/** Brings the logs that other evenings left on this phone. */
export async function bringAll(): Promise<void> {
  for (const door of await allDoors().catch(() => [])) {
    try {
      await alone(() => bring(door))
    } catch (thrown) {
      if (asApiError(thrown).unanswered) return
    }
  }
}

/** Who is let in without a network: from the list, by the code of somebody who is not on it, or neighbours who are no members. */
export interface Admission { guest?: Guest; member?: string; digits?: string; people: number; by: string }

/** Places that the list does not keep for them. */
export function extraOf(a: Pick<Admission, 'guest' | 'people'>): number {
  return Math.max(0, a.people - (a.guest ? a.guest.companions + 1 : 0))
}

/** Writes a guest into the log and signs the line; it is kept when this returns. */
export async function admit(door: DoorDevice, a: Admission): Promise<DoorKept> {
  const id = door.pack.door.id
  const began = steady.get(id)
  const member = a.guest?.member_id ?? a.member
  const line = await signDoorLine(door.keys, id, {
    seq: await nextSeq(id, door.pack.door.last_seq), ...(member && { member_id: member }), people: a.people, ...(a.digits && { digits: a.digits }), by: a.by,
    clock: Date.now(), contact: door.contact, since: began === undefined ? -1 : Math.round(performance.now() - began),
  })
  const kept: DoorKept = { door: id, seq: line.seq, line, name: a.guest?.name ?? '', at: Date.now() + door.ahead, extra: extraOf(a) }
  await addLine(kept)
  return kept
}
