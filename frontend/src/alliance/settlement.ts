// The coordinator's months: how far one is, and what a correction form sends.
import type { Settlements } from '@/shared/api'
import { parseYuan } from '@/shared/format/number'

export type Progress = Settlements['items'][number]

export interface CorrectionForm { from: string; to: string; yuan: string; reason: string; statement: string }

/** What part of a month is done, in per cent: confirmations and payments count alike. */
export function doneOf(month: Pick<Progress, 'statements' | 'confirmed' | 'payments' | 'settled'>): number {
  const all = month.statements + month.payments
  return all ? Math.round(((month.confirmed + month.settled) * 100) / all) : 100
}

/** The fund's own side in a form; on the wire it is left out. */
export const FUND = ''

/** The body of a correction. What is no number goes as 0: the server names the field that is wrong. */
export function correctionOf(form: CorrectionForm) {
  return {
    ...(form.from === FUND ? {} : { from: form.from }), ...(form.to === FUND ? {} : { to: form.to }), ...(form.statement ? { statement: form.statement } : {}),
    amount: { amount: parseYuan(form.yuan) ?? 0, currency: 'CNY' as const }, reason: form.reason.trim(),
  }
}

export const monthNumber = (month: string): number => Number(month.slice(5, 7))
