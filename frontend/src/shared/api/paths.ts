// Every operation in the shape openapi-typescript writes. When schema.d.ts is generated, `paths` comes
// from there and this file goes; no call changes.
import type * as t from './types'

type Json<T> = { content: { 'application/json': T } }
type Params<Q> = { query?: Q; path?: never }
type Answer<R> = { 200: Json<R> }
type Get<R, Q = never> = { parameters: Params<Q>; responses: Answer<R> }
type Send<B, R> = { parameters: Params<never>; requestBody: Json<B>; responses: Answer<R> }
type Bare<R> = { parameters: Params<never>; requestBody?: never; responses: Answer<R> }
type Form<R> = { parameters: Params<never>; requestBody: { content: { 'multipart/form-data': FormData } }; responses: Answer<R> }
type None = void
type Cursor = { cursor?: string; limit?: number }

export interface Operations {
  '/auth/codes': { post: Send<{ phone: string; street?: string }, t.CodeSent> }
  '/auth/sessions': { post: Send<{ phone: string; code: string; street?: string }, t.Session> }
  '/auth/refresh': { post: Bare<t.Session> }
  '/auth/logout': { post: Bare<None> }
  '/me': { get: Get<t.Me>; patch: Send<{ name?: string; locale?: string; face?: string }, t.Me> }
  '/demo/people': { get: Get<t.List<t.DemoPerson>> }
  '/demo/enter': { post: Send<{ key: string }, t.Session> }

  '/street': { get: Get<t.Street, { street?: string }> }
  '/stores/{store}': { get: Get<t.StorePage>; patch: Send<Partial<Pick<t.StorePage, 'name' | 'color' | 'story_title' | 'story' | 'hours' | 'live'>> & { persona_name?: string }, t.StorePage> }
  '/stores/{store}/staff': { get: Get<t.List<t.StaffMember>>; post: Send<{ phone: string; name: string; role: t.Role }, t.StaffMember> }
  '/stores/{store}/staff/{account}': { delete: Bare<None> }
  '/stores/{store}/join-links': { get: Get<t.List<t.JoinLink>>; post: Send<{ kind: t.LinkKind; label: string; expires_at?: string }, t.JoinLink> }
  '/join/{code}': { get: Get<t.Invitation>; post: Send<{ phone: string; code: string; name?: string }, t.Joined> }
  '/alliance': { get: Get<t.AllianceSettings>; patch: Send<Partial<t.AllianceSettings>, t.AllianceSettings> }
  '/alliance/stores': { get: Get<t.List<t.AllianceStore>>; post: Send<t.NewStore, t.StorePage> }
  '/alliance/stores/{store}/suspend': { post: Send<{ reason: string }, t.StorePage> }
  '/alliance/stores/{store}/admit': { post: Bare<t.StorePage> }

  '/stores/{store}/imports': { post: Form<t.Import> }
  '/stores/{store}/imports/{import}': { get: Get<t.Import> }
  '/stores/{store}/imports/{import}/rows': { get: Get<t.Page<t.ImportRow>, Cursor & { state?: t.RowState }> }
  '/stores/{store}/imports/{import}/run': { post: Bare<t.Import> }
  '/stores/{store}/customers': { get: Get<t.Page<t.Customer>, Cursor & { q?: string; state?: 'member' | 'invited' }> }

  '/me/card': { get: Get<t.Card> }
  '/me/invite': { get: Get<t.MyInvite> }
  '/me/points': { get: Get<t.PointsPage, Cursor> }
  '/me/privacy': { get: Get<t.Privacy> }
  '/me/privacy/{store}': { put: Send<{ phone: boolean; muted: boolean }, t.PrivacyRow> }
  '/me/export': { get: Get<unknown> }
  '/me/leave': { post: Send<{ confirm: string }, None> }

  '/me/levels': { get: Get<t.List<t.MyLevel>> }
  '/stores/{store}/lookups': { post: Send<{ code: string }, t.Lookup> }
  '/stores/{store}/visits': { post: Send<{ code?: string; member_id?: string; kind: 'scan' | 'purchase'; amount?: t.Money }, t.Visit> }
  '/stores/{store}/customers/{member}': { get: Get<t.CustomerPage>; put: Send<{ remark: string; tags: string[]; note: string }, t.CustomerPage> }

  '/stores/{store}/customers/{member}/complaint': { put: Send<{ about: string }, t.CustomerPage>; delete: Bare<t.CustomerPage> }

  '/stores/{store}/ledger': { get: Get<t.LedgerMonth, { month?: string }> }
  '/stores/{store}/ledger/lines': { get: Get<t.Page<t.LedgerLine>, Cursor & { month?: string; kind?: t.LedgerKind | 'commission' | 'coupon' | 'points' }> }
  '/alliance/ledger': { get: Get<t.AllianceLedger> }
  '/alliance/referrals': { get: Get<t.Page<t.Referral>, Cursor & { state?: string; q?: string }> }

  '/campaigns': { get: Get<t.Page<t.Campaign>, Cursor> }
  '/campaigns/{campaign}': { get: Get<t.Campaign> }
  '/campaigns/{campaign}/claims': { post: Bare<t.Coupon> }
  '/me/coupons': { get: Get<t.Wallet, Cursor & { state?: 'usable' | 'used' | 'expired' }> }
  '/stores/{store}/campaigns': { get: Get<t.List<t.Campaign>>; post: Send<t.NewCampaign, t.Campaign> }
  '/stores/{store}/campaigns/{campaign}': { patch: Send<Partial<t.NewCampaign>, t.Campaign> }
  '/stores/{store}/campaigns/{campaign}/submit': { post: Bare<t.Campaign> }
  '/stores/{store}/campaigns/{campaign}/pause': { post: Bare<t.Campaign> }
  '/stores/{store}/campaigns/{campaign}/resume': { post: Bare<t.Campaign> }
  '/stores/{store}/campaigns/{campaign}/end': { post: Bare<t.Campaign> }
  '/stores/{store}/signatures': { get: Get<t.List<t.Campaign>> }
  '/stores/{store}/signatures/{campaign}': { post: Send<{ version: number; share_bps: number; decision: 'sign' | 'decline' }, t.Campaign> }
  '/stores/{store}/redemptions/preview': { post: Send<{ code?: string; coupon_id: string; bill: t.Money }, t.Price> }
  '/stores/{store}/redemptions': { get: Get<t.Page<t.Redemption>, Cursor>; post: Send<{ code?: string; member_id?: string; coupon_id: string; bill: t.Money }, t.Redemption> }
  '/stores/{store}/redemptions/{redemption}/reversal': { post: Send<{ reason: string }, t.Redemption> }

  '/calendar': { get: Get<t.Calendar, { month?: string }> }
  '/occurrences/{occurrence}': { get: Get<t.Occurrence> }
  '/occurrences/{occurrence}/sign-ups': { post: Bare<t.Occurrence>; delete: Bare<t.Occurrence> }
  '/stores/{store}/events': { get: Get<t.Page<t.StreetEvent>, Cursor>; post: Send<{ title: string; story: string; place: string; starts_at: string; ends_at: string; capacity: number }, t.StreetEvent> }
  '/stores/{store}/events/{event}': { patch: Send<Partial<{ title: string; story: string; place: string; starts_at: string; ends_at: string; capacity: number }>, t.StreetEvent> }
  '/stores/{store}/events/{event}/cancel': { post: Bare<t.StreetEvent> }
  '/stores/{store}/occurrences/{occurrence}/guests': { get: Get<t.GuestList> }
  '/stores/{store}/occurrences/{occurrence}/check-ins': { post: Send<{ code?: string; member_id?: string }, { guest: t.Guest; first: boolean }> }

  '/feeds/{feed}/posts': { get: Get<t.FeedPage, Cursor>; post: Send<{ text: string; photo_ids: string[]; store_id?: string }, t.Post> }
  '/posts/{post}': { get: Get<t.Post>; delete: Bare<None> }
  '/posts/{post}/comments': { get: Get<t.Page<t.Comment>, Cursor>; post: Send<{ text: string; store_id?: string }, t.Comment> }
  '/posts/{post}/like': { put: Bare<{ likes: number; liked: boolean }>; delete: Bare<{ likes: number; liked: boolean }> }
  '/photos': { post: Form<t.Photo> }

  '/me/inbox': { get: Get<t.Inbox, Cursor> }
  '/me/inbox/read': { post: Send<{ up_to: string }, { unread: number }> }

  '/stores/{store}/desk': { get: Get<t.Desk> }
  '/alliance/overview': { get: Get<t.Overview, { days?: number }> }
}

/** The names between braces are the path's parameters. */
type Names<P> = P extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never
type WithPath<Op, P> = Op extends { parameters: infer Q }
  ? Omit<Op, 'parameters'> & { parameters: Omit<Q, 'path'> & ([Names<P>] extends [never] ? { path?: never } : { path: Record<Names<P>, string> }) }
  : Op

export type paths = {
  [P in keyof Operations]: { [M in keyof Operations[P]]: WithPath<Operations[P][M], P> }
}
