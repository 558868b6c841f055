// A till's dealings with the server: becoming one, contact, and bringing the log. Everything here may fail for want of a
// network and be tried again: the log is numbered, and the server answers a line once.
import { api, ask, keyHeader, type Money, type TillPack, type TillTerms } from '@/shared/api'
import { newKeys, signLine } from './log'
import { addLine, changeLine, deviceOf, keepDevice, linesOf, nextSeq, tidy } from './shelf'
import type { CouponToken } from './token'
import type { Device, Kept } from './types'

const AT_ONCE = 50
const fenOf = (amount: number): Money => ({ amount, currency: 'CNY' })

/** performance.now() at the last contact of this page; a restarted app does not know it. */
const steady = new Map<string, number>()

/**
 * The time by the server's clock (ms): never before what this till has known, nor before what the clock counted that nobody
 * sets, so that a phone's clock set back brings no coupon back to life.
 */
export function tillNow(device: Device): number {
  const began = steady.get(device.pack.till.id)
  const counted = began === undefined ? 0 : device.contact + performance.now() - began
  return Math.round(Math.max(Date.now() + device.ahead, counted, device.seen))
}

/** Makes this phone a till of a store. */
export async function register(store: string, name: string, key: string): Promise<Device> {
  const { keys, publicKey } = await newKeys()
  const body = { name, public_key: publicKey, device_time: new Date().toISOString() }
  const pack = await ask(api.POST('/stores/{store}/tills', { params: { path: { store } }, body, headers: keyHeader(key) }))
  return met({ store, keys, pack, contact: 0, ahead: 0, seen: 0 }, pack)
}

/** Takes over what the server said at a contact. */
async function met(device: Device, pack: TillPack): Promise<Device> {
  const contact = Date.parse(pack.server_time)
  const next = { ...device, pack, contact, ahead: contact - Date.now(), seen: contact }
  steady.set(pack.till.id, performance.now())
  await keepDevice(next)
  return next
}

/** Brings what the log holds, then fills up what the till may take. */
export async function sync(device: Device): Promise<Device> {
  await bring(device)
  const path = { store: device.store, till: device.pack.till.id }
  const pack = await ask(api.POST('/stores/{store}/tills/{till}/contact', { params: { path }, body: { device_time: new Date().toISOString() } }))
  return met((await deviceOf(device.store)) ?? device, pack)
}

async function bring(device: Device): Promise<void> {
  const till = device.pack.till.id
  const path = { store: device.store, till }
  const waiting = (await linesOf(till)).filter((one) => !one.entry)
  for (let from = 0; from < waiting.length; from += AT_ONCE) {
    const some = waiting.slice(from, from + AT_ONCE)
    const body = { device_time: new Date().toISOString(), lines: some.map((one) => one.line) }
    const page = await ask(api.POST('/stores/{store}/tills/{till}/log', { params: { path }, body }))
    await Promise.all(some.map((one) => {
      const entry = page.items.find((answer) => answer.seq === one.seq)
      return entry ? changeLine({ ...one, entry }) : undefined
    }))
  }
  if (waiting.length) await tidy(till)
}

/** What the counter confirms. */
export interface Taking { token: CouponToken; text: string; terms: TillTerms; bill: number; off: number; toPay: number; by: string }

/** Writes a redemption into the log and signs it; it is kept when this returns. */
export async function take(device: Device, t: Taking): Promise<Kept> {
  const till = device.pack.till.id
  const at = tillNow(device)
  const began = steady.get(till)
  const line = await signLine(device.keys, till, {
    seq: await nextSeq(till, device.pack.till.last_seq), token: t.text.trim(), bill: fenOf(t.bill), off: fenOf(t.off), by: t.by,
    clock: Date.now(), contact: device.contact, since: began === undefined ? -1 : Math.round(performance.now() - began),
  })
  const kept: Kept = {
    till, seq: line.seq, line, title: t.terms.title, member: t.token.member, coupon: t.token.coupon, campaign: t.token.campaign, use: t.token.use,
    at, toPay: t.toPay, gift: t.terms.gift ?? '',
  }
  await addLine(kept)
  await keepDevice({ ...device, seen: at }).catch(() => undefined) // the line is kept, and that is what counts
  return kept
}
