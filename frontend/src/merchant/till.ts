// What is typed at the till: codes and bills as people write them.
import { parseYuan } from '@/shared/format/number'

/** A member's eight digits, however they are spaced; anything else is handed on as it is (a QR text, a coupon's code). */
export function codeOf(typed: string): string {
  const narrow = typed.normalize('NFKC').trim().replace(/^https?:\/\/[^/]+\/c\//, '') // a printed code is read with its address
  const digits = narrow.replace(/[\s-]/g, '')
  return /^\d{8}$/.test(digits) ? digits : narrow
}

/** Digits in fours, as the member's phone shows them; what has letters stays as it was typed. */
export function grouped(typed: string): string {
  const digits = typed.replace(/[\s-]/g, '')
  return /^\d{1,8}$/.test(digits) ? digits.replace(/(\d{4})(?=\d)/, '$1 ') : typed.trim()
}

/** Whether a coupon's own code was typed, however it is spaced. */
export const isCodeOf = (coupon: { code: string }, typed: string): boolean => plain(coupon.code) === plain(typed)
const plain = (code: string): string => code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()

/** True when there is something worth asking the server about. */
export const complete = (typed: string): boolean => /^\d{8}$/.test(codeOf(typed)) || codeOf(typed).length >= 10

/** A bill in fen; null while it is none (empty, zero, or no number). */
export function billOf(typed: string): number | null {
  const fen = parseYuan(typed.normalize('NFKC').trim())
  return fen !== null && fen !== undefined && fen > 0 ? fen : null
}

/** Points as a whole number of 1 or more; null while it is none. */
export function pointsOf(typed: string): number | null {
  const narrow = typed.normalize('NFKC').trim()
  const points = /^\d{1,12}$/.test(narrow) ? Number(narrow) : 0
  return points > 0 ? points : null
}

/** What is given for points, in 2 to 60 characters; null while it says too little or too much. */
export function givenOf(typed: string): string | null {
  const plainText = typed.trim().replace(/\s+/g, ' ')
  const length = [...plainText].length
  return length >= 2 && length <= 60 ? plainText : null
}
