package ledger

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// Totals is an alliance's ledger of money by kind, in fen, reversals taken off. Debits and Credits are the sums of all
// accounts; Balanced says that they are equal, pending ones too, and come to what the transfers say.
type Totals struct {
	Pending    Sum // credits that wait for a first purchase
	Posted     Sum // credits
	Commission Sum
	Coupon     Sum
	Debits     int64
	Credits    int64
	Balanced   bool
}

// kindStep is what one kind of transfer came to at one step.
type kindStep struct {
	Kind  string
	Step  models.TransferStep
	Taken bool
	Sum
}

// AllianceTotals adds an alliance's money up (fen), all of it at one moment.
func (s *Service) AllianceTotals(ctx context.Context, alliance models.ID) (Totals, error) {
	var t Totals
	err := snapshot(ctx, s.db, func(r *gorm.DB) error {
		t = Totals{}
		moved, err := t.add(r, alliance)
		if err != nil {
			return err
		}
		return t.close(r, alliance, moved)
	})
	return t, err
}

// add counts the transfers and returns what the posted ones come to.
func (t *Totals) add(r *gorm.DB, alliance models.ID) (moved int64, err error) {
	var steps []kindStep
	err = r.Table("ledger_transfers").Select("kind, step, reverses_id IS NOT NULL AS taken, COUNT(*) AS count, SUM(amount) AS amount").
		Where("alliance_id = ? AND unit = ?", alliance, models.UnitFen).Group("kind, step, reverses_id IS NOT NULL").Scan(&steps).Error
	for _, k := range steps {
		t.count(k)
		if k.Step.Posts() {
			moved += k.Amount
		}
	}
	return moved, err
}

func (t *Totals) count(k kindStep) {
	sign := int64(1)
	if k.Taken {
		sign = -1
	}
	switch {
	case k.Kind == models.KindReferral && !k.Taken:
		t.countReferral(k)
	case k.Kind == models.KindReferral:
		t.Posted = t.Posted.plus(k.times(sign))
	case k.Kind == models.KindCommission:
		t.Commission = t.Commission.plus(k.times(sign))
	case k.Kind == models.KindCouponShare:
		t.Coupon = t.Coupon.plus(k.times(sign))
	}
}

func (t *Totals) countReferral(k kindStep) {
	switch k.Step {
	case models.StepPending:
		t.Pending = t.Pending.plus(k.Sum)
	case models.StepPost:
		t.Posted, t.Pending = t.Posted.plus(k.Sum), t.Pending.plus(k.times(-1))
	case models.StepVoid:
		t.Pending = t.Pending.plus(k.times(-1))
	case models.StepSingle:
		t.Posted = t.Posted.plus(k.Sum)
	}
}

// close compares with the accounts; moved is what the posted transfers come to.
func (t *Totals) close(r *gorm.DB, alliance models.ID, moved int64) error {
	var b models.Balance
	err := r.Table("ledger_accounts").
		Select("COALESCE(SUM(debits), 0) AS debits, COALESCE(SUM(credits), 0) AS credits, COALESCE(SUM(pending_debits), 0) AS pending_debits, COALESCE(SUM(pending_credits), 0) AS pending_credits").
		Where("alliance_id = ? AND unit = ?", alliance, models.UnitFen).Scan(&b).Error
	t.Debits, t.Credits = b.Debits, b.Credits
	t.Balanced = b.Debits == b.Credits && b.PendingDebits == b.PendingCredits && b.Debits == moved
	return err
}
