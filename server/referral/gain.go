package referral

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// Gain is called when stores of a street gain from members, in the transaction of the purchases or redemptions: it posts
// the credits that were pending for the members, and the commissions for the origin stores, and returns them by visit.
// Repeating it for a visit changes nothing and gives the same answer. A visit at the origin store itself, or of a member
// whom nobody brought, owes nothing. Errors: those of the ledger's Post.
func (s *Service) Gain(tx *gorm.DB, visits ...models.Visit) (map[models.ID]Commission, error) {
	visits = gaining(visits)
	if len(visits) == 0 {
		return nil, nil
	}
	if _, err := s.Ledger.Lock(tx, visits[0].AllianceID); err != nil {
		return nil, err
	}
	f, err := s.known(tx, visits)
	if err != nil {
		return nil, err
	}
	return s.gain(tx, f, visits)
}

// known is what gains from visits of one street are decided by, which may have brought commissions already.
func (s *Service) known(tx *gorm.DB, visits []models.Visit) (*Foreseen, error) {
	street, err := s.Pool.Alliance(tx.Statement.Context, visits[0].AllianceID)
	if err != nil {
		return nil, err
	}
	of := make([]Gained, len(visits))
	for i, v := range visits {
		of[i] = Gained{v.MemberID, v.At}
	}
	f, queries := foresee(tx, street, of)
	return f, db.FindAll(tx, append(queries, f.askLast(tx, visits))...)
}

func gaining(visits []models.Visit) []models.Visit {
	return slices.DeleteFunc(slices.Clone(visits), func(v models.Visit) bool { return !v.Kind.Gains() || v.CancelledAt != nil })
}

// Gained is a visit that a store gains from: whose, and when.
type Gained struct {
	Member models.ID
	At     time.Time
}

// Foresee asks ahead (db.Ahead) for all that GainNew will be decided by, so that it need not ask; the caller holds the
// ledger's lock.
func (s *Service) Foresee(tx *gorm.DB, alliance models.ID, visits ...Gained) (*Foreseen, error) {
	street, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return nil, err
	}
	f, queries := foresee(tx, street, visits)
	return f, db.Ahead(tx, queries...)
}

// GainNew is Gain for visits that were first recorded in this transaction: those that were foreseen.
func (s *Service) GainNew(tx *gorm.DB, f *Foreseen, visits ...models.Visit) (map[models.ID]Commission, error) {
	if !f.known {
		if err := db.Settle(tx); err != nil {
			return nil, err
		}
	}
	return s.gain(tx, f, gaining(visits))
}

func (s *Service) gain(tx *gorm.DB, f *Foreseen, visits []models.Visit) (map[models.ID]Commission, error) {
	referrals, err := s.of(tx, f, visits)
	if err != nil {
		return nil, err
	}
	for _, v := range visits {
		if r, brought := referrals[v.MemberID]; brought {
			if err := s.vest(tx, r, v); err != nil {
				return nil, err
			}
		}
	}
	return s.commissions(tx, f, referrals, visits, time.Time{})
}

// visited is Gain for purchases; a redemption has called it in its own transaction.
func (s *Service) visited(_ context.Context, tx *gorm.DB, told []outbox.Told[models.VisitRecorded]) error {
	var ids []models.ID
	for _, v := range told {
		if v.What.Kind == models.VisitPurchase {
			ids = append(ids, v.What.VisitID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var visits []models.Visit
	if err := tx.Where("id IN ?", ids).Where(db.OfStreet, told[0].AllianceID).Order("at, id").Find(&visits).Error; err != nil {
		return err
	}
	_, err := s.Gain(tx, visits...)
	return err
}

// of are the referrals of visits' members; those whose news of the joining is still on its way are opened from the pool's
// rows. A member whom nobody brought in has none.
func (s *Service) of(tx *gorm.DB, f *Foreseen, visits []models.Visit) (map[models.ID]models.Referral, error) {
	referrals := make(map[models.ID]models.Referral, len(visits))
	for _, r := range f.referrals {
		referrals[r.MemberID] = r
	}
	for _, v := range visits {
		id := v.MemberID
		if _, known := referrals[id]; known {
			continue
		}
		m, err := s.Pool.Member(tx.Statement.Context, f.street.ID, id)
		if err != nil {
			return nil, err
		}
		if m.OriginStoreID.IsZero() {
			continue
		}
		if referrals[id], err = s.early(tx, m); err != nil {
			return nil, err
		}
	}
	return referrals, nil
}

// early opens the referral of a member whose first purchase is quicker than the news of the joining.
func (s *Service) early(tx *gorm.DB, m models.Member) (models.Referral, error) {
	return s.open(tx, m.AllianceID, models.MemberJoined{
		MemberID: m.ID, AccountID: m.AccountID, OriginStoreID: m.OriginStoreID, LinkID: m.JoinLinkID, InviterID: m.InviterID, At: m.JoinedAt,
	})
}

// vest posts the pending credit when the visit is the first that counts. The state changes by its own condition, so that
// of two only one goes on.
func (s *Service) vest(tx *gorm.DB, r models.Referral, visit models.Visit) error {
	if !r.Vests(visit.Kind, visit.At) {
		return nil
	}
	if err := s.voidIfLeft(tx, &r); err != nil || !r.Open() {
		return err
	}
	changed := tx.Model(&models.Referral{}).Where("id = ? AND state = ? AND round = ?", r.ID, models.ReferralPending, r.Round).
		Updates(map[string]any{"state": models.ReferralPosted, "visit_id": visit.ID, "settled_at": visit.At})
	if changed.Error != nil || changed.RowsAffected == 0 {
		return changed.Error
	}
	if r.Amount > 0 {
		if _, err := s.Ledger.PostPendingAt(tx, r.AllianceID, creditReference(r), postReference(r), visit.At); err != nil {
			return err
		}
	}
	if err := s.reward(tx, r, visit); err != nil {
		return err
	}
	return s.tell(tx, models.EventReferralPosted, r)
}

// reward gives the inviter the points that the alliance promised, unless they have left or have them already.
func (s *Service) reward(tx *gorm.DB, r models.Referral, visit models.Visit) error {
	if r.InviterID.IsZero() || r.Points == 0 || r.Rewarded {
		return nil
	}
	inviter, err := s.Pool.Member(tx.Statement.Context, r.AllianceID, r.InviterID)
	if err != nil || inviter.Left() {
		return err
	}
	_, err = s.Ledger.Post(tx, r.AllianceID, ledger.Entry{
		Debit: models.IssuerPoints(), Credit: models.MemberPoints(r.InviterID), Amount: r.Points, Kind: models.KindPointsReferral,
		Reference: pointsReference(r), Member: r.InviterID, Referral: r.ID, At: visit.At,
	})
	if err != nil {
		return err
	}
	return tx.Model(&models.Referral{}).Where("id = ?", r.ID).Update("rewarded", true).Error
}
