// The inbox as a list: by day, no letter twice.
import type { LocalDate, Notice } from '@/shared/api'

/** Puts letters together, newest first; one that came both ways is there once. */
export function joined(newer: Notice[], older: Notice[]): Notice[] {
  const seen = new Set<string>()
  return [...newer, ...older].filter((one) => !seen.has(one.id) && seen.add(one.id))
}

/** Letters under their days, in the order they are in. */
export function byDay(letters: Notice[], dayOf: (at: string) => LocalDate): { day: LocalDate; letters: Notice[] }[] {
  const days: { day: LocalDate; letters: Notice[] }[] = []
  for (const one of letters) {
    const day = dayOf(one.at)
    if (days.at(-1)?.day === day) days.at(-1)!.letters.push(one)
    else days.push({ day, letters: [one] })
  }
  return days
}

const ICONS: Record<string, string> = {
  welcome: 'lantern', invite_earned: 'invite', coupon_redeemed: 'stamp', redemption_reversed: 'undo', coupon_voided: 'undo', coupon_expiring: 'clock', coupon_store_leaves: 'clock', gift_refused: 'undo',
  signed_up: 'calendar', event_moved: 'calendar', event_cancelled: 'calendar',
  report_decided: 'flag', post_passed: 'talk', post_refused: 'talk', strike: 'alert', appeal: 'scale', muted: 'moon', mute_ended: 'talk', answer: 'talk',
  place_offered: 'clock', offer_expired: 'calendar', line_closed: 'calendar', event_tomorrow: 'clock', event_soon: 'clock', event_thanks: 'lantern',
}

/** The drawing of what a letter is about. */
export function letterIcon(kind: string): string {
  return ICONS[kind] ?? 'letter'
}
