package referral

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/pool"
)

// Objecting is a store's word against another's credit: for a referral that it has a claim to, or for a member by number.
type Objecting struct {
	Alliance, Store, Account models.ID
	Referral                 models.ID
	Number                   int64
	Reason                   string
}

// Object lets a store say, once and with a reason, that another's credit is its own. From then on a purchase does not
// post the credit, until a coordinator has decided or the store takes it back. Errors: reason, not_found, which_referral,
// own_credit, own_staff, store_suspended, store_left, credit_posted, credit_void, credit_over, objected_before,
// objection_decided.
func (s *Service) Object(ctx context.Context, in Objecting) (models.Objection, error) {
	reason, err := saying(in.Reason, "/reason")
	if err != nil {
		return models.Objection{}, err
	}
	var o models.Objection
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, in.Alliance); err != nil {
			return err
		}
		r, err := s.contested(tx, in)
		if err != nil {
			return err
		}
		if err := s.mayObject(tx, r, in.Store); err != nil {
			return err
		}
		now := s.Clock.Now()
		o = models.Objection{
			ID: models.NewID(), AllianceID: r.AllianceID, ReferralID: r.ID, Round: r.Round, StoreID: in.Store, OriginID: r.StoreID, AccountID: in.Account,
			Reason: reason, State: models.ObjectionOpen, At: now, AnswerBy: models.AnswerBy(now),
		}
		return s.record(tx, r, o)
	})
	return o, err
}

// saying checks what somebody says in a case. Error: reason.
func saying(text, pointer string) (string, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n < models.SayAtLeast || n > models.SayAtMost {
		return "", ErrSaying.At(pointer)
	}
	return text, nil
}

// contested finds what a store objects to: by the referral it has a claim to, or by the member's number.
func (s *Service) contested(tx *gorm.DB, in Objecting) (models.Referral, error) {
	var r models.Referral
	q := tx.Where("alliance_id = ?", in.Alliance)
	switch {
	case in.Referral.IsZero() == (in.Number == 0):
		return r, ErrWhich
	case in.Number != 0:
		q = q.Where("member_id IN (?)", members(tx, in.Alliance, in.Number))
	default:
		claims := fresh(tx).Model(&models.ReferralClaim{}).Select("referral_id").Where("alliance_id = ? AND store_id = ?", in.Alliance, in.Store)
		q = q.Where("id = ? AND id IN (?)", in.Referral, claims)
	}
	err := q.Take(&r).Error
	return r, db.IfNone(err, models.ErrNotFound)
}

// fresh is the same transaction for a question within another.
func fresh(tx *gorm.DB) *gorm.DB { return tx.Session(&gorm.Session{NewDB: true}) }

func members(tx *gorm.DB, alliance models.ID, number int64) *gorm.DB {
	return fresh(tx).Model(&models.Member{}).Select("id").Where("alliance_id = ? AND number = ?", alliance, number)
}

func (s *Service) mayObject(tx *gorm.DB, r models.Referral, store models.ID) error {
	switch {
	case r.StoreID == store:
		return ErrOwnCredit
	case r.State == models.ReferralPosted:
		return ErrPosted
	case r.State == models.ReferralVoided:
		return ErrVoid
	case !s.Clock.Now().Before(r.VestsBy):
		return ErrOver
	}
	if err := s.inStanding(tx, r.AllianceID, store); err != nil {
		return err
	}
	if err := notStaff(tx, r, store); err != nil {
		return err
	}
	return notDecided(tx, r, store)
}

// inStanding refuses a store that is out of the street. Errors: store_suspended, store_left, not_found.
func (s *Service) inStanding(tx *gorm.DB, alliance, store models.ID) error {
	shop, err := s.Pool.Store(tx.Statement.Context, alliance, store)
	switch {
	case err != nil:
		return err
	case shop.Left():
		return pool.ErrStoreLeft
	case !shop.Active():
		return pool.ErrSuspended
	}
	return nil
}

// notStaff refuses a store whose own staff the member is.
func notStaff(tx *gorm.DB, r models.Referral, store models.ID) error {
	var works int64
	accounts := fresh(tx).Model(&models.Member{}).Select("account_id").Where("id = ?", r.MemberID)
	err := tx.Model(&models.Grant{}).Where("alliance_id = ? AND store_id = ? AND account_id IN (?)", r.AllianceID, store, accounts).Count(&works).Error
	if err == nil && works > 0 {
		return ErrOwnStaff
	}
	return err
}

// notDecided refuses a store that has objected to the referral before, or was heard as its origin when it was decided.
func notDecided(tx *gorm.DB, r models.Referral, store models.ID) error {
	var said []models.Objection
	err := tx.Where("referral_id = ? AND (store_id = ? OR origin_id = ?)", r.ID, store, store).Find(&said).Error
	for _, o := range said {
		if o.StoreID == store {
			return ErrObjected
		}
		if o.State == models.ObjectionUpheld || o.State == models.ObjectionRejected {
			return ErrDecided
		}
	}
	return err
}

// record writes the objection and stops the credit. The unique key holds that a store objects once.
func (s *Service) record(tx *gorm.DB, r models.Referral, o models.Objection) error {
	if err := tx.Create(&o).Error; err != nil {
		if db.IsDuplicate(err) {
			return ErrObjected
		}
		return err
	}
	stopped := tx.Model(&models.Referral{}).Where("id = ? AND state IN ? AND round = ?", r.ID, []models.ReferralState{models.ReferralPending, models.ReferralObjected}, r.Round).
		Update("state", models.ReferralObjected)
	if stopped.Error != nil {
		return stopped.Error
	}
	if r.State == models.ReferralPending && stopped.RowsAffected != 1 {
		return errMoved
	}
	return s.tellCase(tx, models.EventObjectionMade, r, o)
}

// errMoved says that a referral changed under the ledger's lock, which cannot be.
var errMoved = errors.New("the referral changed under the ledger's lock")

// tellCase records where an objection stands for the features below.
func (s *Service) tellCase(tx *gorm.DB, kind string, r models.Referral, o models.Objection) error {
	return s.Outbox.Add(tx, r.AllianceID, kind, models.ObjectionChanged{
		ObjectionID: o.ID, ReferralID: r.ID, MemberID: r.MemberID, StoreID: o.StoreID, OriginID: o.OriginID, DecidedFor: o.DecidedFor,
	})
}
