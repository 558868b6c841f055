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
// and 0 when the member's month has reached the cap; BPS is the rate in hundredths of a percent.
type Commission struct {
	Store  models.ID
	Amount int64
	BPS    int64
}

func view(c models.Commission) Commission {
	return Commission{Store: c.OriginID, Amount: c.Amount, BPS: c.BPS}
}

// Quote is what Gain would answer now for a member who pays an amount (fen) at a store. It promises nothing.
// Error: not_found, for nobody of the street.
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
	month, err := db.Find[models.CommissionMonth](s.DB.Read(ctx), "alliance_id = ? AND member_id = ? AND month = ?", alliance, member, monthOf(a, s.Clock.Now()))
	if db.IfNone(err, nil) != nil {
		return Commission{}, err
	}
	_, owed := models.CommissionOn(paid, a.CommissionBPS, a.CommissionCap, month.Amount)
	return Commission{Store: m.OriginStoreID, Amount: owed, BPS: a.CommissionBPS}, nil
}

// Foreseen is what gains from visits are decided by. Whoever changes it holds the ledger's lock.
type Foreseen struct {
	street    models.Alliance
	referrals []models.Referral               // of the visits' members
	last      map[models.ID]models.Commission // by visit: the latest, reversed or not; a visit without any has one of round 0
	used      map[monthOfMember]int64         // what their members have been charged in their months, fen
	known     bool                            // it is here
}

// foresee asks for it; of visits that are not new the earlier commissions are still to be asked for.
func foresee(tx *gorm.DB, a models.Alliance, visits []Gained) (*Foreseen, []db.Query) {
	f := &Foreseen{street: a, last: map[models.ID]models.Commission{}, used: make(map[monthOfMember]int64, len(visits))}
	members, in := make([]models.ID, len(visits)), make([]string, len(visits))
	for i, v := range visits {
		members[i], in[i] = v.Member, monthOf(a, v.At)
	}
	var months []models.CommissionMonth
	return f, []db.Query{
		{Of: tx.Where("alliance_id = ? AND member_id IN ?", a.ID, members), Into: &f.referrals},
		{Of: db.Lock(tx).Where("alliance_id = ? AND member_id IN ? AND month IN ?", a.ID, members, in), Into: &months, Then: func() {
			f.known = true
			for _, m := range months {
				f.used[monthOfMember{m.MemberID, m.Month}] = m.Amount
			}
		}},
	}
}

// askLast asks for the commissions that visits have brought already.
func (f *Foreseen) askLast(tx *gorm.DB, visits []models.Visit) db.Query {
	ids := make([]models.ID, len(visits))
	for i, v := range visits {
		ids[i] = v.ID
	}
	var last []models.Commission
	return db.Query{Of: tx.Where("visit_id IN ?", ids).Where(db.OfStreet, f.street.ID).Order("round"), Into: &last, Then: func() {
		for _, c := range last {
			f.last[c.VisitID] = c
		}
	}}
}

// commissions posts what visits of members with a referral owe to the origin stores, each once, in their order, and returns
// it by visit. A store that has left is owed nothing. at is when the transfers are; zero: when the visits were.
func (s *Service) commissions(tx *gorm.DB, f *Foreseen, of map[models.ID]models.Referral, visits []models.Visit, at time.Time) (map[models.ID]Commission, error) {
	a, owed, fresh := f.street, make(map[models.ID]Commission, len(visits)), []models.Commission{}
	for _, v := range visits {
		r, brought := of[v.MemberID]
		if !brought || r.StoreID == v.StoreID || v.Amount <= 0 {
			continue
		}
		if last := f.last[v.ID]; last.OriginID == r.StoreID {
			owed[v.ID] = view(last)
			continue
		}
		gone, err := s.left(tx.Statement.Context, a.ID, r.StoreID)
		if err != nil {
			return nil, err
		}
		if !gone {
			fresh = append(fresh, due(a, v, r.StoreID, f.last[v.ID]))
		}
	}
	if err := s.charge(tx, fresh, f.used, a.CommissionCap, at); err != nil {
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

// charge takes room for commissions from what their months have used, writes them down and posts them.
func (s *Service) charge(tx *gorm.DB, all []models.Commission, used map[monthOfMember]int64, limit int64, at time.Time) error {
	if len(all) == 0 {
		return nil
	}
	if err := take(tx, all, used, limit); err != nil {
		return err
	}
	if err := db.Create(tx, &all); err != nil {
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

// take takes room from members' months for commissions, in their order: what the cap leaves of them.
func take(tx *gorm.DB, all []models.Commission, used map[monthOfMember]int64, limit int64) error {
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
