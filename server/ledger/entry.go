package ledger

import (
	"time"
	"unicode/utf8"

	"onestreet/models"
)

const (
	maxReference = 120 // ASCII characters
	maxKind      = 32
	maxReason    = 400 // characters of any script
)

// Entry asks for one transfer: Amount (in the accounts' unit) from Debit to Credit. Reference is unique in the alliance.
// A Pending entry holds the amount until it is posted or voided, and cannot be posted at or after ExpiresAt. The ids say
// what it is about; zero is nothing. At is when it happened; zero is now.
type Entry struct {
	Debit, Credit models.AccountKey
	Amount        int64
	Kind          string
	Reference     string
	New           bool
	Pending       bool
	ExpiresAt     *time.Time
	Reason        string

	Member, Store, Visit, Campaign, Coupon, Redemption, Referral models.ID

	At time.Time
}

// draft is a transfer that is not in the ledger yet, and the accounts it may have to open.
type draft struct {
	models.Transfer
	keys [2]models.AccountKey
	new  bool
}

// draft checks an entry. Errors: ledger_amount, ledger_unit, ledger_account, ledger_entry.
func (e Entry) draft(alliance models.ID) (draft, error) {
	if err := e.check(alliance); err != nil {
		return draft{}, err
	}
	step := models.StepSingle
	if e.Pending {
		step = models.StepPending
	}
	return draft{new: e.New, keys: [2]models.AccountKey{e.Debit, e.Credit}, Transfer: models.Transfer{
		AllianceID: alliance, Reference: e.Reference, Step: step, Kind: e.Kind, Unit: e.Debit.Unit, Amount: e.Amount, Reason: e.Reason,
		DebitID: models.AccountID(alliance, e.Debit), CreditID: models.AccountID(alliance, e.Credit), ExpiresAt: micro(e.ExpiresAt),
		MemberID: e.Member, StoreID: e.Store, VisitID: e.Visit, CampaignID: e.Campaign, CouponID: e.Coupon,
		RedemptionID: e.Redemption, ReferralID: e.Referral, At: e.At,
	}}, nil
}

func (e Entry) check(alliance models.ID) error {
	switch {
	case alliance.IsZero(), !validName(e.Reference, maxReference), !validName(e.Kind, maxKind), utf8.RuneCountInString(e.Reason) > maxReason:
		return ErrEntry
	case e.Amount < 1 || e.Amount > models.MaxTransfer:
		return ErrAmount
	case !validKey(e.Debit) || !validKey(e.Credit) || e.Debit.In(alliance) == e.Credit.In(alliance):
		return ErrAccount
	case e.Debit.Unit != e.Credit.Unit:
		return ErrUnit
	case e.ExpiresAt != nil && !e.Pending:
		return ErrEntry
	}
	return nil
}

// validName takes printable ASCII without spaces: what both databases compare alike.
func validName(s string, longest int) bool {
	if s == "" || len(s) > longest {
		return false
	}
	for i := range len(s) {
		if s[i] < 0x21 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func validKey(k models.AccountKey) bool {
	if k.Unit != models.UnitFen && k.Unit != models.UnitPoint {
		return false
	}
	switch k.Owner {
	case models.OwnerStore, models.OwnerMember:
		return !k.OwnerID.IsZero()
	case models.OwnerFund, models.OwnerIssuer:
		return true
	}
	return false
}

// micro cuts a time to what both databases keep.
func micro(at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	cut := at.UTC().Truncate(time.Microsecond)
	return &cut
}
