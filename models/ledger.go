package models

import "time"

var _ = table(&LedgerHead{}, &LedgerAccount{}, &LedgerBalance{}, &Transfer{})

// Unit is what an account counts; an account has one for ever, and a transfer moves one.
type Unit string

// The units.
const (
	UnitFen   Unit = "fen"   // hundredths of a yuan
	UnitPoint Unit = "point" // the pool's points
)

// LedgerOwner is the kind of whoever an account belongs to.
type LedgerOwner string

// The owners of accounts.
const (
	OwnerStore  LedgerOwner = "store"  // a store: what it earns and owes
	OwnerFund   LedgerOwner = "fund"   // the alliance's referral fund
	OwnerMember LedgerOwner = "member" // a member's points
	OwnerIssuer LedgerOwner = "issuer" // the alliance as issuer of points
)

// AccountLimit says on which side an account may not go below zero.
type AccountLimit string

// The limits of accounts. What is pending counts as if it were posted against the account's own room.
const (
	Unlimited           AccountLimit = ""
	DebitsWithinCredits AccountLimit = "debits_within_credits" // may not spend more than it has
	CreditsWithinDebits AccountLimit = "credits_within_debits" // may not be paid more than it is owed
)

// Limit is the limit of the owner's accounts: members cannot spend points that they do not have.
func (o LedgerOwner) Limit() AccountLimit {
	if o == OwnerMember {
		return DebitsWithinCredits
	}
	return Unlimited
}

// AccountKey names an account within an alliance. The zero OwnerID stands for the alliance itself.
type AccountKey struct {
	Owner   LedgerOwner
	OwnerID ID
	Unit    Unit
}

// StoreFen is a store's money account.
func StoreFen(store ID) AccountKey { return AccountKey{OwnerStore, store, UnitFen} }

// StorePoints is a store's account of points issued and honoured.
func StorePoints(store ID) AccountKey { return AccountKey{OwnerStore, store, UnitPoint} }

// FundFen is the alliance's referral fund.
func FundFen() AccountKey { return AccountKey{Owner: OwnerFund, Unit: UnitFen} }

// IssuerPoints is the alliance's account of points issued.
func IssuerPoints() AccountKey { return AccountKey{Owner: OwnerIssuer, Unit: UnitPoint} }

// MemberPoints is a member's points.
func MemberPoints(member ID) AccountKey { return AccountKey{OwnerMember, member, UnitPoint} }

// Balance is what has gone through an account, each side growing only. Amounts are in the account's unit.
type Balance struct {
	Debits         int64
	Credits        int64
	PendingDebits  int64
	PendingCredits int64
}

// Net is what the account has: credits less debits that are posted; negative when it owes.
func (b Balance) Net() int64 { return b.Credits - b.Debits }

// Available is what may still be spent: what is pending to go out counts as gone.
func (b Balance) Available() int64 { return b.Net() - b.PendingDebits }

// Within tells whether the balance keeps a limit.
func (b Balance) Within(limit AccountLimit) bool {
	switch limit {
	case DebitsWithinCredits:
		return b.Debits+b.PendingDebits <= b.Credits
	case CreditsWithinDebits:
		return b.Credits+b.PendingCredits <= b.Debits
	}
	return true
}

// LedgerHead is an alliance's place in its ledger: the number of its last transfer, and when that was recorded. Its row
// is locked first by everything that posts, so that seq has no gaps, commit order is seq order, and recorded times never
// run backwards, whatever the clocks of the nodes say.
type LedgerHead struct {
	AllianceID ID `gorm:"primaryKey"`
	Seq        int64
	RecordedAt *time.Time
}

// TableName implements gorm's Tabler.
func (LedgerHead) TableName() string { return "ledger_heads" }

// LedgerAccount is an account with the sums of its transfers, changed in the transaction that posts them.
// Its id is computed from its key, so that everyone finds it without asking.
type LedgerAccount struct {
	ID             ID `gorm:"primaryKey"`
	AllianceID     ID
	Owner          LedgerOwner
	OwnerID        ID
	Unit           Unit
	Limit          AccountLimit `gorm:"column:limited"`
	Debits         int64
	Credits        int64
	PendingDebits  int64
	PendingCredits int64
	CreatedAt      time.Time
}

// TableName implements gorm's Tabler.
func (LedgerAccount) TableName() string { return "ledger_accounts" }

// Key names the account; the alliance itself is the zero OwnerID.
func (a LedgerAccount) Key() AccountKey {
	key := AccountKey{a.Owner, a.OwnerID, a.Unit}
	if a.OwnerID == a.AllianceID {
		key.OwnerID = ID{}
	}
	return key
}

// Balance is the sums of the account.
func (a LedgerAccount) Balance() Balance {
	return Balance{a.Debits, a.Credits, a.PendingDebits, a.PendingCredits}
}

// With is the account with other sums.
func (a LedgerAccount) With(b Balance) LedgerAccount {
	a.Debits, a.Credits, a.PendingDebits, a.PendingCredits = b.Debits, b.Credits, b.PendingDebits, b.PendingCredits
	return a
}

// LedgerBalance is what an account held after the transfers up to Seq, the last of a batch that touched it. All rows of a
// batch are recorded at one moment, so an account's balance as of any time is its last row up to then.
type LedgerBalance struct {
	AccountID      ID        `gorm:"primaryKey"`
	RecordedAt     time.Time `gorm:"primaryKey"`
	Seq            int64     `gorm:"primaryKey"`
	AllianceID     ID
	Debits         int64
	Credits        int64
	PendingDebits  int64
	PendingCredits int64
}

// TableName implements gorm's Tabler.
func (LedgerBalance) TableName() string { return "ledger_balances" }

// Balance is the sums of the account at that moment.
func (b LedgerBalance) Balance() Balance {
	return Balance{b.Debits, b.Credits, b.PendingDebits, b.PendingCredits}
}

// TransferStep says what a transfer does to the balances.
type TransferStep string

// The steps. A two-phase transfer is a pending row and at most one row that posts or voids it; rows never change.
const (
	StepSingle  TransferStep = "single"  // posted at once
	StepPending TransferStep = "pending" // holds the amount until it is posted or voided
	StepPost    TransferStep = "post"    // posts a pending one
	StepVoid    TransferStep = "void"    // voids a pending one
)

// Posts tells whether the step moves posted balances.
func (s TransferStep) Posts() bool { return s == StepSingle || s == StepPost }

// The kinds of transfers that features post; a kind says what it is for.
const (
	KindReferral       = "referral"        // the fund owes the origin store for a new member
	KindCommission     = "commission"      // the store that gains pays the one that brought the member
	KindCouponShare    = "coupon_share"    // who carries a share of a discount pays the store that redeemed
	KindPointsIssued   = "points_issued"   // a store gives a member points
	KindPointsSpent    = "points_spent"    // a store honours a member's points
	KindPointsReferral = "points_referral" // the alliance gives an inviter points
	KindPointsFine     = "points_fine"     // an advert on the feed takes points from its author
	KindPrize          = "prize"           // who offers a prize pays the store that hands it out
	KindPointsSettled  = "points_settled"  // at the end of a month: a store's points in money, with the fund
	KindCorrection     = "correction"      // the coordinator puts right what a closed month has wrong
	KindPayment        = "payment"         // of a settlement, recorded by both sides: what was owed is paid
)

// MaxTransfer is the largest amount of one transfer; the smallest is 1.
const MaxTransfer = int64(1) << 62

// Transfer is one row of the ledger: it debits one account and credits another of the same unit. Rows are never changed
// or deleted; triggers of the database refuse it. Leaf is the hash of every other field (see LeafHash). The ids of what
// a row is about are zero where there is none.
type Transfer struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	Seq          int64 // 1, 2, 3 … within the alliance
	Reference    string
	Step         TransferStep
	Kind         string
	Unit         Unit
	DebitID      ID
	CreditID     ID
	Amount       int64
	SettlesID    ID // the pending transfer that this one posts or voids
	ReversesID   ID // the posted transfer that this one takes back
	Reason       string
	ExpiresAt    *time.Time
	MemberID     ID
	StoreID      ID
	VisitID      ID
	CampaignID   ID
	CouponID     ID
	RedemptionID ID
	ReferralID   ID
	At           time.Time // when it happened on the street
	RecordedAt   time.Time // when it was written
	Leaf         []byte
}

// TableName implements gorm's Tabler.
func (Transfer) TableName() string { return "ledger_transfers" }

// Reverses tells whether the transfer takes another back.
func (t Transfer) Reverses() bool { return !t.ReversesID.IsZero() }
