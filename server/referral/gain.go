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
	visits = slices.DeleteFunc(slices.Clone(visits), func(v models.Visit) bool { return !v.Kind.Gains() || v.CancelledAt != nil })
	if len(visits) == 0 {
		return nil, nil
	}
	if _, err := s.Ledger.Lock(tx, visits[0].AllianceID); err != nil {
		return nil, err
	}
	street, err := s.Pool.Alliance(tx.Statement.Context, visits[0].AllianceID)
	if err != nil {
		return nil, err
	}
	owing, queries := askOwing(tx, street, visits)
	referrals, err := s.of(tx, visits, queries)
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
	return s.commissions(tx, street, owing, referrals, visits, time.Time{})
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

// of reads the referrals of visits' members, and opens from the pool's rows those whose news of the joining is still on its
// way. A member whom nobody brought in has none. Besides is what is asked for with them.
func (s *Service) of(tx *gorm.DB, visits []models.Visit, besides []db.Query) (map[models.ID]models.Referral, error) {
	alliance, members := visits[0].AllianceID, make([]models.ID, len(visits))
	for i, v := range visits {
		members[i] = v.MemberID
	}
	var rows []models.Referral
	known := db.Query{Of: tx.Where("alliance_id = ? AND member_id IN ?", alliance, members), Into: &rows}
	if err := db.FindAll(tx, append(besides, known)...); err != nil {
		return nil, err
	}
	referrals := make(map[models.ID]models.Referral, len(members))
	for _, r := range rows {
		referrals[r.MemberID] = r
	}
	for _, id := range members {
		if _, known := referrals[id]; known {
			continue
		}
		m, err := s.Pool.Member(tx.Statement.Context, alliance, id)
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
