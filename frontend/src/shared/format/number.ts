// Figures as the street writes them: never abbreviated, grouped by thousands, minus is − and money has
// two decimals. Done by hand: the figures must be the same in every old WebView.
const MINUS = '\u2212'

/** 3483 → "3,483"; -5 → "−5". */
export function formatNumber(value: number): string {
  const whole = Math.trunc(value)
  return (whole < 0 ? MINUS : '') + group(String(Math.abs(whole)))
}

/** 1286 → "+1,286"; -20 → "−20"; 0 → "0". */
export function formatSigned(value: number): string {
  return (value > 0 ? '+' : '') + formatNumber(value)
}

/** Whole fen → yuan with two decimals: 1250 → "12.50", -1500 → "−15.00". */
export function formatFen(fen: number): string {
  const whole = Math.abs(Math.trunc(fen))
  const cents = String(whole % 100).padStart(2, '0')
  return `${fen < 0 ? MINUS : ''}${group(String(Math.floor(whole / 100)))}.${cents}`
}

/** As formatFen, with + on what came in. */
export function formatFenSigned(fen: number): string {
  return (fen > 0 ? '+' : '') + formatFen(fen)
}

/** Yuan as a ticket prints it: no decimals when whole. 1000 → "10", 1250 → "12.50". */
export function formatTicketFen(fen: number): string {
  return fen % 100 === 0 ? formatNumber(fen / 100) : formatFen(fen)
}

/** Basis points → percent without trailing zeros: 3000 → "30%", 1250 → "12.5%". */
export function formatBps(bps: number): string {
  return `${trimZeros(bps, 100)}%`
}

/** Percent off as a Chinese discount: 1200 (12 % off) → "8.8". */
export function formatZhe(offBps: number): string {
  return trimZeros(10_000 - offBps, 1000)
}

/** "12.5" or "12.50" yuan as typed → whole fen; null when it is not money. */
export function parseYuan(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{0,2}))?$/.exec(text.trim().replace(/[,，]/g, '').replace('。', '.'))
  if (!match) return null
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'))
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

function trimZeros(value: number, unit: number): string {
  const width = String(unit).length - 1
  const rest = String(value % unit).padStart(width, '0').replace(/0+$/, '')
  return `${Math.floor(value / unit)}${rest ? `.${rest}` : ''}`
}
