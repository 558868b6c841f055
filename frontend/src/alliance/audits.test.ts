import { describe, expect, it } from 'vitest'
import type { Audit } from '@/shared/api'
import { markOf, wordsOf } from './audits'
import zh from '@/shared/i18n/zh-CN/audit'
import en from '@/shared/i18n/en/audit'

const run = { state: 'found', passed: ['ledger.transfers'], finding: { check: 'coupon.stock', table: 'campaigns', row: 'x', problem: 'y' } } as Audit

describe('the marks of an audit', () => {
  it('say what held, what did not, and what it never came to', () => {
    expect(markOf('ledger.transfers', run)).toBe('ok')
    expect(markOf('coupon.stock', run)).toBe('bad')
    expect(markOf('coupon.shares', run)).toBe('not')
    expect(markOf('ledger.transfers', undefined)).toBe('not')
  })

  it('have words for every check, and say so of one that is newer', () => {
    const known = (key: string) => key.startsWith('alliance.audit.check.coupon.stock[')
    expect(wordsOf('coupon.stock', known)).toBe('alliance.audit.check.coupon.stock')
    expect(wordsOf('moon.phase', known)).toBe('alliance.audit.check.other')
  })

  it('have the same checks in both languages, each with a name and a sentence', () => {
    const checks = (of: object): string[] => Object.entries(of).flatMap(([room, all]) => (Array.isArray(all) ? [room] : Object.keys(all as object).map((one) => `${room}.${one}`)))
    expect(checks(zh.check)).toEqual(checks(en.check))
    expect(checks(zh.check).length).toBeGreaterThan(15)
  })
})
