import 'fake-indexeddb/auto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DoorPack, Guest } from '@/shared/api'
import { newKeys } from '../offline/log'
import { admit, extraOf } from './door'
import { cardOf, doorText } from './log'
import { changeLine, keepDoor, linesOf } from './shelf'
import { marked } from './useDoor'

const guest = (member: string, companions = 0): Guest => ({
  member_id: member, name: '李桂芳', number: 1, signed_up_at: '2026-10-17T02:30:00Z', walk_in: false, companions, came: 0, missed: false, asked: false, answers: {},
})
const LI = '0190aaaa-0000-7000-8000-000000000002'

describe('the text that a door signs', () => {
  it('is the server’s to the byte (models.DoorLine)', () => {
    const line = { seq: 3, people: 2, member_id: LI, digits: '12345678', by: '0190aaaa-0000-7000-8000-000000000003', clock: 1792310400123, contact: 1792310000000, since: -1 }
    expect(doorText('0190aaaa-0000-7000-8000-000000000001', line)).toBe(`onestreet door log 1\n0190aaaa-0000-7000-8000-000000000001\n3\n${LI}\n2\n12345678\n0190aaaa-0000-7000-8000-000000000003\n1792310400123\n1792310000000\n-1\n`)
    expect(doorText('d', { ...line, member_id: undefined, digits: undefined })).toContain('\n3\n-\n2\n-\n')
  })

  it('takes whose card it is from the code, and nothing from digits that were typed', () => {
    expect(cardOf(` OS1.${LI}.12345678\n`)).toEqual({ member: LI, digits: '12345678' })
    expect(cardOf('12345678')).toBeNull()
    expect(cardOf(`OS1.${LI}.1234567`)).toBeNull()
  })
})

describe('a door without a network', () => {
  let door: Awaited<ReturnType<typeof device>>
  const device = async (n: number) => {
    const { keys } = await newKeys()
    const pack = { door: { id: `door-${n}`, name: '前门', seen_at: '', last_seq: 0, open: 2 }, server_time: '', guests: [guest(LI, 1)] } as unknown as DoorPack
    return { store: 's', occurrence: `o-${n}`, keys, pack, contact: 0, ahead: 0 }
  }
  let n = 0
  beforeEach(async () => {
    door = await device(n++)
    await keepDoor(door)
  })

  it('numbers its lines and keeps them when the app is closed', async () => {
    await admit(door, { guest: guest(LI, 1), people: 3, by: 'b' })
    await admit(door, { people: 2, by: 'b' })
    const kept = await linesOf(door.pack.door.id)
    expect(kept.map((one) => [one.seq, one.extra, one.line.signature.length])).toEqual([[1, 1, 88], [2, 2, 88]])
    await changeLine({ ...kept[0]!, entry: { seq: 1, at: '', outcome: 'in' } })
    await admit(door, { people: 1, by: 'b' })
    expect((await linesOf(door.pack.door.id)).map((one) => one.seq)).toEqual([1, 2, 3])
  })

  it('counts only those whom the list keeps no place for', () => {
    expect(extraOf({ guest: guest(LI, 1), people: 2 })).toBe(0)
    expect(extraOf({ guest: guest(LI, 1), people: 1 })).toBe(0)
    expect(extraOf({ guest: guest(LI), people: 3 })).toBe(2)
    expect(extraOf({ people: 4 })).toBe(4)
  })

  it('shows as here whom it let in', async () => {
    const line = await admit(door, { guest: guest(LI, 1), people: 2, by: 'b' })
    expect(marked(door.pack.guests, [line])[0]).toMatchObject({ came: 2, checked_in_at: expect.any(String) })
  })
})
