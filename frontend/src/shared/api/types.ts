// The street's nouns as the server sends them: names for what stands in schema.d.ts, which is generated
// from the server's own operations (`make gen`).
import type { components } from './schema'

type Schemas = components['schemas']

export type Money = Schemas['Money']
/** RFC 3339, UTC. */
export type Time = string
/** YYYY-MM-DD in the street's zone. */
export type LocalDate = string
export type ID = string

export type Level = Schemas['LevelView']['level']
export type Role = Schemas['StaffView']['role']
/** The keys of the drawn shopfronts. */
export type FrontKey = Schemas['OpenStoreInputBody']['front']
export type StoreRef = Schemas['StoreRef']
export type PersonRef = Schemas['PersonRef']

export interface Page<T> { items: T[]; next_cursor?: string }

// ---- identity
export type Me = Schemas['Me']
export type Session = Schemas['SessionView']
export type CodeSent = Schemas['CodeSent']
export type DemoPerson = Schemas['DemoPerson']

// ---- pool
export type StoreFront = Schemas['StoreFront']
export type Street = Schemas['Street']
export type Hours = Schemas['Hours']
export type StorePage = Schemas['StorePage']
export type StaffMember = Schemas['StaffMember']
export type JoinLink = Schemas['LinkView']
export type LinkKind = Schemas['PostLinkInputBody']['kind']
export type Invitation = Schemas['Invitation']
/** Joining knows no coupons (they are a feature of their own), so the welcome's is named here. */
export type Joined = Omit<Schemas['JoinedView'], 'welcome'> & { welcome: { number: number; coupon?: Coupon } }
export type AllianceSettings = Schemas['Settings']
export type AllianceStore = Schemas['MemberStore']

// ---- import and customers
export type Import = Schemas['ImportView']
export type ImportRow = Schemas['ImportRowView']
export type RowState = ImportRow['state']
export type Customer = Schemas['CustomerView']

// ---- me
export type Card = Schemas['Card']
export type MyInvite = Schemas['Invite']
export type PointsLine = Schemas['PointLine']
export type PointsPage = Schemas['Points']
export type PrivacyRow = Schemas['PrivacyRow']
export type Privacy = Schemas['PrivacyView']

// ---- relation
export type MyLevel = Schemas['LevelView']
export type LookedUp = Schemas['LookupMember']
export type Lookup = Schemas['LookupView']
export type Visit = Schemas['RecordedView']
export type Honour = Schemas['HonourView']
export type CustomerPage = Schemas['CustomerDetail']

// ---- referral and ledger
export type LedgerKind = Schemas['GroupTally']['kind']
export type LedgerMonth = Schemas['Month']
export type LedgerLine = Schemas['Line']
export type Tally = Schemas['Tally']
export type Referral = Schemas['Row']
export type StoreCases = Schemas['Cases']
export type ObjectionCase = Schemas['Case']
export type LostClaim = Schemas['Lost']
export type ClaimEvidence = Schemas['Evidence']
export type LedgerRecord = Schemas['Record']
export type ProofView = Schemas['ProofView']
export type SealView = Schemas['SealView']
export type CheckpointView = Schemas['CheckpointView']

// ---- coupon
export type CouponKind = Schemas['CampaignView']['kind']
export type Campaign = Schemas['CampaignView']
export type Share = Schemas['ShareView']
export type CampaignResults = Schemas['ResultsView']
export type CampaignVersion = Schemas['VersionView']
export type Verdict = Schemas['Verdict']
export type CouponCampaign = Schemas['CouponCampaign']
export type Coupon = Schemas['CouponView']
export type Wallet = Schemas['Wallet']
export type NewCampaign = Schemas['NewTerms']
export type Price = Schemas['PriceView']
export type Qualification = Schemas['QualificationView']
export type Qualified = Schemas['QualifiedView']
export type Redemption = Schemas['RedemptionView']
export type NewRedemption = Schemas['BillBody']
/** What a ticket of each kind says; only the fields of its kind are there. */
export type Offer = Pick<CouponCampaign, 'title' | 'kind' | 'off' | 'percent_bps' | 'cap' | 'price' | 'gift' | 'buy' | 'get' | 'min_spend' | 'per_piece' | 'times' | 'goods' | 'category'> & Partial<Pick<CouponCampaign, 'stackable'>>

// ---- calendar
export type Occurrence = Schemas['OccurrenceView']
export type CalendarDay = Schemas['MonthDay']
export type Calendar = Schemas['MonthView']
export type StreetEvent = Schemas['EventView']
export type Guest = Schemas['Guest']
export type GuestList = Schemas['GuestList']
export type DoorPack = Schemas['DoorPack']
export type DoorLine = Schemas['DoorLogLine']
export type DoorEntry = Schemas['DoorEntryView']

// ---- feed
export type Photo = Schemas['PhotoView']
export type Comment = Schemas['CommentView']
export type Post = Schemas['PostView']
export type Circle = Schemas['CircleView']
export type Mention = Schemas['MentionView']
export type Reaction = Schemas['ReactionView']
export type Callable = Schemas['CallableView']
export type EditedWords = Schemas['EditView']
export type FeedPage = Schemas['Page']
export type FeedUnread = Schemas['FeedUnread']
export type Pinned = Schemas['PinView']
export type SearchHit = Schemas['Hit']

// ---- notify
export type Notice = Schemas['Notice']
export type Inbox = Schemas['InboxView']

// ---- traffic
export type Desk = Schemas['Desk']
/** '' shown; 'few' under the alliance's k; 'veil' hidden so that nothing can be subtracted. */
export type Withheld = Schemas['HeatCell']['withheld']
export type Overview = Schemas['Overview']

// ---- settlement
export type StatementRow = Schemas['StatementRow']
export type Statement = Schemas['Statement']
export type StatementGroup = Schemas['StatementGroup']
export type SettlementPayment = Schemas['Payment']
export type StatementWord = Schemas['StatementWord']
export type Settlements = Schemas['SettlementsView']
export type Settlement = Schemas['Settlement']

// ---- books
export type Audits = Schemas['Audits']
export type Audit = Schemas['AuditView']
export type AuditFinding = Schemas['AuditFinding']

// ---- handout
export type CouponLink = Schemas['CouponLink']
export type Gift = Schemas['GiftView']
export type Handing = Schemas['Handing']
export type Way = Handing['ways'][number]
export type Send = Schemas['SendView']
export type Reach = Schemas['ReachView']
export type PrintBatch = Schemas['BatchView']
export type PrintedCard = Schemas['PrintedCard']
export type Trigger = Schemas['TriggerView']

// Tills that redeem without a network, and what happens to a coupon.
export type Till = Schemas['TillView']
export type TillPack = Schemas['TillPack']
export type TillTerms = Schemas['TillVersion']
export type TillEntry = Schemas['TillEntryView']
export type TillLine = Schemas['LogLine']
export type CouponLife = Schemas['CouponLife']
export type CouponStep = Schemas['CouponStep']

// ---- conduct
export type TalkCase = Schemas['TalkCase']
export type TalkStrike = Schemas['TalkStrike']
export type TalkTrailLine = Schemas['TalkTrailLine']
export type TalkRules = Schemas['TalkRules']
export type OwnWord = TalkRules['terms'][number]
export type TermTrial = Schemas['TermTrial']
export type MutedNeighbour = Schemas['MutedNeighbour']

// ---- helper
export type HelperReply = Schemas['HelperReply']
export type OpenQuestion = Schemas['QuestionView']
export type Lesson = Schemas['LessonView']

export type ChatMessage = Schemas['MessageView']
export type ChatThread = Schemas['ThreadView']
export type ChatLine = Schemas['ChatLineView']
export type ChatSaid = Schemas['SaidView']
export type ChatSaying = Schemas['SayingBody']
export type ChatPhoto = Schemas['ChatPhotoView']
export type Answering = Schemas['Answering']

// ---- screen
export type Wall = Schemas['Wall']
export type WallPost = Schemas['WallPost']
export type StoreScreen = Schemas['ScreenView']
export type ScreenCandidate = Schemas['Candidate']

// ---- press
export type Serial = Schemas['SerialView']
export type SerialFull = Schemas['SerialPage']
export type PartCard = Schemas['PartCard']
export type StoryCard = Schemas['StoryCard']
export type PlanItem = Schemas['PlanView']
export type PlanBoard = Schemas['PlanBoard']
export type PlanColumn = PlanItem['column']
