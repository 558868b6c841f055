package referral

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// joined opens the credit of a new member. The member's first purchase may have been quicker than this news and opened
// it from the pool's row; then only the evidence is added.
func (s *Service) joined(_ context.Context, tx *gorm.DB, e outbox.Event, p models.MemberJoined) error {
	if p.OriginStoreID.IsZero() {
		return nil
	}
	if _, err := s.Ledger.Lock(tx, e.AllianceID); err != nil {
		return err
	}
	_, err := s.open(tx, e.AllianceID, p)
	return err
}

// open makes the referral of a member, or returns the one that is there with its evidence completed.
func (s *Service) open(tx *gorm.DB, alliance models.ID, p models.MemberJoined) (models.Referral, error) {
	a, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return models.Referral{}, err
	}
	r := models.Referral{
		ID: models.NewID(), AllianceID: alliance, MemberID: p.MemberID, StoreID: p.OriginStoreID, InviterID: p.InviterID, LinkID: p.LinkID,
		LinkKind: p.Attribution.Kind, State: models.ReferralPending, Amount: a.ReferralCredit, Evidence: p.Attribution,
		JoinedAt: p.At, VestsBy: models.VestsBy(p.At, a.VestDays), Round: 1, CreatedAt: s.Clock.Now(),
	}
	if !r.InviterID.IsZero() {
		r.Points = a.InviterPoints
	}
	made := db.OnConflictSkip(tx).Create(&r)
	if made.Error != nil {
		return r, made.Error
	}
	if made.RowsAffected == 0 {
		return s.complete(tx, r)
	}
	if err := s.recordClaims(tx, r); err != nil {
		return r, err
	}
	if err := s.hold(tx, r); err != nil {
		return r, err
	}
	return r, s.voidIfLeft(tx, &r)
}

// complete adds to a referral that was opened from the pool's row what only the joining's news tells. Who has the credit
// by now, perhaps by a decision, does not change.
func (s *Service) complete(tx *gorm.DB, told models.Referral) (models.Referral, error) {
	r, err := find(tx, told.AllianceID, told.MemberID)
	if err != nil || len(r.Evidence.Claims) > 0 || len(told.Evidence.Claims) == 0 {
		return r, err
	}
	r.Evidence = told.Evidence
	if r.LinkKind == "" {
		r.LinkKind, r.LinkID = told.LinkKind, told.LinkID
	}
	if err := s.recordClaims(tx, r); err != nil {
		return r, err
	}
	return r, tx.Model(&r).Select("link_kind", "link_id", "evidence").Updates(&r).Error
}

// recordClaims writes the evidence down claim by claim, for the stores that lost.
func (s *Service) recordClaims(tx *gorm.DB, r models.Referral) error {
	if len(r.Evidence.Claims) == 0 {
		return nil
	}
	rows := r.ClaimRows()
	return tx.Create(&rows).Error
}

// hold posts the pending credit of the referral's round: the fund will owe the store.
func (s *Service) hold(tx *gorm.DB, r models.Referral) error {
	if err := s.holdCredit(tx, r); err != nil {
		return err
	}
	return s.tell(tx, models.EventReferralPending, r)
}

func (s *Service) holdCredit(tx *gorm.DB, r models.Referral) error {
	if r.Amount > 0 {
		_, err := s.Ledger.Post(tx, r.AllianceID, ledger.Entry{
			Debit: models.FundFen(), Credit: models.StoreFen(r.StoreID), Amount: r.Amount, Kind: models.KindReferral,
			Reference: creditReference(r), Pending: true, ExpiresAt: &r.VestsBy, Member: r.MemberID, Store: r.StoreID, Referral: r.ID,
			At: s.holdAt(r),
		})
		return err
	}
	return nil
}

// holdAt is when a credit came to be: at the joining, or now when it is held anew.
func (s *Service) holdAt(r models.Referral) time.Time {
	if r.Round > 1 {
		return s.Clock.Now()
	}
	return r.JoinedAt
}

// The references of a referral's transfers: one pending credit a round, and what follows from it.
func creditReference(r models.Referral) string { return fmt.Sprintf("referral:%s:%d", r.ID, r.Round) }
func postReference(r models.Referral) string   { return creditReference(r) + ":post" }
func voidReference(r models.Referral) string   { return creditReference(r) + ":void" }
func pointsReference(r models.Referral) string { return creditReference(r) + ":points" }

// commissionReference names the commission of a visit; the first round's is plain.
func commissionReference(c models.Commission) string {
	if c.Round > 1 {
		return fmt.Sprintf("commission:%s:%d", c.VisitID, c.Round)
	}
	return "commission:" + c.VisitID.String()
}
