// The street's nouns as the server sends them. Written by hand from the contract until the client is
// generated; then this file only names what stands in schema.d.ts.

/** Whole fen; never a float. */
export interface Money { amount: number; currency: 'CNY' }
/** RFC 3339, UTC. */
export type Time = string
/** YYYY-MM-DD in the street's zone. */
export type LocalDate = string
export type ID = string

export type FrontKey =
  | 'shoes' | 'noodles' | 'tea' | 'books' | 'herbs' | 'tailor' | 'bakery'
  | 'glasses' | 'flowers' | 'tools' | 'kids' | 'fruit' | 'photo'
export type Level = 'none' | 'micro' | 'weak' | 'strong' | 'super'
export type Badge = '' | 'strong' | 'super' | 'staff' | 'coordinator'
export type Role = 'owner' | 'manager' | 'clerk'

export interface StoreRef {
  id: ID; slug: string; name: string; short_name: string; color: string; color_night: string; front: FrontKey
}
export interface PersonRef { id: ID; name: string; face: string; badge: Badge }

export interface Page<T> { items: T[]; next_cursor?: string }
export interface List<T> { items: T[] }

// ---- identity
export interface StreetRef { id: ID; slug: string; name: string; time_zone: string }
export interface MemberSelf { id: ID; number: number; name: string; face: string }
export interface Staffing { store: StoreRef; role: Role }
export interface Me {
  account_id: ID; name: string; phone_masked: string; locale: string; street: StreetRef
  member: MemberSelf | null; staff: Staffing[]; coordinator: boolean
}
export interface Session { access_token: string; expires_at: Time; me: Me }
export interface CodeSent { expires_in: number; resend_in: number; demo_code?: string }
export interface DemoPerson {
  key: string; name: string; role: 'shopper' | 'owner' | 'clerk' | 'coordinator'; store?: StoreRef; face: string
}

// ---- pool
export interface StoreFront extends StoreRef {
  position: number; width: number; persona: { name: string; face: string }
  open: boolean; opens_at: string; closes_at: string; live: string
}
export interface Street extends StreetRef { stores: StoreFront[]; members: number; now: Time }
export interface Hours { weekday: number; opens: string; closes: string }
export interface StorePage extends StoreFront {
  story_title: string; story: string; address: string; hours: Hours[]; status: string
}
export interface StaffMember { account_id: ID; name: string; phone_masked: string; role: Role; since: Time }
export type LinkKind = 'counter' | 'poster' | 'staff'
export interface JoinLink {
  id: ID; code: string; kind: LinkKind; label: string; url: string; joined: number; created_at: Time; expires_at?: Time
}
export interface Invitation {
  code: string; kind: string; street: { slug: string; name: string }; store: StorePage
  inviter?: { name: string; face: string }; welcome?: { title: string; off: Money; min_spend: Money }
}
export interface Joined extends Session { welcome: { number: number; coupon?: Coupon } }
export interface AllianceSettings {
  name: string; referral_credit: Money; commission_bps: number; commission_cap: Money; vest_days: number
  quiet_days: number; points_per_yuan: number; inviter_points: number; k: number; market_rule: string
}
export interface NewStore {
  slug: string; name: string; short_name: string; color: string; color_night: string; front: string; owner_name: string; owner_phone: string
}
export interface AllianceStore extends StorePage { members: number }

// ---- import and customers
export type ImportField = 'name' | 'phone' | 'last_purchase' | 'total_spent' | 'purchases' | 'tags' | 'note' | ''
export type RowState = 'new' | 'known' | 'duplicate' | 'invalid'
export interface Import {
  id: ID; file_name: string; encoding: string; state: 'preview' | 'running' | 'done' | 'failed'
  columns: { index: number; header: string; field: ImportField; sample: string }[]
  counts: { rows: number; valid: number; new: number; known: number; duplicate: number; invalid: number }
  done: number; result?: { invited: number; updated: number; unchanged: number }; created_at: Time
}
export interface ImportRow {
  line: number; state: RowState; name: string; phone_masked: string
  problem?: { code: string; text: string }; same_as_line?: number
}
export interface Customer {
  id: ID; kind: 'member' | 'invited'; name: string; phone_masked: string; level: Level; tags: string[]; note: string
  last_visit_at?: Time; purchases: number; spent: Money; origin: boolean; invite_url?: string
}

// ---- me
export interface Card {
  member_id: ID; number: number; name: string; face: string; secret: string; period: number; digits: number
  points: number; street_name: string; store_of_origin: StoreRef
}
export interface MyInvite {
  url: string; code: string; earned_points: number; points_each: number
  invited: { name: string; joined_at: Time; state: 'pending' | 'posted' | 'voided'; points: number; until: Time }[]
}
export interface PointsLine { at: Time; points: number; what: string; store?: StoreRef }
export interface PointsPage extends Page<PointsLine> { balance: number }
export interface PrivacyRow { store: StoreRef; phone: boolean; purchases: boolean; notes: boolean; muted: boolean }
export interface Privacy { stores: PrivacyRow[]; weekly_limit: number }

// ---- relation
export interface MyLevel { store: StoreRef; open: boolean; level: Level; reasons: string[]; next: string }
export interface LookedUp {
  id: ID; name: string; face: string; number: number; level: Level; remark: string; tags: string[]; visits_this_year: number
}
export interface Lookup { member: LookedUp; code_valid_until: Time; coupons: Coupon[] }
export interface Visit {
  id: ID; at: Time; kind: string; amount?: Money; points: number; commission?: { store: StoreRef; amount: Money }; level: Level
}
/** `complaint`: what is not settled yet; empty: nothing. */
export interface CustomerPage extends Customer { remark: string; reasons: string[]; next: string; complaint: string; visits: Visit[] }

// ---- referral and ledger
export type LedgerKind =
  | 'referral' | 'referral_pending' | 'commission_in' | 'commission_out'
  | 'coupon_in' | 'coupon_out' | 'points_issued' | 'points_honoured' | 'other_in' | 'other_out'
export interface LedgerMonth {
  month: string; net: Money; earned: Money; owed: Money; pending: Tally; balanced: boolean
  groups: { kind: LedgerKind; count: number; amount?: Money; points?: number }[]
}
export interface LedgerLine {
  id: ID; seq: number; at: Time; kind: LedgerKind; state: 'pending' | 'posted' | 'voided' | 'reversed'
  amount?: Money; points?: number; who: string; other?: StoreRef; text: string; why: string[]; expires_at?: Time
}
export interface Tally { count: number; amount: Money }
export interface AllianceLedger {
  pending: Tally; objections: Tally; posted: Tally; commission: Tally; coupon: Tally
  debits: Money; credits: Money; balanced: boolean
}
export interface Referral {
  id: ID; member: string; store: StoreRef; inviter?: string; link_kind: string; state: string; amount: Money
  joined_at: Time; vests_by: Time; evidence: { store: StoreRef; kind: string; at: Time; won: boolean; why: string }[]
}

// ---- coupon
export type CouponKind = 'amount' | 'percent' | 'gift' | 'fixed_price' | 'buy_x_get_y'
/** What a ticket of each kind says; only the fields of its kind are there. */
export interface Offer {
  title: string; kind: CouponKind; off?: Money; percent_bps?: number; cap?: Money; price?: Money
  gift?: string; buy?: number; get?: number; min_spend: Money
}
export type CampaignState = 'draft' | 'signing' | 'scheduled' | 'live' | 'paused' | 'ended'
export interface Share {
  store: StoreRef; share_bps: number; worst_case: Money; cap: Money
  state: 'waiting' | 'signed' | 'declined'; signed_by?: string; signed_at?: Time
}
export interface Verdict { ok: boolean; why?: string }
export interface Campaign extends Offer {
  id: ID; store: StoreRef; description: string; stock: number; remaining: number; per_member: number
  claim_from: Time; claim_until: Time; valid_from?: Time; valid_until?: Time; valid_days?: number
  weekdays: number[]; hours?: { from: string; to: string }; state: CampaignState; version: number
  shares: Share[]; stores: StoreRef[]; claimed: number; redeemed: number; mine?: number; claimable?: Verdict
}
export interface CouponCampaign extends Offer {
  id: ID; store: StoreRef; stores: StoreRef[]; weekdays: number[]; hours?: { from: string; to: string }
}
export type CouponState = 'usable' | 'used' | 'expired' | 'void'
export interface Coupon {
  id: ID; code: string; campaign: CouponCampaign; state: CouponState
  valid_from: Time; valid_until: Time; claimed_at: Time
  used?: { at: Time; store: StoreRef; by: string; off: Money }; here?: Verdict
}
export interface Wallet extends Page<Coupon> { counts: { usable: number; used: number; expired: number } }
export interface NewCampaign {
  title: string; description: string; kind: CouponKind; off?: Money; percent_bps?: number; cap?: Money; price?: Money
  gift?: string; buy?: number; get?: number; min_spend: Money; stock: number; per_member: number
  claim_from: Time; claim_until: Time; valid_from?: Time; valid_until?: Time; valid_days?: number
  weekdays: number[]; hours?: { from: string; to: string }; partners: { store_id: ID; share_bps: number }[]
}
export interface Price {
  bill: Money; off: Money; to_pay: Money; shares: { store: StoreRef; amount: Money }[]
  commission?: { store: StoreRef; amount: Money; bps: number }; keeps: Money; points: number
}
export interface Redemption extends Price {
  id: ID; at: Time; by: string; store: StoreRef; coupon: Coupon; member: { name: string; number: number }; state?: string
}

// ---- calendar
export interface Occurrence {
  id: ID; event_id: ID; title: string; story: string; place: string; stores: StoreRef[]; starts_at: Time; ends_at: Time
  capacity: number; taken: number; state: 'published' | 'cancelled'
  mine?: { state: 'signed_up' | 'checked_in'; at: Time }; ics_url: string; photo?: string
}
export interface CalendarDay { date: LocalDate; lunar: string; festival?: string; market: boolean; occurrences: ID[] }
export interface Calendar {
  month: string; year_name: string; lunar: string; days: CalendarDay[]; items: Occurrence[]; market_rule: { text: string }
}
export interface StreetEvent {
  id: ID; title: string; story: string; place: string; capacity: number; state: string; occurrences: Occurrence[]
}
export interface Guest { member_id: ID; name: string; number: number; signed_up_at: Time; walk_in: boolean; checked_in_at?: Time; by?: string }
export interface GuestList { items: Guest[]; capacity: number; taken: number }

// ---- feed
export interface Photo { id: ID; url: string; thumb_url: string; w: number; h: number }
export interface Comment { id: ID; post_id: ID; author: PersonRef; store?: StoreRef; text: string; created_at: Time }
export interface Post {
  id: ID; seq: number; stream: string; author: PersonRef; store?: StoreRef; text: string; photos: Photo[]
  card?: { kind: 'campaign' | 'event'; id: ID; campaign?: Campaign; occurrence?: Occurrence }
  likes: number; liked: boolean; comments: number; last_comments: Comment[]; created_at: Time; deleted?: boolean
}
export interface FeedPage extends Page<Post> { seq: number }

// ---- notify
export interface Notice {
  id: ID; at: Time; kind: string; title: string; text: string; link: string; store?: StoreRef; read: boolean
}
export interface Inbox extends Page<Notice> { unread: number; seq: number }

// ---- traffic
export interface Desk {
  today: { visits: number; compare: { visits: number; label: string } }; hours: { hour: number; visits: number }[]
  redemptions: number; new_members: number; pending_credit: Money
  care: { member_id: ID; name: string; face: string; level: Level; reason: string; hint: string; action: 'greet' | 'thank' | 'reply' }[]
  notices: { at: Time; kind: string; text: string; detail: string; amount?: Money }[]
  open: boolean; closes_at: string
}
/** '' shown; 'few' under the alliance's k; 'veil' hidden so that nothing can be subtracted. */
export type Withheld = '' | 'few' | 'veil'
export interface Overview {
  day: LocalDate; members: { total: number; today: number }; visits: { today: number; delta: number }
  redemptions: { today: number }; events: { week: number; tonight: number }; credits_posted: Money
  flow: { from: StoreRef; to: StoreRef; members: number }[]; flow_withheld: number
  hours: { rows: { weekday: number; cells: { hour: number; value: number | null; withheld: Withheld }[]; total: number }[] }
  levels: { level: Level; members: number | null; withheld: Withheld }[]; brought: number; brought_by: number
  origins: { store: StoreRef; members: number | null; withheld: Withheld }[]
  redemptions_by_store: { store: StoreRef; count: number | null; withheld: Withheld }[]
  crossing: { issuer: StoreRef; redeemer: StoreRef; count: number | null; withheld: Withheld }[]
  ledger: AllianceLedger; ticker: { at: Time; store: StoreRef; text: string; amount?: Money }[]; stores: StoreRef[]
}
