package relation_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

func visits(s street, slug string) string { return s.At(slug, "/visits") }

func TestAClerkRecordsAPurchaseFromTheMembersCode(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.Street.People[testkit.Shopper].Member // the shoe shop's
		for _, code := range []string{s.CodeOf(shopper), s.QROf(shopper)} {
			var got struct {
				Kind       string
				Amount     models.Money
				Points     int64
				Level      string
				Commission *struct {
					Store  models.StoreRef
					Amount models.Money
				}
			}
			body := map[string]any{"code": code, "kind": "purchase", "amount": models.Fen(5000)}
			s.As(testkit.ClerkOf("noodles")).Post(visits(s, "noodles"), body).Must(201).Into(&got)
			assert.EqualValues(t, 50, got.Points)
			assert.Equal(t, "micro", got.Level)
			require.NotNil(t, got.Commission, "the shoe shop brought her")
			assert.Equal(t, "shoes", got.Commission.Store.Slug)
			assert.EqualValues(t, 100, got.Commission.Amount.Amount, "2 % of 50 yuan")
		}
		s.Drain()
		balance, err := s.Ledger.Balance(s.DB.Read(s.Ctx()), s.Street.Alliance.ID, models.StoreFen(s.StoreID("noodles")))
		require.NoError(t, err)
		assert.EqualValues(t, 200, balance.Debits, "what was shown is what was posted")
	})
}

func TestOneKeyRecordsOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.Street.People[testkit.Shopper].Member
		body := map[string]any{"code": s.CodeOf(shopper), "kind": "purchase", "amount": models.Fen(5000)}
		clerk := s.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", models.NewID().String())
		first := clerk.Post(visits(s, "noodles"), body).Must(201).Map()
		assert.Equal(t, first, clerk.Post(visits(s, "noodles"), body).Must(201).Map())
		assert.EqualValues(t, 1, s.relation("noodles", shopper.ID).Purchases)
	})
}

func TestTheTillActsForAMemberOnlyAfterACode(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.Relation.OnPresence(func(_ context.Context, store, member models.ID) error {
			if store == s.StoreID("noodles") && member == shopper {
				return nil
			}
			return relation.ErrCodeNeeded
		})
		body := map[string]any{"member_id": shopper, "kind": "scan"}
		s.As(testkit.ClerkOf("noodles")).Post(visits(s, "noodles"), body).Must(201)
		s.As(testkit.ClerkOf("tea")).Post(visits(s, "tea"), body).Refused(409, "code_needed")
		body["member_id"] = s.Other.People[testkit.Shopper].Member.ID
		s.As(testkit.ClerkOf("noodles")).Post(visits(s, "noodles"), body).Refused(409, "code_needed")
	})
}

func TestWhatCannotBeRecordedChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		code := s.CodeOf(s.Street.People[testkit.Shopper].Member)
		path, clerk := visits(s, "noodles"), testkit.ClerkOf("noodles")
		type body = map[string]any
		for _, c := range []testkit.Scenario{
			{Name: "nobody", Body: body{"kind": "scan"}, Status: 422, Code: "who", Says: []string{"请扫会员码"}},
			{Name: "two at once", Body: body{"kind": "scan", "code": code, "member_id": models.NewID()}, Status: 422, Code: "who"},
			{Name: "a purchase of nothing", Body: body{"kind": "purchase", "code": code}, Status: 422, Code: "amount"},
			{Name: "a negative amount", Body: body{"kind": "purchase", "code": code, "amount": body{"amount": -1, "currency": "CNY"}}, Status: 422, Code: "amount", Says: []string{"/amount/amount"}},
			{Name: "far too much", Body: body{"kind": "purchase", "code": code, "amount": body{"amount": 10_000_001, "currency": "CNY"}}, Status: 422, Code: "amount", Language: "en", Says: []string{"100,000 yuan"}},
			{Name: "a scan that costs", Body: body{"kind": "scan", "code": code, "amount": body{"amount": 1, "currency": "CNY"}}, Status: 422, Code: "amount_unwanted"},
			{Name: "a kind of its own", Body: body{"kind": "redemption", "code": code}, Status: 422},
			{Name: "an unknown field", Body: body{"kind": "scan", "code": code, "gift": true}, Status: 422},
			{Name: "no code", Body: body{"kind": "scan", "code": "1234"}, Status: 422, Code: "code_form"},
			{Name: "nobody's code", Body: body{"kind": "scan", "code": "00000000"}, Status: 404, Code: "code_unknown"},
			{Name: "no JSON", Body: "kind=scan", Status: 400},
			{Name: "another store's clerk", As: testkit.ClerkOf("tea"), Body: body{"kind": "scan", "code": code}, Status: 403},
			{Name: "another street's owner", As: testkit.OtherOwner, Body: body{"kind": "scan", "code": code}, Status: 403},
			{Name: "a shopper", As: testkit.Shopper, Body: body{"kind": "scan", "code": code}, Status: 403},
		} {
			c.Method, c.Path = "POST", path
			if c.As == "" {
				c.As = clerk
			}
			c.Run(t, s.App)
		}
		var rows int64
		require.NoError(t, s.DB.Read(s.Ctx()).Model(&models.Visit{}).Where("alliance_id = ?", s.Street.Alliance.ID).Count(&rows).Error)
		assert.Zero(t, rows)
	})
}

func TestASuspendedStoreRecordsNothing(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		_, err := s.Pool.Suspend(s.Ctx(), s.Street.Alliance.ID, s.StoreID("noodles"), "moved away")
		require.NoError(t, err)
		body := map[string]any{"code": s.CodeOf(s.Street.People[testkit.Shopper].Member), "kind": "scan"}
		s.As(testkit.ClerkOf("noodles")).Post(visits(s, "noodles"), body).Refused(409, "store_suspended")
	})
}
