package referral

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Decision is a coordinator's word on everything that is objected to about one referral: the store that has the credit
// from now on, and why.
type Decision struct {
	Alliance, Referral, Store, Account models.ID
	Reason                             string
}

// Decide closes every open objection to a referral at once. When the origin store keeps the credit it goes on as before;
// else the pending credit is void and held anew for the store that objected, which becomes the member's origin, and the
// commissions since joining follow. It waits for each answer, or for its seven days.
// Errors: reason, not_found, no_objection, no_party, decide_early, own_case, store_suspended, store_left.
func (s *Service) Decide(ctx context.Context, d Decision) error {
	reason, err := saying(d.Reason, "/reason")
	if err != nil {
		return err
	}
	d.Reason = reason
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, d.Alliance); err != nil {
			return err
		}
		r, open, err := docket(tx, d)
		if err != nil {
			return err
		}
		if err := s.mayDecide(tx, d, r, open); err != nil {
			return err
		}
		if err := s.closeAll(tx, d, r, open); err != nil {
			return err
		}
		if d.Store == r.StoreID {
			return s.resume(tx, r)
		}
		return s.award(tx, r, d)
	})
}

// docket reads a referral with its open objections. Error: not_found.
func docket(tx *gorm.DB, d Decision) (models.Referral, []models.Objection, error) {
	r, err := db.Find[models.Referral](tx, "id = ? AND alliance_id = ?", d.Referral, d.Alliance)
	if err != nil {
		return r, nil, err
	}
	var open []models.Objection
	err = tx.Where("referral_id = ? AND state = ?", r.ID, models.ObjectionOpen).Order("at, id").Find(&open).Error
	return r, open, err
}

func (s *Service) mayDecide(tx *gorm.DB, d Decision, r models.Referral, open []models.Objection) error {
	if r.State != models.ReferralObjected || len(open) == 0 {
		return ErrNoObjection
	}
	parties := []models.ID{r.StoreID}
	for _, o := range open {
		parties = append(parties, o.StoreID)
	}
	if !slices.Contains(parties, d.Store) {
		return ErrNoParty.At("/store_id")
	}
	for _, o := range open {
		if !o.Ripe(s.Clock.Now()) {
			return ErrEarly
		}
	}
	if err := impartial(tx, d, r, parties); err != nil || d.Store == r.StoreID {
		return err
	}
	return s.inStanding(tx, r.AllianceID, d.Store)
}

// impartial refuses a coordinator who works for one of the stores, or is the member or the inviter. Error: own_case.
func impartial(tx *gorm.DB, d Decision, r models.Referral, parties []models.ID) error {
	var works, self int64
	err := tx.Model(&models.Grant{}).Where("alliance_id = ? AND account_id = ? AND store_id IN ?", d.Alliance, d.Account, parties).Count(&works).Error
	if err != nil {
		return err
	}
	people := []models.ID{r.MemberID}
	for _, c := range r.Evidence.Claims {
		if !c.Inviter.IsZero() {
			people = append(people, c.Inviter)
		}
	}
	err = tx.Model(&models.Member{}).Where("alliance_id = ? AND account_id = ? AND id IN ?", d.Alliance, d.Account, people).Count(&self).Error
	if err == nil && works+self > 0 {
		return ErrOwnCase
	}
	return err
}

// closeAll writes the decision on every open objection.
func (s *Service) closeAll(tx *gorm.DB, d Decision, r models.Referral, open []models.Objection) error {
	for _, o := range open {
		o.State, o.DecidedFor = models.ObjectionRejected, d.Store
		if o.StoreID == d.Store {
			o.State = models.ObjectionUpheld
		}
		closed := tx.Model(&models.Objection{}).Where("id = ? AND state = ?", o.ID, models.ObjectionOpen).Updates(map[string]any{
			"state": o.State, "decision": d.Reason, "decided_for": d.Store, "decided_by": d.Account, "decided_at": s.Clock.Now(),
		})
		if closed.Error != nil {
			return closed.Error
		}
		if closed.RowsAffected != 1 {
			return errMoved
		}
		if err := s.tellCase(tx, models.EventObjectionDecided, r, o); err != nil {
			return err
		}
	}
	return nil
}

// award moves a credit to the store that objected: what was held is void, the same promise is held anew.
func (s *Service) award(tx *gorm.DB, r models.Referral, d Decision) error {
	if r.Amount > 0 {
		if _, err := s.Ledger.Void(tx, r.AllianceID, creditReference(r), voidReference(r)); err != nil {
			return err
		}
	}
	from, before := r.StoreID, r.Round
	if err := s.giveTo(tx, &r, d.Store); err != nil {
		return err
	}
	moved := tx.Model(&models.Referral{}).Where("id = ? AND state = ? AND round = ?", r.ID, models.ReferralObjected, before).
		Select("store_id", "inviter_id", "link_id", "link_kind", "points", "rewarded", "round", "state").Updates(&r)
	if moved.Error != nil || moved.RowsAffected != 1 {
		return orMoved(moved.Error)
	}
	if err := s.holdCredit(tx, r); err != nil {
		return err
	}
	if err := s.Pool.MoveOrigin(tx, r.AllianceID, r.MemberID, from, r.StoreID, r.InviterID); err != nil {
		return err
	}
	if err := s.recommission(tx, r, d.Reason); err != nil {
		return err
	}
	return s.settleAfter(tx, r)
}

// giveTo makes a store the one that has the credit, by the best of its own claims: with that claim's link and inviter.
func (s *Service) giveTo(tx *gorm.DB, r *models.Referral, store models.ID) error {
	claim := models.Claim{Kind: models.TouchDecided}
	if i := slices.IndexFunc(r.Evidence.Claims, func(c models.Claim) bool { return c.Store == store }); i >= 0 {
		claim = r.Evidence.Claims[i]
	}
	if claim.Why == models.ReasonSelf || claim.Why == models.ReasonHousehold {
		claim.Inviter = models.ID{}
	}
	if r.InviterID != claim.Inviter {
		r.InviterID, r.Points, r.Rewarded = claim.Inviter, 0, false
		if !claim.Inviter.IsZero() {
			a, err := s.Pool.Alliance(tx.Statement.Context, r.AllianceID)
			if err != nil {
				return err
			}
			r.Points = a.InviterPoints
		}
	}
	r.StoreID, r.LinkID, r.LinkKind = store, claim.Link, claim.Kind
	r.State, r.Round = models.ReferralPending, r.Round+1
	return nil
}

// recommission takes the commissions for a member back that other stores had as the origin, and posts those of every
// purchase since joining anew for the store that has the credit now, in their order and under the same months' caps. The
// transfers are of the moment of the decision: what has been told of a month stays as it was.
func (s *Service) recommission(tx *gorm.DB, r models.Referral, reason string) error {
	var standing []models.Commission
	err := tx.Where("alliance_id = ? AND member_id = ? AND origin_id <> ? AND reversed_at IS NULL AND at >= ?", r.AllianceID, r.MemberID, r.StoreID, r.JoinedAt).
		Order("at, id").Find(&standing).Error
	for i := 0; err == nil && i < len(standing); i++ {
		err = s.takeBack(tx, standing[i], reason)
	}
	if err != nil {
		return err
	}
	var visits []models.Visit
	err = tx.Where("alliance_id = ? AND member_id = ? AND kind IN ? AND cancelled_at IS NULL AND amount > 0 AND at >= ?",
		r.AllianceID, r.MemberID, []models.VisitKind{models.VisitPurchase, models.VisitRedemption}, r.JoinedAt).Order("at, id").Find(&visits).Error
	if err != nil || len(visits) == 0 {
		return err
	}
	f, err := s.known(tx, visits)
	if err != nil {
		return err
	}
	_, err = s.commissions(tx, f, map[models.ID]models.Referral{r.MemberID: r}, visits, s.Clock.Now())
	return err
}
