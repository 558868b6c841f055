import { describe, expect, it } from 'vitest'
import type { StoreRef } from '@/shared/api'
import { blank, bodyOf, costOfOne, issuerPercent, offerOf, worstOf } from './form'

const store = (id: string): StoreRef => ({ id, slug: id, name: id, short_name: id, color: '#000000', color_night: '#111111', front: 'tea' })
const form = () => ({ ...blank('2026-11-22', '2026-12-22'), title: ' 街坊券 ', partners: [{ store: store('noodles'), percent: 15 }, { store: store('tea'), percent: 15 }] })
const instant = (day: string, time: string) => `${day}T${time}:00Z`

describe('campaign form', () => {
  it('leaves the issuer what the partners do not bear', () => {
    expect(issuerPercent(form())).toBe(70)
    expect(issuerPercent(blank('a', 'b'))).toBe(100)
  })
  it('reckons the worst case from every coupon used', () => {
    expect(worstOf(form(), 15)).toBe(15_000)
    expect(costOfOne({ ...form(), kind: 'percent', cap: 3000 })).toBe(3000)
  })
  it('counts every use of a punch card', () => {
    const card = { ...form(), kind: 'punch_card' as const, off: 1500, times: 5 }
    expect(costOfOne(card)).toBe(7500)
    expect(offerOf(card, 'x')).toMatchObject({ times: 5, off: { amount: 1500 } })
    expect(bodyOf({ ...card, gift: '茶' }, 'shop', instant, '2026-11-22T04:00:00Z')).toMatchObject({ gift: '茶', stackable: false })
  })
  it('takes back what the kind has no more', () => {
    expect(bodyOf({ ...form(), goods: ' 布鞋 ', gift: '茶', stackable: true, category: '满减' }, 'shop', instant, '2026-11-22T04:00:00Z')).toMatchObject({ gift: '', goods: '布鞋', stackable: true, category: '满减' })
    expect(bodyOf({ ...form(), category: '满减' }, 'shop', instant, '2026-11-22T04:00:00Z')).toMatchObject({ category: '' })
    expect(costOfOne({ ...form(), perPiece: true, cap: 2000 })).toBe(2000)
  })
  it('sends fen, basis points and UTC', () => {
    const body = bodyOf(form(), 'shop', instant, '2026-11-22T04:00:00Z')
    expect(body).toMatchObject({
      title: '街坊券', kind: 'amount', off: { amount: 1000, currency: 'CNY' }, min_spend: { amount: 5000, currency: 'CNY' }, stock: 100, per_member: 1,
      claim_from: '2026-11-22T04:00:00Z', claim_until: '2026-12-22T23:59:00Z', partners: [{ store_id: 'noodles', share_bps: 1500 }, { store_id: 'tea', share_bps: 1500 }],
    })
    expect(body).not.toHaveProperty('cap')
  })
  it('shows only the fields of its kind', () => {
    expect(offerOf({ ...form(), kind: 'gift', gift: '茶一壶' }, 'x')).toEqual({ title: ' 街坊券 ', kind: 'gift', gift: '茶一壶', off: { amount: 1000, currency: 'CNY' }, min_spend: { amount: 5000, currency: 'CNY' }, stackable: false })
    expect(offerOf({ ...form(), kind: 'percent' }, 'x')).not.toHaveProperty('off')
  })
})
