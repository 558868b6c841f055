package models

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestR38_TheFirstPurchaseInTimeVests(t *testing.T) {
	vestsBy := VestsBy(joined, 60)
	tests := []struct {
		name  string
		state ReferralState
		kind  VisitKind
		at    time.Time
		vests bool
	}{
		{"a purchase", ReferralPending, VisitPurchase, joined.Add(day), true},
		{"a redemption", ReferralPending, VisitRedemption, joined.Add(day), true},
		{"at the moment of joining", ReferralPending, VisitRedemption, joined, true},
		{"the last microsecond of day 60", ReferralPending, VisitPurchase, vestsBy.Add(-time.Microsecond), true},
		{"the first instant of day 61", ReferralPending, VisitPurchase, vestsBy, false},
		{"before joining", ReferralPending, VisitPurchase, joined.Add(-time.Microsecond), false},
		{"a scan", ReferralPending, VisitScan, joined.Add(day), false},
		{"a check-in", ReferralPending, VisitCheckIn, joined.Add(day), false},
		{"posted already", ReferralPosted, VisitPurchase, joined.Add(day), false},
		{"void already", ReferralVoided, VisitPurchase, joined.Add(day), false},
		{"objected to", ReferralObjected, VisitPurchase, joined.Add(day), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := Referral{State: test.state, JoinedAt: joined, VestsBy: vestsBy}
			assert.Equal(t, test.vests, r.Vests(test.kind, test.at))
		})
	}
}

func TestR48_CommissionIsAShareUnderTheMonthsCap(t *testing.T) {
	tests := []struct {
		name                     string
		paid, bps, limit, before int64
		uncapped, owed           int64
	}{
		{"2 % of 53.00", 5300, 200, 2000, 0, 106, 106},
		{"half a fen rounds up", 25, 200, 2000, 0, 1, 1},
		{"less than half a fen is nothing", 24, 200, 2000, 0, 0, 0},
		{"the cap leaves a part", 9500, 200, 2000, 1934, 190, 66},
		{"the cap is reached exactly", 9500, 200, 2000, 1810, 190, 190},
		{"the cap leaves nothing", 9500, 200, 2000, 2000, 190, 0},
		{"a cap that was lowered since", 9500, 200, 1000, 1500, 190, 0},
		{"a cap of nothing", 9500, 200, 0, 0, 190, 0},
		{"a gift: nothing was paid", 0, 200, 2000, 0, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uncapped, owed := CommissionOn(test.paid, test.bps, test.limit, test.before)
			assert.Equal(t, test.uncapped, uncapped)
			assert.Equal(t, test.owed, owed)
		})
	}
}

// TestAMonthOfCommissionsComesToTheCapAndNoFurther: however the purchases fall, the month is the sum or the cap.
func TestAMonthOfCommissionsComesToTheCapAndNoFurther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit, bps := rapid.Int64Range(0, 5000).Draw(t, "cap"), rapid.Int64Range(0, BasisPoints).Draw(t, "bps")
		var month, uncapped int64
		for _, paid := range rapid.SliceOf(rapid.Int64Range(0, 50_000)).Draw(t, "paid") {
			full, owed := CommissionOn(paid, bps, limit, month)
			assert.LessOrEqual(t, owed, full)
			assert.GreaterOrEqual(t, owed, int64(0))
			assert.LessOrEqual(t, full, paid)
			month, uncapped = month+owed, uncapped+full
		}
		assert.Equal(t, min(uncapped, limit), month)
	})
}
