package referral

import (
	"context"
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

// commissions posts what visits of members with a referral owe to the origin stores, each once, in their order, and returns
// it by visit. A store that has left is owed nothing. at is when the transfers are; zero: when the visits were.
func (s *Service) commissions(tx *gorm.DB, of map[models.ID]models.Referral, visits []models.Visit, at time.Time) (map[models.ID]Commission, error) {
	a, err := s.Pool.Alliance(tx.Statement.Context, visits[0].AllianceID)
	if err != nil {
		return nil, err
	}
	earlier, err := lastCommissions(tx, visits)
	if err != nil {
		return nil, err
	}
	owed, fresh := make(map[models.ID]Commission, len(visits)), []models.Commission{}
	for _, v := range visits {
		r, brought := of[v.MemberID]
		if !brought || r.StoreID == v.StoreID || v.Amount <= 0 {
			continue
		}
		if last := earlier[v.ID]; last.OriginID == r.StoreID {
			owed[v.ID] = view(last)
			continue
		}
		gone, err := s.left(tx.Statement.Context, a.ID, r.StoreID)
		if err != nil {
			return nil, err
		}
		if !gone {
			fresh = append(fresh, due(a, v, r.StoreID, earlier[v.ID]))
		}
	}
	if err := s.charge(tx, fresh, a.CommissionCap, at); err != nil {
		return nil, err
	}
	for _, c := range fresh {
		owed[c.VisitID] = view(c)
	}
	return owed, nil
}

// due is the commission of a visit for an origin store; earlier is the one that another store had before.
func due(a models.Alliance, v models.Visit, origin models.ID, earlier models.Commission) models.Commission {
	c := models.Commission{
		ID: models.NewID(), AllianceID: a.ID, VisitID: v.ID, Round: earlier.Round + 1, MemberID: v.MemberID, StoreID: v.StoreID, OriginID: origin,
		Month: monthOf(a, v.At), Paid: v.Amount, BPS: a.CommissionBPS, At: v.At,
	}
	if earlier.Round > 0 {
		c.BPS = earlier.BPS
	}
	return c
}

// lastCommissions are the latest of visits, reversed or not; a visit without any has one of round 0.
func lastCommissions(tx *gorm.DB, visits []models.Visit) (map[models.ID]models.Commission, error) {
	ids := make([]models.ID, len(visits))
	for i, v := range visits {
		ids[i] = v.ID
	}
	var rows []models.Commission
	err := tx.Where("visit_id IN ?", ids).Where(db.OfStreet, visits[0].AllianceID).Order("round").Find(&rows).Error
	last := make(map[models.ID]models.Commission, len(rows))
	for _, c := range rows {
		last[c.VisitID] = c
	}
	return last, err
}

// charge takes room for commissions from their months, writes them down and posts them.
func (s *Service) charge(tx *gorm.DB, all []models.Commission, limit int64, at time.Time) error {
	if len(all) == 0 {
		return nil
	}
	if err := take(tx, all, limit); err != nil {
		return err
	}
	if err := tx.Create(&all).Error; err != nil {
		return err
	}
	var entries []ledger.Entry
	for _, c := range all {
		if c.Amount > 0 {
			entries = append(entries, transferOf(c, at))
		}
	}
	_, err := s.Ledger.Post(tx, all[0].AllianceID, entries...)
	return err
}

// monthOfMember is one row that a cap counts in.
type monthOfMember struct {
	member models.ID
	month  string
}

var putMonths = db.Insert{
	Into: "commission_months (alliance_id, member_id, month, amount)", Width: 4, Key: "alliance_id, member_id, month", Update: []string{"amount"},
}

// take takes room from members' months for commissions, in their order: what the cap leaves of them. Whoever changes a month
// holds the ledger's lock.
func take(tx *gorm.DB, all []models.Commission, limit int64) error {
	used, err := monthsOf(tx, all)
	if err != nil {
		return err
	}
	taken := map[monthOfMember]bool{}
	for i := range all {
		c := &all[i]
		of := monthOfMember{c.MemberID, c.Month}
		c.Prior = used[of]
		c.Uncapped, c.Amount = models.CommissionOn(c.Paid, c.BPS, limit, c.Prior)
		used[of] += c.Amount
		taken[of] = taken[of] || c.Amount > 0
	}
	var rows []any
	for of, some := range taken {
		if some {
			rows = append(rows, all[0].AllianceID, of.member, of.month, used[of])
		}
	}
	return putMonths.Exec(tx, rows)
}

// monthsOf reads what commissions' members have been charged in their months.
func monthsOf(tx *gorm.DB, all []models.Commission) (map[monthOfMember]int64, error) {
	members, months := make([]models.ID, len(all)), make([]string, len(all))
	for i, c := range all {
		members[i], months[i] = c.MemberID, c.Month
	}
	var rows []models.CommissionMonth
	err := db.Lock(tx).Where("alliance_id = ? AND member_id IN ? AND month IN ?", all[0].AllianceID, members, months).Find(&rows).Error
	used := make(map[monthOfMember]int64, len(all))
	for _, row := range rows {
		used[monthOfMember{row.MemberID, row.Month}] = row.Amount
	}
	return used, err
}

// transferOf is the transfer of a commission.
func transferOf(c models.Commission, at time.Time) ledger.Entry {
	if at.IsZero() {
		at = c.At
	}
	return ledger.Entry{
		Debit: models.StoreFen(c.StoreID), Credit: models.StoreFen(c.OriginID), Amount: c.Amount, Kind: models.KindCommission,
		Reference: commissionReference(c), New: true, Member: c.MemberID, Store: c.StoreID, Visit: c.VisitID, At: at,
	}
}
