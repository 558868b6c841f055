package models

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestALimitHoldsOnItsSide(t *testing.T) {
	tests := []struct {
		name    string
		balance Balance
		limit   AccountLimit
		within  bool
	}{
		{"no limit", Balance{Debits: 9}, Unlimited, true},
		{"spent all", Balance{Debits: 5, Credits: 5}, DebitsWithinCredits, true},
		{"spent one more", Balance{Debits: 6, Credits: 5}, DebitsWithinCredits, false},
		{"pending out counts as spent", Balance{Debits: 4, PendingDebits: 2, Credits: 5}, DebitsWithinCredits, false},
		{"pending in is not there yet", Balance{Debits: 6, Credits: 5, PendingCredits: 9}, DebitsWithinCredits, false},
		{"paid what is owed", Balance{Debits: 5, Credits: 5}, CreditsWithinDebits, true},
		{"paid one more", Balance{Debits: 5, Credits: 6}, CreditsWithinDebits, false},
		{"pending in counts as paid", Balance{Debits: 5, Credits: 4, PendingCredits: 2}, CreditsWithinDebits, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { assert.Equal(t, test.within, test.balance.Within(test.limit)) })
	}
}

func TestAnAccountsIDComesFromItsKeyAlone(t *testing.T) {
	street, other := storeID(1), storeID(2)
	keys := []AccountKey{
		FundFen(), IssuerPoints(), StoreFen(storeID(7)), StorePoints(storeID(7)), StoreFen(storeID(8)), MemberPoints(storeID(7)),
	}
	seen := map[ID]bool{}
	for _, alliance := range []ID{street, other} {
		for _, key := range keys {
			id := AccountID(alliance, key)
			assert.False(t, seen[id], "%v", key)
			assert.Equal(t, id, AccountID(alliance, key.In(alliance)), "the alliance itself may be named or left out")
			seen[id] = true
		}
	}
}

func aTransfer() Transfer {
	expires := joined.Add(60 * day)
	return Transfer{
		ID: storeID(1), AllianceID: storeID(2), Seq: 3, Reference: "referral:1", Step: StepPending, Kind: KindReferral, Unit: UnitFen,
		DebitID: storeID(4), CreditID: storeID(5), Amount: 200, SettlesID: storeID(6), ReversesID: storeID(7), Reason: "x", ExpiresAt: &expires,
		MemberID: storeID(8), StoreID: storeID(9), VisitID: storeID(10), CampaignID: storeID(11), CouponID: storeID(12),
		RedemptionID: storeID(13), ReferralID: storeID(14), At: joined, RecordedAt: joined.Add(time.Second),
	}
}

// TestTheLeafKnowsEveryField: whatever a hand changes in a stored row, its leaf is another.
func TestTheLeafKnowsEveryField(t *testing.T) {
	changes := map[string]func(*Transfer){
		"id": func(t *Transfer) { t.ID[15]++ }, "alliance": func(t *Transfer) { t.AllianceID[15]++ }, "seq": func(t *Transfer) { t.Seq++ },
		"reference": func(t *Transfer) { t.Reference = "referral:2" }, "step": func(t *Transfer) { t.Step = StepSingle },
		"kind": func(t *Transfer) { t.Kind = KindCommission }, "unit": func(t *Transfer) { t.Unit = UnitPoint },
		"debit": func(t *Transfer) { t.DebitID[0]++ }, "credit": func(t *Transfer) { t.CreditID[0]++ },
		"amount": func(t *Transfer) { t.Amount++ }, "settles": func(t *Transfer) { t.SettlesID = ID{} },
		"reverses": func(t *Transfer) { t.ReversesID = ID{} }, "reason": func(t *Transfer) { t.Reason = "y" },
		"expires": func(t *Transfer) { t.ExpiresAt = nil }, "member": func(t *Transfer) { t.MemberID[9]++ },
		"store": func(t *Transfer) { t.StoreID[9]++ }, "visit": func(t *Transfer) { t.VisitID[9]++ },
		"campaign": func(t *Transfer) { t.CampaignID[9]++ }, "coupon": func(t *Transfer) { t.CouponID[9]++ },
		"redemption": func(t *Transfer) { t.RedemptionID[9]++ }, "referral": func(t *Transfer) { t.ReferralID[9]++ },
		"at": func(t *Transfer) { t.At = t.At.Add(time.Microsecond) }, "recorded": func(t *Transfer) { t.RecordedAt = t.At },
		"a text that takes over its neighbour's letters": func(t *Transfer) { t.Step, t.Kind = t.Step+"r", t.Kind[1:] },
	}
	plain := aTransfer()
	want := plain.LeafHash()
	for name, change := range changes {
		row := aTransfer()
		change(&row)
		assert.NotEqual(t, want, row.LeafHash(), name)
	}
	again := aTransfer()
	again.At = again.At.In(time.FixedZone("street", 8*3600))
	assert.Equal(t, want, again.LeafHash(), "the zone in which a time is written is no part of it")
}

func TestTheBodyLeavesOutWhatTheLedgerAdds(t *testing.T) {
	one, two := aTransfer(), aTransfer()
	two.ID, two.Seq, two.At, two.RecordedAt, two.ExpiresAt = storeID(99), 77, joined.Add(day), joined.Add(day), nil
	assert.Equal(t, one.BodySum(), two.BodySum())
	two.Amount++
	assert.NotEqual(t, one.BodySum(), two.BodySum())
}

func TestBalancesNeverLoseWhatWentThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Int64Range(0, math.MaxInt64/8)
		b := Balance{amount.Draw(t, "d"), amount.Draw(t, "c"), amount.Draw(t, "pd"), amount.Draw(t, "pc")}
		assert.Equal(t, b.Credits, b.Net()+b.Debits)
		assert.LessOrEqual(t, b.Available(), b.Net())
		assert.Equal(t, b.Available() >= 0, b.Within(DebitsWithinCredits))
	})
}
