// The alliance's settings as a form shows them: yuan and percent as text, as people write them.
import type { AllianceSettings } from '@/shared/api'
import { formatFen, parseYuan } from '@/shared/format/number'

export interface SettingsForm {
  name: string; credit: string; bps: string; cap: string; vest: string; quiet: string; perYuan: string; rate: string; treasurer: string; inviter: string
}

export function toForm(settings: AllianceSettings): SettingsForm {
  return {
    name: settings.name, credit: formatFen(settings.referral_credit.amount), bps: String(settings.commission_bps / 100),
    cap: formatFen(settings.commission_cap.amount), vest: String(settings.vest_days), quiet: String(settings.quiet_days),
    perYuan: String(settings.points_per_yuan), rate: formatFen(settings.points_rate), treasurer: settings.treasurer ?? '', inviter: String(settings.inviter_points),
  }
}

/** What is no number goes as -1: the server names the field that is wrong. */
const whole = (text: string) => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : -1)
const fen = (text: string) => parseYuan(text) ?? -1

export function fromForm(form: SettingsForm): Partial<AllianceSettings> {
  return {
    name: form.name.trim(), referral_credit: { amount: fen(form.credit), currency: 'CNY' }, commission_bps: fen(form.bps),
    commission_cap: { amount: fen(form.cap), currency: 'CNY' }, vest_days: whole(form.vest), quiet_days: whole(form.quiet),
    points_per_yuan: whole(form.perYuan), points_rate: fen(form.rate), treasurer: form.treasurer, inviter_points: whole(form.inviter),
  }
}
