package relation

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

const (
	minWhat   = 2
	maxWhat   = 60
	maxReason = 100
)

// Honouring is a store that takes points from a member at its counter, known as in a Sighting. What is given for them,
// in 2 to 60 characters, stands in the ledger.
type Honouring struct {
	Alliance, Store, By models.ID
	Code                string
	Member              models.ID
	Points              int64 // 1 up to what the member has
	What                string
}

// Honoured is a visit at which points were taken: what was given for them, and how many the member has now.
type Honoured struct {
	models.Visit
	What string
	Left int64
}

// Honour takes points from a member for something that the store gives: they are the pool's, and every store honours
// them, whoever issued them. Errors: who, points, what, store_suspended, balance_too_low (which says how many there
// are), code_needed, not_found, member_left, and the pool's of member codes.
func (s *Service) Honour(ctx context.Context, in Honouring) (Honoured, error) {
	in.What = strings.Join(strings.Fields(in.What), " ")
	if err := in.check(); err != nil {
		return Honoured{}, err
	}
	who, err := s.atCounter(ctx, Sighting{Alliance: in.Alliance, Store: in.Store, Code: in.Code, Member: in.Member})
	if err != nil {
		return Honoured{}, err
	}
	out := Honoured{What: in.What}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		v, err := s.Record(tx, Visit{
			Alliance: in.Alliance, Store: in.Store, Member: who, Kind: models.VisitHonour, Points: in.Points, What: in.What, By: in.By,
			Reference: "honour:" + models.NewID().String(),
		})
		if err != nil && !errors.Is(err, ledger.ErrTooLow) {
			return err
		}
		has, failed := s.Ledger.Balance(tx, in.Alliance, models.MemberPoints(who))
		if out.Visit, out.Left = v, has.Available(); err != nil && failed == nil {
			return ErrTooFew.With(out.Left).At("/points")
		}
		return failed
	})
	return out, err
}

func (in Honouring) check() error {
	n := utf8.RuneCountInString(in.What)
	switch {
	case (in.Code == "") == in.Member.IsZero():
		return ErrWho.At("/code")
	case in.Points < 1 || in.Points > models.MaxTransfer:
		return ErrPoints.At("/points")
	case n < minWhat || n > maxWhat:
		return ErrWhat.At("/what")
	}
	return nil
}

// GiveBack takes an honouring back on its own day, once: the points go back to the member by a transfer that says why
// (1 to 100 characters), the visit counts no more. Errors: reason, not_found, already_reversed, reversal_too_late.
func (s *Service) GiveBack(ctx context.Context, alliance, store, visit models.ID, reason string) (out Honoured, err error) {
	reason = models.PlainText(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > maxReason {
		return out, ErrReason.At("/reason")
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if out.Visit, err = s.honoured(tx, alliance, store, visit); err != nil {
			return err
		}
		if err := s.Cancel(tx, alliance, visit, reason); err != nil {
			return err
		}
		return s.recount(tx, &out)
	})
	return out, err
}

// honoured reads an honouring that may be taken back, under the ledger's lock and its own: of two at once the second is
// refused.
func (s *Service) honoured(tx *gorm.DB, alliance, store, visit models.ID) (v models.Visit, err error) {
	street, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return v, err
	}
	if _, err := s.Ledger.Lock(tx, alliance); err != nil {
		return v, err
	}
	v, err = db.Find[models.Visit](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ? AND kind = ?", visit, alliance, store, models.VisitHonour)
	switch {
	case err != nil:
		return v, err
	case v.CancelledAt != nil:
		return v, ErrTakenBack
	case street.LocalDate(v.At) != street.LocalDate(s.Clock.Now()):
		return v, ErrOtherDay
	}
	return v, nil
}

// recount fills in what an honouring looks like now that it was taken back.
func (s *Service) recount(tx *gorm.DB, out *Honoured) error {
	if err := tx.Where("id = ?", out.ID).Take(&out.Visit).Error; err != nil {
		return err
	}
	t, err := s.Ledger.Find(tx, out.AllianceID, pointsReference(out.ID))
	if err != nil {
		return err
	}
	has, err := s.Ledger.Balance(tx, out.AllianceID, models.MemberPoints(out.MemberID))
	out.What, out.Left = t.Reason, has.Available()
	return err
}
