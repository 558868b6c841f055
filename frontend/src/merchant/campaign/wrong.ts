// Where in the form a field stands that the server will not have, by its JSON pointer: the step, and the control to begin at.

export const STEPS = ['what', 'when', 'who', 'money'] as const
export type Step = (typeof STEPS)[number]

const PARTS: [Step, RegExp][] = [
  ['when', /^\/(claim_|valid_|weekdays|hours|not_on|market_only)/],
  ['who', /^\/(given|transferable|trigger|audience|per_|notice_days)/],
  ['money', /^\/(partners|fund|budget|reserve|issuer_covers)/],
]
const CONTROLS: [RegExp, string][] = [
  [/^\/title/, 'c-title'], [/^\/gift/, 'c-gift'], [/^\/goods/, 'c-goods'], [/^\/claim_from/, 'c-from'], [/^\/(claim|valid)_until/, 'c-until'],
]

/** One a member may have stands with the offer, beside how many there are. */
export function stepOf(pointer: string): Step {
  if (pointer.startsWith('/per_member')) return 'what'
  return PARTS.find(([, of]) => of.test(pointer))?.[0] ?? 'what'
}

export function controlOf(pointer: string): string {
  return CONTROLS.find(([of]) => of.test(pointer))?.[1] ?? ''
}
