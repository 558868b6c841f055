import { describe, expect, it } from 'vitest'
import type { SettlementPayment, StatementRow } from '@/shared/api'
import { asks, moves, otherSide, saidOf, shownOf, wayOf } from './settlement'

const yuan = (amount: number) => ({ amount, currency: 'CNY' as const })
const shop = (id: string) => ({ id, slug: id, name: id, short_name: id, color: '#000000', color_night: '#000000', front: 'shoes' })
const mark = { at: '2026-11-02T01:00:00Z', note: '微信' }

describe('a statement', () => {
  it.each([[1, 'receive'], [-1, 'pay'], [0, 'even']] as const)('of %i is to %s', (net, way) => { expect(wayOf(net)).toBe(way) })

  it('asks for a word while nobody has had the last one', () => {
    expect((['waiting', 'answered', 'disputed', 'confirmed'] as const).map(asks)).toEqual([true, true, false, false])
  })

  it('takes off what is owed, and no minus from nothing', () => {
    expect(moves({ kind: 'commission_out', owed: true, count: 1, amount: yuan(106), others: [] })).toBe(-106)
    expect(moves({ kind: 'commission_in', owed: false, count: 1, amount: yuan(172), others: [] })).toBe(172)
    expect(Object.is(moves({ kind: 'coupon_out', owed: true, count: 0, amount: yuan(0), others: [] }), 0)).toBe(true)
  })

  it('is the newest, or the one of the month', () => {
    const rows = [{ month: '2026-10' }, { month: '2026-09' }] as StatementRow[]
    expect(shownOf(rows, '')?.month).toBe('2026-10')
    expect(shownOf(rows, '2026-09')?.month).toBe('2026-09')
    expect(shownOf(rows, '2026-08')).toBeUndefined()
  })
})

describe('a payment', () => {
  const payment = (ours: SettlementPayment['ours']): SettlementPayment => ({ id: 'p', month: '2026-10', from: shop('tea'), to: shop('shoes'), amount: yuan(100), state: 'paid', ours, paid: mark })

  it('knows its other side, and whose word is whose', () => {
    expect(otherSide(payment('payer'))?.id).toBe('shoes')
    expect(otherSide(payment('payee'))?.id).toBe('tea')
    expect(saidOf(payment('payer'))).toEqual({ ours: mark, theirs: undefined })
    expect(saidOf(payment('payee'))).toEqual({ ours: undefined, theirs: mark })
  })
})
