import { describe, expect, it } from 'vitest'
import type { Offer, TillPack } from '@/shared/api'
import { dayOver, judge, left, outOfHours, type Taken } from './judge'
import { lineText, newKeys, signLine } from './log'
import { priceFor } from './price'
import vectors from './testdata/vectors.json'
import { fromBase45, isToken, openToken } from './token'

const token = vectors.tokens[1]!

describe('the signed code of a coupon', () => {
  it.each(vectors.tokens)('reads $coupon as the server wrote it', async (one) => {
    expect(await openToken(` ${one.text}\n`, vectors.key)).toEqual({
      coupon: one.coupon, campaign: one.campaign, version: one.version, use: one.use, member: one.member, from: Date.parse(one.from), until: Date.parse(one.until),
    })
  })

  it('refuses a code with any one sign changed or missing', async () => {
    for (let at = 4; at < token.text.length; at += 7) {
      const other = token.text[at] === 'A' ? 'B' : 'A'
      expect(await openToken(token.text.slice(0, at) + other + token.text.slice(at + 1), vectors.key)).toBeNull()
      expect(await openToken(token.text.slice(0, at), vectors.key)).toBeNull()
    }
  })

  it('refuses another street’s key', async () => {
    expect(await openToken(token.text, `${'A'.repeat(43)}=`)).toBeNull()
  })

  it('tells a token from what is typed', () => {
    expect(isToken('WXAT 7YRG 443L')).toBe(false)
    expect(isToken('OS1.0190.12345678')).toBe(false)
    expect(fromBase45('GGW')).toBeNull() // 65,536: RFC 9285's own example of what is too large
    expect(new TextDecoder().decode(fromBase45('QED8WEX0')!)).toBe('ietf!')
  })
})

describe('the price without a network', () => {
  it.each(vectors.prices)('is the server’s: $offer.kind of $bill', (one) => {
    const got = priceFor(one.offer as unknown as Offer, one.bill)
    expect({ off: got.off, to_pay: got.toPay, refused: got.refused }).toEqual({ off: one.off, to_pay: one.to_pay, refused: one.refused })
  })
})

describe('the days and hours', () => {
  const names = { '': '', weekday: 'wrong_weekday', hour: 'wrong_hour', not_today: 'not_today', market: 'not_market_day' }
  it.each(vectors.hours)('are the server’s at $at', (one) => {
    expect(names[outOfHours(one, Date.parse(one.at), vectors.zone)]).toBe(one.refused)
  })
})

describe('market days', () => {
  const only = { not_on: [], weekdays: [], market_only: true, market_days: ['2026-10-18'] }
  it('are those that the till carries, by the street’s clock', () => {
    expect(outOfHours(only, Date.parse('2026-10-17T15:59:00Z'), 'Asia/Shanghai')).toBe('market')
    expect(outOfHours(only, Date.parse('2026-10-17T16:00:00Z'), 'Asia/Shanghai')).toBe('')
  })
})

describe('the log', () => {
  it.each(vectors.lines)('signs line $seq as the server reads it', async (one) => {
    const line = { seq: one.seq, token: one.token, bill: { amount: one.bill, currency: 'CNY' as const }, off: { amount: one.off, currency: 'CNY' as const }, by: one.by, clock: one.clock, contact: one.contact, since: one.since }
    expect(lineText(one.till, line)).toBe(one.text)
    const { keys } = await newKeys()
    const signed = await signLine(keys, one.till, line)
    const bytes = Uint8Array.from(atob(signed.signature), (c) => c.charCodeAt(0))
    expect(bytes).toHaveLength(64)
    expect(await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, keys.publicKey, bytes, new TextEncoder().encode(one.text))).toBe(true)
    await expect(crypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow(/extractable/)
  })
})

describe('the judgement of a till', () => {
  const noon = Date.parse('2026-10-17T04:00:00Z')
  const terms = { version: 2, id: 'c', title: '券', not_on: [], weekdays: [], stores: [], store: {}, kind: 'amount', off: { amount: 1000, currency: 'CNY' }, min_spend: { amount: 0, currency: 'CNY' } }
  const pack = { time_zone: 'Asia/Shanghai', allotments: [{ id: 'c', title: '券', store: {}, allotted: 2, used: 0, open: 2, until: '2026-10-17T15:59:59Z', versions: [terms] }] } as unknown as TillPack
  const mine = { coupon: 'k', campaign: 'c', version: 2, use: 1, member: 248, from: noon - 1000, until: noon + 86_400_000 * 3 }
  const took = (coupon: string, waiting = true): Taken => ({ coupon, use: 1, campaign: 'c', waiting })

  it.each([
    ['what it may take', mine, [], noon, ''],
    ['nothing that nobody signed', null, [], noon, 'forged'],
    ['nothing of a campaign that it does not carry', { ...mine, campaign: 'x' }, [], noon, 'unknown'],
    ['nothing of terms that it does not know', { ...mine, version: 3 }, [], noon, 'unknown'],
    ['nothing twice', mine, [took('k')], noon, 'used_here'],
    ['nothing twice, also after the sync', mine, [took('k', false)], noon, 'used_here'],
    ['nothing before its time', mine, [], noon - 2000, 'not_yet'],
    ['the last second', mine, [], mine.until + 999, 'day_over'],
    ['nothing after its end', mine, [], mine.until + 1000, 'expired'],
    ['no more than is set aside', mine, [took('a'), took('b')], noon, 'none_left'],
    ['what was synced does not count twice', mine, [took('a', false), took('b')], noon, ''],
    ['nothing after the day is over', mine, [], Date.parse('2026-10-17T16:00:00Z'), 'day_over'],
  ] as const)('takes %s', (_what, one, taken, now, refused) => {
    expect(judge(one && { ...one }, pack, [...taken], now).refused).toBe(refused)
  })

  it('counts what is left', () => {
    expect(left(pack, [took('a'), took('b', false)], noon)).toBe(1)
    expect(left(pack, [took('a'), took('b'), took('d')], noon, 'c')).toBe(0)
  })

  it('has nothing left of a day that is over, and says that it is', () => {
    const midnight = Date.parse('2026-10-17T16:00:00Z')
    expect([left(pack, [], midnight - 1), dayOver(pack, midnight - 1)]).toEqual([2, false])
    expect([left(pack, [], midnight), dayOver(pack, midnight)]).toEqual([0, true])
    expect(dayOver({ ...pack, allotments: [] }, midnight)).toBe(false)
  })
})
