import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import type { RouteLocationNormalized } from 'vue-router'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Me, Session } from '../api/types'
import { setSession } from '../api/token'
import { forgetAll, keep, recall } from '../offline/kept'
import { guard } from './guard'
import { useSession } from './session'

const store = (id: string) => ({ id, slug: id, name: id, short_name: id, color: '', color_night: '', front: 'shoes' as const })
const person = (more: Partial<Me> = {}): Me => ({
  account_id: 'a1', name: '李桂芳', face: 'li', phone_masked: '', locale: 'zh-CN', street: { id: 's', slug: 's', name: '青石街', time_zone: 'Asia/Shanghai' },
  member: { id: 'm1', number: 386, name: '李桂芳', face: 'li' }, staff: [], coordinator: false, ...more,
})
const session = (me: Me): Session => ({ access_token: 't', expires_at: new Date(Date.now() + 9e5).toISOString(), me })

let storage: Map<string, string>
let answer: () => Promise<Response>

beforeEach(async () => {
  storage = new Map()
  vi.stubGlobal('localStorage', { getItem: (k: string) => storage.get(k) ?? null, setItem: (k: string, v: string) => storage.set(k, v), removeItem: (k: string) => storage.delete(k) })
  vi.stubGlobal('fetch', () => answer())
  setSession(null)
  await forgetAll()
  setActivePinia(createPinia())
})
afterEach(() => { vi.unstubAllGlobals() })

describe('coming back', () => {
  it('asks nobody when nobody was here', async () => {
    const asked = vi.fn<() => Promise<Response>>()
    answer = asked
    await useSession().restore()
    expect(asked).not.toHaveBeenCalled()
    expect(useSession().signedIn).toBe(false)
  })

  it('takes the person kept on the phone at once, also without a network', async () => {
    storage.set('onestreet.session', '1')
    await keep('me', person())
    answer = () => Promise.reject(new TypeError('Failed to fetch'))
    await useSession().restore()
    expect(useSession().member?.number).toBe(386)
  })

  it('forgets the person and what was kept when the session is over', async () => {
    storage.set('onestreet.session', '1')
    await keep('me', person())
    await keep('a1/wallet', ['coupon'])
    answer = () => Promise.resolve(new Response('{"code":"session_ended"}', { status: 401 }))
    await useSession().restore()
    await vi.waitFor(() => expect(useSession().signedIn).toBe(false))
    await vi.waitFor(async () => expect(await recall('a1/wallet')).toBeUndefined())
    expect(storage.has('onestreet.session')).toBe(false)
  })

  it('never shows one person what was kept for another', async () => {
    await useSession().restore()
    setSession(session(person()))
    await keep('a1/wallet', ['coupon'])
    setSession(session(person({ account_id: 'a2' })))
    await vi.waitFor(async () => expect(await recall('a1/wallet')).toBeUndefined())
    await vi.waitFor(async () => expect((await recall<Me>('me'))?.value.account_id).toBe('a2'))
  })
})

describe('where one begins', () => {
  it.each([
    ['a shopper on the street', person(), '/'],
    ['staff at the counter', person({ staff: [{ store: store('s1'), role: 'clerk' }] }), '/m/s1'],
    ['a coordinator at the overview', person({ coordinator: true, staff: [{ store: store('s1'), role: 'owner' }] }), '/a'],
  ])('%s', async (_who, me, landing) => {
    await useSession().restore()
    setSession(session(me))
    expect(useSession().landing).toBe(landing)
  })
})

describe('the guard', () => {
  const to = (meta: object, fullPath = '/x', params = {}) => ({ meta, fullPath, params }) as unknown as RouteLocationNormalized
  const clerk = person({ member: undefined, staff: [{ store: store('s1'), role: 'clerk' }] })

  async function as(me: Me | null): Promise<void> {
    await useSession().restore()
    if (me) setSession(session(me))
  }

  it('lets everybody onto the street', async () => {
    await as(null)
    expect(guard(to({}))).toBe(true)
  })

  it('sends a visitor to the door and back afterwards', async () => {
    await as(null)
    expect(guard(to({ needs: 'member' }, '/coupons'))).toEqual({ path: '/login', query: { to: '/coupons' } })
  })

  it('lets staff to their own store only', async () => {
    await as(clerk)
    expect(guard(to({ needs: 'staff' }, '/m/s1', { store: 's1' }))).toBe(true)
    expect(guard(to({ needs: 'staff' }, '/m/s2', { store: 's2' }))).toBe('/m/s1')
  })

  it('keeps a clerk from what is the owner’s', async () => {
    await as(clerk)
    expect(guard(to({ needs: 'staff', roles: ['owner', 'manager'] }, '/m/s1/ledger', { store: 's1' }))).toBe('/m/s1')
  })

  it('keeps the overview for coordinators, the wallet for members', async () => {
    await as(clerk)
    expect(guard(to({ needs: 'coordinator' }))).toBe('/m/s1')
    expect(guard(to({ needs: 'member' }))).toBe('/m/s1')
  })
})
