package referral

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/outbox"
)

// Gain is called when a store gains from a member, in the transaction of the purchase or redemption: it posts the credit
// that was pending for the member, and the commission for the origin store. Repeating it for a visit changes nothing and
// gives the same answer. A visit at the origin store itself, or of a member whom nobody brought, owes nothing.
func (s *Service) Gain(tx *gorm.DB, visit models.Visit) (Commission, error) {
	if !visit.Kind.Gains() || visit.CancelledAt != nil {
		return Commission{}, nil
	}
	if _, err := s.Ledger.Lock(tx, visit.AllianceID); err != nil {
		return Commission{}, err
	}
	r, err := s.of(tx, visit.AllianceID, visit.MemberID)
	if errors.Is(err, models.ErrNotFound) {
		return Commission{}, nil
	}
	if err != nil {
		return Commission{}, err
	}
	if err := s.vest(tx, r, visit); err != nil {
		return Commission{}, err
	}
	return s.commission(tx, r, visit, visit.At)
}

// visited is Gain for the visits that no till has called it for in its own transaction.
func (s *Service) visited(_ context.Context, tx *gorm.DB, e outbox.Event, p models.VisitRecorded) error {
	if !p.Kind.Gains() {
		return nil
	}
	var visit models.Visit
	if err := tx.Where("id = ? AND alliance_id = ?", p.VisitID, e.AllianceID).Take(&visit).Error; err != nil {
		return err
	}
	_, err := s.Gain(tx, visit)
	return err
}

// of reads the referral of a member, or opens it from the pool's row when the news of the joining is still on its way.
// Error: not_found for a member whom nobody brought in.
func (s *Service) of(tx *gorm.DB, alliance, member models.ID) (models.Referral, error) {
	r, err := find(tx, alliance, member)
	if !errors.Is(err, models.ErrNotFound) {
		return r, err
	}
	m, err := s.Pool.Member(tx.Statement.Context, alliance, member)
	if err != nil {
		return r, err
	}
	if m.OriginStoreID.IsZero() {
		return r, models.ErrNotFound
	}
	return s.open(tx, alliance, models.MemberJoined{
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
