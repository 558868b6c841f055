// A store's statement: what is to be done about it, and who stands on the other side of a payment.
import type { SettlementPayment, Statement, StatementGroup, StatementRow } from '@/shared/api'

/** Which way a statement's money goes. */
export function wayOf(net: number): 'receive' | 'pay' | 'even' {
  if (net > 0) return 'receive'
  return net < 0 ? 'pay' : 'even'
}

/** Whether the store is to say something: confirm, or dispute (again). */
export const asks = (state: StatementRow['state']): boolean => state === 'waiting' || state === 'answered'

/** A group's money as it moves the store's own. */
export function moves(group: StatementGroup): number {
  const amount = group.amount?.amount ?? 0
  return group.owed && amount ? -amount : amount
}

/** The groups that count money; points stand on a line of their own. */
export const moneyOf = (statement: Statement): StatementGroup[] => statement.groups.filter((one) => one.amount)

/** The other side of one of our payments; undefined is the alliance's fund. */
export function otherSide(payment: SettlementPayment): SettlementPayment['from'] {
  return payment.ours === 'payer' ? payment.to : payment.from
}

/** What each side has said of a payment: ours, and the other's. */
export function saidOf(payment: SettlementPayment): { ours: SettlementPayment['paid']; theirs: SettlementPayment['paid'] } {
  return payment.ours === 'payer' ? { ours: payment.paid, theirs: payment.received } : { ours: payment.received, theirs: payment.paid }
}

/** The statement to show in the ledger: of the month, or the newest. */
export function shownOf(rows: StatementRow[], month: string): StatementRow | undefined {
  return month ? rows.find((one) => one.month === month) : rows[0]
}
