package ledger

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// Group is a way in which a store earns or owes; a store's month is told by group.
type Group string

// The groups of a store's ledger. Of money and of points, in and out.
const (
	GroupReferral        Group = "referral"         // credits for members brought in, posted
	GroupReferralPending Group = "referral_pending" // credits that wait for a first purchase
	GroupCommissionIn    Group = "commission_in"    // other stores pay for members that this one brought
	GroupCommissionOut   Group = "commission_out"   // this store pays for members that others brought
	GroupCouponIn        Group = "coupon_in"        // others carry their share of discounts given here
	GroupCouponOut       Group = "coupon_out"       // this store carries its share of discounts given elsewhere
	GroupPointsIssued    Group = "points_issued"
	GroupPointsHonoured  Group = "points_honoured"
	GroupOtherIn         Group = "other_in"
	GroupOtherOut        Group = "other_out"
)

// Groups are all groups in the order in which a store reads them.
var Groups = []Group{
	GroupReferral, GroupReferralPending, GroupCommissionIn, GroupCommissionOut, GroupCouponIn, GroupCouponOut,
	GroupPointsIssued, GroupPointsHonoured, GroupOtherIn, GroupOtherOut,
}

// Out tells whether the group is what the store gives.
func (g Group) Out() bool {
	return g == GroupCommissionOut || g == GroupCouponOut || g == GroupPointsIssued || g == GroupOtherOut
}

// Points tells whether the group counts points, not fen.
func (g Group) Points() bool { return g == GroupPointsIssued || g == GroupPointsHonoured }

// kindGroups names the group of a kind of transfer: credited to the store, then debited.
var kindGroups = map[string][2]Group{
	models.KindReferral:     {GroupReferral, GroupOtherOut},
	models.KindCommission:   {GroupCommissionIn, GroupCommissionOut},
	models.KindCouponShare:  {GroupCouponIn, GroupCouponOut},
	models.KindPointsIssued: {GroupOtherIn, GroupPointsIssued},
	models.KindPointsSpent:  {GroupPointsHonoured, GroupOtherOut},
}

// groupOf is the group of a transfer by its kind and whether the account gains by it. A reversal stays in the group of
// what it takes back.
func groupOf(kind string, credited bool) Group {
	groups, known := kindGroups[kind]
	if !known {
		groups = [2]Group{GroupOtherIn, GroupOtherOut}
	}
	if credited {
		return groups[0]
	}
	return groups[1]
}

// Sum is how many transfers there were and what they came to, reversals taken off; Amount is fen or points, never
// negative but for more taken back in a month than given in it.
type Sum struct {
	Count  int64
	Amount int64
}

func (s Sum) plus(t Sum) Sum { return Sum{s.Count + t.Count, s.Amount + t.Amount} }

func (s Sum) times(sign int64) Sum { return Sum{sign * s.Count, sign * s.Amount} }

// Month is a store's ledger from one time to another. Earned, Owed and Net are fen; Balanced says that the groups come
// to what moved on the account.
type Month struct {
	Groups   map[Group]Sum
	Earned   int64
	Owed     int64
	Net      int64
	Pending  Sum // still waiting at the end, or now
	Balanced bool
}

// StoreMonth adds up what happened on a store's accounts from since to just before to, all of it at one moment.
func (s *Service) StoreMonth(ctx context.Context, alliance, store models.ID, since, to time.Time) (Month, error) {
	var m Month
	money, points := models.AccountID(alliance, models.StoreFen(store)), models.AccountID(alliance, models.StorePoints(store))
	err := snapshot(ctx, s.db, func(r *gorm.DB) error {
		m = Month{Groups: map[Group]Sum{}}
		for _, account := range []models.ID{money, points} {
			if err := m.add(r, account, since, to); err != nil {
				return err
			}
		}
		moved, err := movement(r, money, since, to)
		if err != nil {
			return err
		}
		m.total(moved)
		m.Pending, err = waiting(r, money, to)
		m.Groups[GroupReferralPending] = m.Pending
		return err
	})
	return m, err
}

// kindSum is what one kind of transfer came to on one side of an account.
type kindSum struct {
	Kind  string
	Taken bool // reversals
	Sum
}

// add sums an account's posted transfers by group.
func (m *Month) add(r *gorm.DB, account models.ID, since, to time.Time) error {
	for _, credited := range []bool{true, false} {
		var sums []kindSum
		err := r.Table("ledger_transfers").Select("kind, reverses_id IS NOT NULL AS taken, COUNT(*) AS count, SUM(amount) AS amount").
			Where(side(credited)+" = ? AND at >= ? AND at < ? AND step IN ('single', 'post')", account, since.UTC(), to.UTC()).
			Group("kind, reverses_id IS NOT NULL").Scan(&sums).Error
		if err != nil {
			return err
		}
		for _, k := range sums {
			sign := int64(1)
			if k.Taken {
				sign = -1
			}
			g := groupOf(k.Kind, credited != k.Taken)
			m.Groups[g] = m.Groups[g].plus(k.times(sign))
		}
	}
	return nil
}

func side(credited bool) string {
	if credited {
		return "credit_id"
	}
	return "debit_id"
}

// total makes the figures over the groups; moved is what the account gained by the plain sum of its rows.
func (m *Month) total(moved int64) {
	for g, sum := range m.Groups {
		switch {
		case g.Points():
		case g.Out():
			m.Owed += sum.Amount
		default:
			m.Earned += sum.Amount
		}
	}
	m.Net = m.Earned - m.Owed
	m.Balanced = m.Net == moved
}

func movement(r *gorm.DB, account models.ID, since, to time.Time) (int64, error) {
	var sums [2]int64
	for i, credited := range []bool{true, false} {
		err := r.Table("ledger_transfers").Select("COALESCE(SUM(amount), 0)").
			Where(side(credited)+" = ? AND at >= ? AND at < ? AND step IN ('single', 'post')", account, since.UTC(), to.UTC()).Scan(&sums[i]).Error
		if err != nil {
			return 0, err
		}
	}
	return sums[0] - sums[1], nil
}

// waiting is what was pending to be credited to an account at a time: what was opened less what was settled by then.
func waiting(r *gorm.DB, account models.ID, at time.Time) (Sum, error) {
	var steps []struct {
		Step models.TransferStep
		Sum
	}
	err := r.Table("ledger_transfers").Select("step, COUNT(*) AS count, SUM(amount) AS amount").
		Where("credit_id = ? AND step IN ('pending', 'post', 'void') AND at < ?", account, at.UTC()).Group("step").Scan(&steps).Error
	var open Sum
	for _, s := range steps {
		if s.Step == models.StepPending {
			open = open.plus(s.Sum)
		} else {
			open = open.plus(s.times(-1))
		}
	}
	return open, err
}
