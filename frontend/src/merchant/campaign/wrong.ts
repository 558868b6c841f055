// Where in the form a field stands that the server will not have, by its JSON pointer: the step, and the control to begin at.

export const STEPS = ['what', 'when', 'who', 'money'] as const
export type Step = (typeof STEPS)[number]

/** The control of each pointer, by step; the first that begins a pointer is its own. */
const PLACES: Record<Step, [string, string][]> = {
  what: [
    ['/title', 'c-title'], ['/off', 'c-off'], ['/percent_bps', 'c-percent'], ['/gift', 'c-gift'], ['/price', 'c-price'], ['/buy', 'c-buy'], ['/get', 'c-get'], ['/cap', 'c-cap'],
    ['/times', 'c-times'], ['/goods', 'c-goods'], ['/min_spend', 'c-min'], ['/stock', 'c-stock'], ['/per_member', 'c-each'], ['/category', 'c-category'],
  ],
  when: [
    ['/claim_from', 'c-from'], ['/claim_until', 'c-last'], ['/valid_until', 'c-until'], ['/valid_from', 'c-use'], ['/valid_days', 'c-days'], ['/hours', 'c-hours'], ['/not_on', 'c-not'],
    ['/market_only', 'c-market'], ['/weekdays', 'c-weekdays'],
  ],
  who: [
    ['/given', 'h-given'], ['/trigger/kind', 'h-what'], ['/trigger/store_id', 'h-where'], ['/trigger/min', 'h-min'], ['/trigger/days', 'h-days'], ['/transferable', 'h-transferable'],
    ['/audience/level', 'a-level'], ['/audience/visits', 'a-visit'], ['/audience/circle_id', 'a-circle'], ['/audience/joined', 'a-joined'], ['/audience/took_part', 'a-took-part'],
    ['/audience/birthday', 'a-birth'], ['/audience', 'a-tags'], ['/per_day', 'c-perDay'], ['/per_household', 'c-perHousehold'], ['/per_store_day', 'c-perStoreDay'], ['/per_store', 'c-perStore'],
  ],
  money: [['/partners', 'c-partners'], ['/fund_bps', 'c-fund'], ['/budget', 'c-budget'], ['/reserve', 'c-reserve'], ['/notice_days', 'c-notice'], ['/issuer_covers', 'c-covers']],
}

function placeOf(pointer: string): [Step, string] {
  for (const step of STEPS) {
    const place = PLACES[step].find(([start]) => pointer.startsWith(start))
    if (place) return [step, place[1]]
  }
  return ['what', '']
}

export const stepOf = (pointer: string): Step => placeOf(pointer)[0]
export const controlOf = (pointer: string): string => placeOf(pointer)[1]
