package referral

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Commission is what a store owes the origin store for one visit. Store is zero when nobody is owed; Amount is in fen,
// and 0 when the member's month has reached the cap.
type Commission struct {
	Store  models.ID
	Amount int64
	BPS    int64
}

func view(c models.Commission) Commission {
	return Commission{Store: c.OriginID, Amount: c.Amount, BPS: c.BPS}
}

// Quote is what Gain would answer now for a member who pays an amount (fen) at a store. It promises nothing.
func (s *Service) Quote(ctx context.Context, alliance, store, member models.ID, paid int64) (Commission, error) {
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return Commission{}, err
	}
	m, err := s.Pool.Member(ctx, alliance, member)
	if err != nil || m.OriginStoreID.IsZero() || m.OriginStoreID == store || paid <= 0 {
		return Commission{}, err
	}
	if gone, err := s.left(ctx, alliance, m.OriginStoreID); err != nil || gone {
		return Commission{}, err
	}
	var month models.CommissionMonth
	err = s.DB.Read(ctx).Where("alliance_id = ? AND member_id = ? AND month = ?", alliance, member, monthOf(a, s.Clock.Now())).Take(&month).Error
	if err != nil && !db.IsNotFound(err) {
		return Commission{}, err
	}
	_, owed := models.CommissionOn(paid, a.CommissionBPS, a.CommissionCap, month.Amount)
	return Commission{Store: m.OriginStoreID, Amount: owed, BPS: a.CommissionBPS}, nil
}

// commission posts what the visit owes to the origin store, once, as of a time. A store that has left is owed nothing.
func (s *Service) commission(tx *gorm.DB, r models.Referral, visit models.Visit, at time.Time) (Commission, error) {
	if r.StoreID == visit.StoreID || visit.Amount <= 0 {
		return Commission{}, nil
	}
	earlier, err := lastCommission(tx, visit)
	if err != nil || earlier.OriginID == r.StoreID {
		return view(earlier), err
	}
	if gone, err := s.left(tx.Statement.Context, r.AllianceID, r.StoreID); err != nil || gone {
		return Commission{}, err
	}
	a, err := s.Pool.Alliance(tx.Statement.Context, visit.AllianceID)
	if err != nil {
		return Commission{}, err
	}
	c := models.Commission{
		ID: models.NewID(), AllianceID: a.ID, VisitID: visit.ID, Round: earlier.Round + 1, MemberID: visit.MemberID, StoreID: visit.StoreID, OriginID: r.StoreID,
		Month: monthOf(a, visit.At), Paid: visit.Amount, BPS: a.CommissionBPS, At: visit.At,
	}
	if earlier.Round > 0 {
		c.BPS = earlier.BPS
	}
	if err := take(tx, &c, a.CommissionCap); err != nil {
		return Commission{}, err
	}
	if err := tx.Create(&c).Error; err != nil {
		return Commission{}, err
	}
	return view(c), s.owe(tx, c, at)
}

// lastCommission is the latest of a visit, reversed or not; one of round 0 when there is none.
func lastCommission(tx *gorm.DB, visit models.Visit) (models.Commission, error) {
	var last models.Commission
	err := tx.Where("visit_id = ? AND alliance_id = ?", visit.ID, visit.AllianceID).Order("round DESC").Take(&last).Error
	if db.IsNotFound(err) {
		return models.Commission{}, nil
	}
	return last, err
}

// errCap says that a member's month moved while its row was locked, which cannot be.
var errCap = errors.New("the month of commissions changed under its lock")

// take takes room from the member's month for a commission: what the cap leaves of it. The row is locked while it is
// read, and raised only if it stays within the cap.
func take(tx *gorm.DB, c *models.Commission, limit int64) error {
	month := models.CommissionMonth{AllianceID: c.AllianceID, MemberID: c.MemberID, Month: c.Month}
	if err := db.OnConflictSkip(tx).Create(&month).Error; err != nil {
		return err
	}
	if err := db.Lock(tx).Where("alliance_id = ? AND member_id = ? AND month = ?", c.AllianceID, c.MemberID, c.Month).Take(&month).Error; err != nil {
		return err
	}
	c.Prior = month.Amount
	c.Uncapped, c.Amount = models.CommissionOn(c.Paid, c.BPS, limit, month.Amount)
	if c.Amount == 0 {
		return nil
	}
	raised := tx.Model(&models.CommissionMonth{}).
		Where("alliance_id = ? AND member_id = ? AND month = ? AND amount + ? <= ?", c.AllianceID, c.MemberID, c.Month, c.Amount, limit).
		Update("amount", gorm.Expr("amount + ?", c.Amount))
	if raised.Error == nil && raised.RowsAffected != 1 {
		return errCap
	}
	return raised.Error
}

// owe posts the transfer of a commission.
func (s *Service) owe(tx *gorm.DB, c models.Commission, at time.Time) error {
	if c.Amount == 0 {
		return nil
	}
	_, err := s.Ledger.Post(tx, c.AllianceID, ledger.Entry{
		Debit: models.StoreFen(c.StoreID), Credit: models.StoreFen(c.OriginID), Amount: c.Amount, Kind: models.KindCommission,
		Reference: commissionReference(c), Member: c.MemberID, Store: c.StoreID, Visit: c.VisitID, At: at,
	})
	return err
}
