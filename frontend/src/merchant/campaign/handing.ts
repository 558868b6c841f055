// How a campaign's coupons come to people, as its form holds it and as the server takes it.
import type { Campaign, NewCampaign, Trigger } from '@/shared/api'

export type Given = Campaign['given']
export interface HandingForm {
  given: Given; transferable: boolean
  trigger: Trigger['kind']; triggerStore: string; triggerMin: number; triggerDays: number
}

/** The ways in the order in which a shop thinks of them. */
export const GIVENS: Given[] = ['public', 'targeted', 'link', 'event', 'prize', 'printed', 'new_members']
export const TRIGGERS: Trigger['kind'][] = ['bought', 'visited', 'returned', 'checked_in', 'joined']

/** To begin with: everyone takes one; and what a trigger would be. */
export const blankHanding = (): HandingForm => ({ given: 'public', transferable: false, trigger: 'bought', triggerStore: '', triggerMin: 5000, triggerDays: 60 })

/** The part of the body; `issuer` is where a trigger stands when no other shop was chosen. */
export function handingBody(form: HandingForm, issuer: string): Pick<NewCampaign, 'given' | 'transferable' | 'trigger'> {
  const body: Pick<NewCampaign, 'given' | 'transferable' | 'trigger'> = { given: form.given, transferable: form.transferable }
  if (form.given !== 'event') return body
  const trigger = { kind: form.trigger, store_id: form.triggerStore || issuer }
  if (form.trigger === 'bought') return { ...body, trigger: { ...trigger, min: { amount: form.triggerMin, currency: 'CNY' } } }
  return { ...body, trigger: form.trigger === 'returned' ? { ...trigger, days: form.triggerDays } : trigger }
}

/** A draft's part back in its form. */
export function handingOf(campaign: Campaign): HandingForm {
  const { trigger } = campaign
  const form = { ...blankHanding(), given: campaign.given, transferable: campaign.transferable }
  if (!trigger) return form
  return { ...form, trigger: trigger.kind, triggerStore: trigger.store.id, triggerMin: trigger.min?.amount ?? form.triggerMin, triggerDays: trigger.days || form.triggerDays }
}
