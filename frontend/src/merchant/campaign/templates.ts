// Coupons that a street really gives: each fills the form, and everything can still be changed.
import type { CampaignForm } from './form'
import { blankAudience } from './limits'

export type TemplateKey = 'opening' | 'fresh' | 'rain' | 'birthday' | 'punch' | 'together' | 'back' | 'quiet'

const YUAN = 100

interface Words { title: string; gift?: string }
type Fill = (form: CampaignForm) => void

const fills: Record<TemplateKey, Fill> = {
  opening: (f) => { Object.assign(f, { kind: 'amount', off: 10 * YUAN, minSpend: 30 * YUAN, stock: 200, perDay: 40 }) },
  fresh: (f) => { Object.assign(f, { kind: 'percent', percentOff: 12, cap: 30 * YUAN, minSpend: 0, stock: 100 }) },
  rain: (f) => { Object.assign(f, { kind: 'gift', off: 6 * YUAN, minSpend: 0, stock: 60, perDay: 20, hoursFrom: '14:00', hoursTo: '18:00' }) },
  birthday: (f) => { Object.assign(f, { kind: 'amount', off: 20 * YUAN, minSpend: 50 * YUAN, stock: 100, perMember: 1, audience: { ...blankAudience(), birthday: 'around', birthdayDays: 7 } }) },
  punch: (f) => { Object.assign(f, { kind: 'punch_card', times: 5, off: 5 * YUAN, minSpend: 20 * YUAN, stock: 50, perHousehold: 1 }) },
  together: (f) => { Object.assign(f, { kind: 'amount', off: 10 * YUAN, minSpend: 50 * YUAN, stock: 200, reserve: 'redemption', budget: 1000 * YUAN, issuerCovers: true }) },
  back: (f) => { Object.assign(f, { kind: 'amount', off: 15 * YUAN, minSpend: 40 * YUAN, stock: 80, audience: { ...blankAudience(), level: 'micro', visitTimes: 0, atMost: true, visitDays: 60 } }) },
  quiet: (f) => { Object.assign(f, { kind: 'percent', percentOff: 20, cap: 20 * YUAN, minSpend: 30 * YUAN, stock: 120, weekdays: [1, 2, 3, 4], hoursFrom: '14:00', hoursTo: '17:00' }) },
}

export const TEMPLATES = Object.keys(fills) as TemplateKey[]

/** Fills a form, whose dates and partners stay. `store` is the issuer: what a template asks of visits it asks of its own. */
export function fillFrom(key: TemplateKey, form: CampaignForm, words: Words, store: string, clean: CampaignForm): void {
  const { from, last, until, partners } = form
  Object.assign(form, clean, { from, last, until, partners, title: words.title, gift: words.gift ?? '' })
  fills[key](form)
  if (key === 'back') form.audience.visitStore = store
}
