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
	GroupPointsIn        Group = "points_in"  // the fund pays for more points honoured than issued
	GroupPointsOut       Group = "points_out" // this store pays the fund for more points issued than honoured
	GroupPrizeIn         Group = "prize_in"   // who offered a prize that was handed out here pays for it
	GroupPrizeOut        Group = "prize_out"
	GroupCorrectionIn    Group = "correction_in" // the coordinator put something right
	GroupCorrectionOut   Group = "correction_out"
	GroupReferralOut     Group = "referral_out" // only the alliance's fund: credits it owes the stores
	GroupOtherIn         Group = "other_in"
	GroupOtherOut        Group = "other_out"
	// GroupSettled is what was owed and is paid now: neither earned nor owed, so it stands in no sum.
	GroupSettled Group = "settled"
)

// Groups are all groups in the order in which a store reads them.
var Groups = []Group{
	GroupReferral, GroupReferralPending, GroupCommissionIn, GroupCommissionOut, GroupCouponIn, GroupCouponOut,
	GroupPointsIssued, GroupPointsHonoured, GroupPointsIn, GroupPointsOut, GroupPrizeIn, GroupPrizeOut,
	GroupCorrectionIn, GroupCorrectionOut, GroupReferralOut, GroupOtherIn, GroupOtherOut, GroupSettled,
}

// Out tells whether the group is what the store gives.
func (g Group) Out() bool {
	switch g {
	case GroupCommissionOut, GroupCouponOut, GroupPointsIssued, GroupPointsOut, GroupPrizeOut, GroupCorrectionOut, GroupReferralOut, GroupOtherOut:
		return true
	}
	return false
}

// Usual tells whether a store is used to reading the group also when there is nothing in it.
func (g Group) Usual() bool {
	switch g {
	case GroupReferral, GroupReferralPending, GroupCommissionIn, GroupCommissionOut, GroupCouponIn, GroupCouponOut, GroupPointsIssued, GroupPointsHonoured:
		return true
	}
	return false
}

// Points tells whether the group counts points, not fen.
func (g Group) Points() bool { return g == GroupPointsIssued || g == GroupPointsHonoured }

// kindGroups names the group of a kind of money: credited to the store, then debited. Points are honoured or issued,
// whatever for.
var kindGroups = map[string][2]Group{
	models.KindReferral:      {GroupReferral, GroupReferralOut},
	models.KindCommission:    {GroupCommissionIn, GroupCommissionOut},
	models.KindCouponShare:   {GroupCouponIn, GroupCouponOut},
	models.KindPointsSettled: {GroupPointsIn, GroupPointsOut},
	models.KindPrize:         {GroupPrizeIn, GroupPrizeOut},
	models.KindCorrection:    {GroupCorrectionIn, GroupCorrectionOut},
	models.KindPayment:       {GroupSettled, GroupSettled},
}

// groupOf is the group of a transfer by its kind and whether the account gains by it. A reversal stays in the group of
// what it takes back.
func groupOf(kind string, unit models.Unit, credited bool) Group {
	switch {
	case unit == models.UnitPoint && credited:
		return GroupPointsHonoured
	case unit == models.UnitPoint:
		return GroupPointsIssued
	}
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
	return s.StoreSpan(ctx, alliance, store, Span{Since: since, To: to})
}

// StoreSpan adds up what happened on a store's accounts within a span, all of it at one moment.
func (s *Service) StoreSpan(ctx context.Context, alliance, store models.ID, span Span) (Month, error) {
	var m Month
	money, points := models.AccountID(alliance, models.StoreFen(store)), models.AccountID(alliance, models.StorePoints(store))
	err := snapshot(ctx, s.db, func(r *gorm.DB) error {
		m = Month{Groups: map[Group]Sum{}}
		for _, account := range []models.ID{money, points} {
			if err := m.add(r, account, span); err != nil {
				return err
			}
		}
		moved, err := movement(r, money, span)
		if err != nil {
			return err
		}
		m.total(moved)
		m.Pending, err = waiting(r, money, span)
		m.Groups[GroupReferralPending] = m.Pending
		return err
	})
	return m, err
}

// kindSum is what one kind of transfer came to on one side of an account.
type kindSum struct {
	Kind  string
	Unit  models.Unit
	Taken bool // reversals
	Sum
}

// add sums an account's posted transfers by group.
func (m *Month) add(r *gorm.DB, account models.ID, span Span) error {
	for _, credited := range []bool{true, false} {
		var sums []kindSum
		err := span.of(r).Select("kind, unit, reverses_id IS NOT NULL AS taken, COUNT(*) AS count, SUM(amount) AS amount").
			Where(side(credited)+" = ? AND step IN ('single', 'post')", account).
			Group("kind, unit, reverses_id IS NOT NULL").Scan(&sums).Error
		if err != nil {
			return err
		}
		for _, k := range sums {
			g, sum := k.grouped(credited)
			m.Groups[g] = m.Groups[g].plus(sum)
		}
	}
	return nil
}

// grouped is the group of the sum, and what it adds there: reversals take away, and money paid out counts under zero.
func (k kindSum) grouped(credited bool) (Group, Sum) {
	sum := k.Sum
	if k.Taken {
		sum = k.times(-1)
	}
	g := groupOf(k.Kind, k.Unit, credited != k.Taken)
	if g == GroupSettled && !credited {
		sum.Amount = -sum.Amount
	}
	return g, sum
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
		case g.Points(), g == GroupSettled:
		case g.Out():
			m.Owed += sum.Amount
		default:
			m.Earned += sum.Amount
		}
	}
	m.Net = m.Earned - m.Owed
	m.Balanced = m.Net == moved
}

// movement is what an account gained by the plain sum of its rows, without payments.
func movement(r *gorm.DB, account models.ID, span Span) (int64, error) {
	var sums [2]int64
	for i, credited := range []bool{true, false} {
		err := span.of(r).Select("COALESCE(SUM(amount), 0)").
			Where(side(credited)+" = ? AND step IN ('single', 'post') AND kind <> ?", account, models.KindPayment).Scan(&sums[i]).Error
		if err != nil {
			return 0, err
		}
	}
	return sums[0] - sums[1], nil
}

// waiting is what was pending to be credited to an account at a span's end: what was opened less what was settled by then.
func waiting(r *gorm.DB, account models.ID, span Span) (Sum, error) {
	var steps []struct {
		Step models.TransferStep
		Sum
	}
	err := Span{To: span.To, UpTo: span.UpTo}.of(r).Select("step, COUNT(*) AS count, SUM(amount) AS amount").
		Where("credit_id = ? AND step IN ('pending', 'post', 'void')", account).Group("step").Scan(&steps).Error
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
