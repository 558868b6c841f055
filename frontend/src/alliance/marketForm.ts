// A market rule as its editor holds it. The server reads lunar digits such as 3,6,9, or a rule of another kind in JSON.
export const KINDS = ['none', 'lunar_digits', 'lunar_days', 'gregorian_digits', 'gregorian_days', 'weekdays', 'branches', 'solar_terms', 'every_days', 'daily', 'other'] as const
export type Kind = (typeof KINDS)[number]
export type Fair = [month: number, day: number]

export interface MarketForm {
  kind: Kind
  /** What is picked of a kind: digits, days, two letters of a weekday, branches, terms. */
  picked: (number | string)[]
  leap: boolean
  every: number; since: string
  fairs: Fair[]
  /** The rule as it stands, of a kind that has no fields here. */
  raw: string
}

export const BRANCHES = ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥']
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const TERMS = ['立春', '雨水', '惊蛰', '春分', '清明', '谷雨', '立夏', '小满', '芒种', '夏至', '小暑', '大暑', '立秋', '处暑', '白露', '秋分', '寒露', '霜降', '立冬', '小雪', '大雪', '冬至', '小寒', '大寒']
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

/** What can be picked of a kind. */
export function choices(kind: Kind): (number | string)[] {
  switch (kind) {
    case 'lunar_digits': case 'gregorian_digits': return upTo(10)
    case 'lunar_days': return upTo(30)
    case 'gregorian_days': return upTo(31)
    case 'weekdays': return WEEKDAYS
    case 'branches': return BRANCHES
    case 'solar_terms': return TERMS
    default: return []
  }
}

/** What towns have most. */
export const PRESETS: Partial<Record<Kind, { key: string; picked: (number | string)[] }[]>> = {
  lunar_digits: [{ key: 'd369', picked: [3, 6, 9] }, { key: 'd258', picked: [2, 5, 8] }, { key: 'd147', picked: [1, 4, 7, 10] }, { key: 'd5', picked: [5, 10] }],
  lunar_days: [{ key: 'new', picked: [1, 15] }],
  branches: [{ key: 'twelve', picked: ['丑'] }, { key: 'six', picked: ['卯', '酉'] }, { key: 'four', picked: ['子', '辰', '申'] }],
}

/** Lunar rules that may or may not hold in leap months. */
export const hasLeap = (kind: Kind): boolean => kind === 'lunar_digits' || kind === 'lunar_days'

export const blankMarket = (kind: Kind = 'none', since = ''): MarketForm => ({ kind, picked: [], leap: true, every: 7, since, fairs: [], raw: '' })

export const picksNone = (form: MarketForm): boolean => choices(form.kind).length > 0 && form.picked.length === 0

/** The rule in the server's words. */
export function marketRule(form: MarketForm): string {
  const base = baseRule(form)
  if (form.kind === 'none' || form.kind === 'other' || !form.fairs.length) return base
  const rule = base.startsWith('{') ? JSON.parse(base) as object : { kind: form.kind, digits: form.picked }
  return JSON.stringify({ kind: 'any', rules: [rule, { kind: 'lunar_yearly', dates: form.fairs }] })
}

function baseRule(form: MarketForm): string {
  const { kind } = form
  const order = choices(kind)
  const picked = [...form.picked].sort((a, b) => order.indexOf(a) - order.indexOf(b))
  const leap = hasLeap(kind) && !form.leap ? { leap: false } : {}
  switch (kind) {
    case 'none': return ''
    case 'other': return form.raw
    case 'daily': return JSON.stringify({ kind })
    case 'lunar_digits': return form.leap ? picked.join(',') : JSON.stringify({ kind, digits: picked, ...leap })
    case 'gregorian_digits': return JSON.stringify({ kind, digits: picked })
    case 'branches': return JSON.stringify({ kind, branches: picked })
    case 'solar_terms': return JSON.stringify({ kind, terms: picked })
    case 'every_days': return JSON.stringify({ kind, every: form.every, since: form.since })
    default: return JSON.stringify({ kind, days: picked, ...leap })
  }
}

interface Written { kind?: string; digits?: number[]; days?: (number | string)[]; branches?: string[]; terms?: string[]; leap?: boolean; every?: number; since?: string; dates?: Fair[]; rules?: Written[] }

/** The form of a rule; one that the form cannot hold stays as it is written. */
export function marketForm(rule: string): MarketForm {
  const other = { ...blankMarket('other'), raw: rule }
  if (!rule.trim()) return blankMarket()
  if (!rule.startsWith('{')) return { ...blankMarket('lunar_digits'), picked: rule.split(/[,，、 ]+/).map(Number) }
  try {
    return fromWritten(JSON.parse(rule) as Written) ?? other
  } catch {
    return other
  }
}

function fromWritten(one: Written): MarketForm | undefined {
  if (one.kind === 'any') {
    const [base, fair, ...more] = one.rules ?? []
    const form = base && fromWritten(base)
    return form && fair?.kind === 'lunar_yearly' && fair.dates && !more.length ? { ...form, fairs: fair.dates } : undefined
  }
  const kind = KINDS.find((known) => known === one.kind)
  if (!kind || kind === 'other') return undefined
  const form = { ...blankMarket(kind), picked: one.digits ?? one.days ?? one.branches ?? one.terms ?? [], leap: one.leap ?? true, every: one.every ?? 7, since: one.since ?? '' }
  return form.picked.every((pick) => choices(kind).includes(pick)) ? form : undefined
}
