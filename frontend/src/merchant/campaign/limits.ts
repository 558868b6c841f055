// How far a campaign goes and whom it is for, as the form holds it and as the server takes it. Money in fen, shares in
// percent; 0 is no limit.
import type { Campaign, NewCampaign } from '@/shared/api'

export type Level = '' | 'micro' | 'weak' | 'strong' | 'super'
export type Audience = NonNullable<NewCampaign['audience']>

export interface AudienceForm {
  level: Level; tags: string
  visitStore: string; visitDays: number; visitTimes: number; atMost: boolean
  tookPart: number; circle: string; circleName: string; joined: number; birthday: '' | 'month' | 'around'; birthdayDays: number
}

export interface Limits {
  hoursFrom: string; hoursTo: string; notOn: string[]; marketOnly: boolean
  perDay: number; perHousehold: number; perStore: number; perStoreDay: number
  budget: number; reserve: 'claim' | 'redemption'; noticeDays: number; issuerCovers: boolean; fundPercent: number
  audience: AudienceForm
}

const MIN_NOTICE = 7

export function blankAudience(): AudienceForm {
  return { level: '', tags: '', visitStore: '', visitDays: 30, visitTimes: 1, atMost: false, tookPart: 0, circle: '', circleName: '', joined: 0, birthday: '', birthdayDays: 7 }
}

export function blankLimits(): Limits {
  return {
    hoursFrom: '', hoursTo: '', notOn: [], marketOnly: false, perDay: 0, perHousehold: 0, perStore: 0, perStoreDay: 0,
    budget: 0, reserve: 'claim', noticeDays: MIN_NOTICE, issuerCovers: false, fundPercent: 0, audience: blankAudience(),
  }
}

/** The tags that were typed, apart. */
export const tagsOf = (text: string): string[] => text.split(/[,，、\s]+/).map((one) => one.trim()).filter(Boolean)

/** Whether nobody is left out. */
export const everyone = (form: AudienceForm): boolean => Object.keys(audienceBody(form)).length === 0

export function audienceBody(form: AudienceForm): Audience {
  const body: Audience = {}
  if (form.level) body.level = form.level
  if (tagsOf(form.tags).length) body.tags = tagsOf(form.tags)
  if (form.visitStore) body.visits = { store_id: form.visitStore, days: form.visitDays, ...(form.atMost ? { at_most: form.visitTimes } : { at_least: form.visitTimes }) }
  if (form.tookPart) body.took_part = form.tookPart
  if (form.circle) body.circle_id = form.circle
  if (form.joined) body.joined = form.joined
  if (form.birthday) body.birthday = form.birthday === 'month' ? { when: 'month' } : { when: 'around', days: form.birthdayDays }
  return body
}

export function limitsBody(form: Limits): Partial<NewCampaign> {
  return {
    per_day: form.perDay, per_household: form.perHousehold, per_store: form.perStore, per_store_day: form.perStoreDay,
    budget: { amount: form.budget, currency: 'CNY' }, reserve: form.reserve, notice_days: form.noticeDays, issuer_covers: form.issuerCovers,
    fund_bps: form.fundPercent * 100, not_on: [...form.notOn].sort(), market_only: form.marketOnly, audience: audienceBody(form.audience),
    hours: { from: form.hoursFrom, to: form.hoursTo },
  }
}

/** A campaign's part of the form. */
export function limitsOf(campaign: Campaign): Limits {
  const { audience } = campaign
  const visits = audience?.visits
  return {
    hoursFrom: campaign.hours?.from ?? '', hoursTo: campaign.hours?.to ?? '', notOn: campaign.not_on, marketOnly: campaign.market_only,
    perDay: campaign.per_day, perHousehold: campaign.per_household, perStore: campaign.per_store, perStoreDay: campaign.per_store_day,
    budget: campaign.budget?.set ? campaign.budget.most.amount : 0, reserve: campaign.budget?.reserve ?? 'claim',
    noticeDays: campaign.notice_days, issuerCovers: campaign.issuer_covers, fundPercent: (campaign.shares.find((one) => one.fund)?.share_bps ?? 0) / 100,
    audience: {
      ...blankAudience(), level: (audience?.level === 'none' ? '' : audience?.level ?? '') as Level, tags: (audience?.tags ?? []).join('、'),
      ...(visits ? { visitStore: visits.store_id, visitDays: visits.days, visitTimes: visits.at_most ?? visits.at_least ?? 1, atMost: visits.at_most !== undefined } : {}),
      tookPart: audience?.took_part ?? 0, circle: audience?.circle?.id ?? '', circleName: audience?.circle?.name ?? '', joined: audience?.joined ?? 0, birthday: audience?.birthday?.when ?? '', birthdayDays: audience?.birthday?.days ?? 7,
    },
  }
}
