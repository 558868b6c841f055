package relation

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
)

// maxAmount is the most that one purchase may cost, in fen.
const maxAmount = 10_000_000

// Sighting is a member at a store's till, known by a code shown just now or by one shown a few minutes ago (then Member).
// Amount is what was paid, in fen; a scan has none.
type Sighting struct {
	Alliance, Store, By models.ID
	Code                string
	Member              models.ID
	Kind                models.VisitKind // VisitScan or VisitPurchase
	Amount              int64
}

// Sighted is a recorded visit with what the till shows of it.
type Sighted struct {
	models.Visit
	Commission Commission
	Level      models.Level
}

// See records a member at a store's till. Errors: store_suspended, who, amount, amount_unwanted, code_needed, not_found,
// member_left, and the pool's of member codes (code_form, code_unknown, member_code_expired, code_ambiguous).
func (s *Service) See(ctx context.Context, in Sighting) (Sighted, error) {
	if err := in.check(); err != nil {
		return Sighted{}, err
	}
	who, err := s.atCounter(ctx, in)
	if err != nil {
		return Sighted{}, err
	}
	in.Member = who
	return s.see(ctx, in)
}

// atCounter is who stands at the counter of a store that may act.
func (s *Service) atCounter(ctx context.Context, in Sighting) (models.ID, error) {
	store, err := s.Pool.Store(ctx, in.Alliance, in.Store)
	if err == nil && !store.Active() {
		err = pool.ErrSuspended
	}
	if err != nil {
		return models.ID{}, err
	}
	return s.who(ctx, in)
}

func (in Sighting) check() error {
	switch {
	case (in.Code == "") == in.Member.IsZero():
		return ErrWho.At("/code")
	case in.Kind == models.VisitPurchase && (in.Amount < 1 || in.Amount > maxAmount):
		return ErrAmount.At("/amount/amount")
	case in.Kind == models.VisitScan && in.Amount != 0:
		return ErrNoAmount.At("/amount")
	}
	return nil
}

// who finds the member; one that is not of this street has shown no code here, whoever they are.
func (s *Service) who(ctx context.Context, in Sighting) (models.ID, error) {
	if in.Code == "" {
		_, err := s.Pool.Member(ctx, in.Alliance, in.Member)
		if errors.Is(err, models.ErrNotFound) {
			err = ErrCodeNeeded
		}
		if err == nil {
			err = s.present(ctx, in.Store, in.Member)
		}
		return in.Member, err
	}
	m, _, err := s.Pool.ResolveCode(ctx, in.Alliance, in.Code)
	return m.ID, err
}

func (s *Service) see(ctx context.Context, in Sighting) (out Sighted, err error) {
	if in.Kind == models.VisitPurchase {
		if out.Commission, err = s.quote(ctx, in.Alliance, in.Store, in.Member, in.Amount); err != nil {
			return out, err
		}
	}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		out.Visit, err = s.Record(tx, Visit{
			Alliance: in.Alliance, Store: in.Store, Member: in.Member, Kind: in.Kind, Amount: in.Amount, By: in.By,
			Reference: "till:" + models.NewID().String(),
		})
		if err != nil {
			return err
		}
		var r models.Relation
		err = tx.Select("level").Where("store_id = ? AND member_id = ?", in.Store, in.Member).Take(&r).Error
		out.Level = r.Level
		return err
	})
	return out, err
}
