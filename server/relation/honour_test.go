package relation_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

func honours(s street, slug string) string { return s.At(slug, "/honours") }

func back(s street, slug string, honour models.ID) string {
	return honours(s, slug) + "/" + honour.String() + "/reversal"
}

// honour is what a till posts for the shopper, whose code is shown.
func (s street) honour(points int64, what string) map[string]any {
	return map[string]any{"code": s.CodeOf(s.Street.People[testkit.Shopper].Member), "points": points, "what": what}
}

// took lets the tea house's clerk take points of the shopper.
func (s street) took(points int64, what string) (got relation.HonourView) {
	s.t.Helper()
	s.As(testkit.ClerkOf("tea")).Post(honours(s, "tea"), s.honour(points, what)).Must(201).Into(&got)
	return got
}

func (s street) everythingBalances() {
	s.t.Helper()
	s.Drain()
	report, err := s.Ledger.Audit().Street(s.Ctx(), s.Street.Alliance.ID)
	require.NoError(s.t, err)
	require.Nil(s.t, report.Finding)
}

func TestEveryStoreHonoursThePoolsPoints(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 5000)
		got := s.took(30, "  一壶 碧螺春\n")
		assert.Equal(t, "一壶 碧螺春", got.What, "spaces and lines as people type them")
		assert.Equal(t, []int64{30, 20}, []int64{got.Points, got.Left})
		assert.EqualValues(t, 20, s.points(shopper))

		balance, err := s.Ledger.Balance(s.DB.Read(s.Ctx()), s.Street.Alliance.ID, models.StorePoints(s.StoreID("tea")))
		require.NoError(t, err)
		assert.EqualValues(t, 30, balance.Credits)
		r := s.relation("tea", shopper)
		assert.Equal(t, []int64{1, 0, 0}, []int64{r.Visits, r.Purchases, r.Spent}, "a visit, and no purchase")

		var points struct {
			Items []struct {
				Points    int64
				What, For string
				Store     models.StoreRef
			}
		}
		s.As(testkit.Shopper).Get("/me/points").Must(200).Into(&points)
		line := points.Items[0]
		assert.Equal(t, []any{int64(-30), "当钱花了", "一壶 碧螺春", "tea"}, []any{line.Points, line.What, line.For, line.Store.Slug})
		s.everythingBalances()
	})
}

func TestTheStoresBooksSayWhatPointsWereFor(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.buys("noodles", s.member(testkit.Shopper), 5000)
		number := fmt.Sprintf("%04d", s.Street.People[testkit.Shopper].Member.Number)
		done := s.took(30, "换了一双鞋垫")
		lines := func(language string) string {
			path := s.At("tea", "/ledger/lines?kind=points")
			return string(s.As(testkit.OwnerOf("tea")).With("Accept-Language", language).Get(path).Must(200).Body)
		}
		assert.Contains(t, lines("zh-CN"), "收下会员 "+number+" 的积分：换了一双鞋垫")
		assert.Contains(t, lines("en"), "Honoured points of Member "+number+": 换了一双鞋垫")

		s.As(testkit.ClerkOf("tea")).Post(back(s, "tea", done.ID), map[string]any{"reason": "点错了"}).Must(200)
		assert.Contains(t, lines("zh-CN"), "冲回一笔：收下会员 "+number+" 的积分：换了一双鞋垫")
		assert.Contains(t, lines("zh-CN"), "点错了")
	})
}

func TestPointsAreGivenBackOnTheDayAndOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper, clerk := s.member(testkit.Shopper), s.As(testkit.ClerkOf("tea"))
		why := map[string]any{"reason": "点错了"}
		s.buys("noodles", shopper, 5000)
		done, kept := s.took(30, "一壶茶"), s.took(5, "一块茶点")

		s.As(testkit.ClerkOf("noodles")).Post(back(s, "noodles", done.ID), why).Refused(404, "not_found")
		s.As(testkit.ClerkOf("noodles")).Post(back(s, "tea", done.ID), why).Must(403)
		s.As(testkit.OtherOwner).Post(back(s, "tea", done.ID), why).Must(403)
		clerk.Post(back(s, "tea", done.ID), map[string]any{"reason": " \u200b "}).Refused(422, "reason")
		clerk.Post(back(s, "tea", done.ID), map[string]any{"reason": strings.Repeat("错", 101)}).Refused(422, "reason")

		var got relation.HonourView
		clerk.Post(back(s, "tea", done.ID), why).Must(200).Into(&got)
		assert.Equal(t, relation.HonourView{ID: done.ID, At: done.At, Points: 30, What: "一壶茶", Left: 45, Reversed: true}, got)
		clerk.Post(back(s, "tea", done.ID), why).Refused(409, "already_reversed")
		assert.EqualValues(t, 45, s.points(shopper))
		assert.EqualValues(t, 1, s.relation("tea", shopper).Visits, "the other one stays")

		purchase := s.buys("tea", shopper, 1000)
		clerk.Post(back(s, "tea", purchase.ID), why).Refused(404, "not_found")
		s.Time.Advance(day)
		s.As(testkit.ClerkOf("tea")).Post(back(s, "tea", kept.ID), why).Refused(409, "reversal_too_late")
		s.everythingBalances()
	})
}

func TestManyWhoGiveBackAtOnceGiveBackOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 5000)
		done := s.took(30, "一壶茶")
		given, refused := testkit.Counted(t, testkit.Crowd(50, func(int) error {
			_, err := s.Relation.GiveBack(s.Ctx(), s.Street.Alliance.ID, s.StoreID("tea"), done.ID, "双击")
			return err
		}), relation.ErrTakenBack)
		assert.Equal(t, []int{1, 49}, []int{given, refused["already_reversed"]})
		assert.EqualValues(t, 50, s.points(shopper))
		s.everythingBalances()
	})
}

// TestACrowdNeverSpendsMoreThanThereIs: two hundred tills take from one member at once.
func TestACrowdNeverSpendsMoreThanThereIs(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.Street.People[testkit.Shopper].Member
		s.buys("noodles", shopper.ID, 10_000)
		code, stores := s.CodeOf(shopper), []models.ID{s.StoreID("tea"), s.StoreID("shoes"), s.StoreID("noodles")}
		honoured, refused := testkit.Counted(t, testkit.Crowd(200, func(i int) error {
			_, err := s.Relation.Honour(s.Ctx(), relation.Honouring{Alliance: s.Street.Alliance.ID, Store: stores[i%len(stores)], Code: code, Points: 3, What: "一枚纽扣"})
			return err
		}), relation.ErrTooFew)
		assert.Equal(t, []int{33, 167}, []int{honoured, refused["balance_too_low"]})
		assert.EqualValues(t, 1, s.points(shopper.ID))
		s.everythingBalances()
	})
}

func TestOneKeyTakesPointsOnce(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 5000)
		body, clerk := s.honour(30, "一壶茶"), s.As(testkit.ClerkOf("tea")).With("Idempotency-Key", models.NewID().String())
		first := clerk.Post(honours(s, "tea"), body).Must(201).Map()
		assert.Equal(t, first, clerk.Post(honours(s, "tea"), body).Must(201).Map())
		assert.EqualValues(t, 20, s.points(shopper))
	})
}

func TestWhatCannotBeHonouredChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper := s.member(testkit.Shopper)
		s.buys("noodles", shopper, 5000)
		type body = map[string]any
		with := func(key string, value any) body {
			b := s.honour(30, "一壶茶")
			b[key] = value
			return b
		}
		for _, c := range []testkit.Scenario{
			{Name: "more than there is", Body: with("points", 51), Status: 409, Code: "balance_too_low", Says: []string{"只有 50 积分", "/points"}},
			{Name: "more, in English", Body: with("points", 51), Language: "en", Status: 409, Code: "balance_too_low", Says: []string{"has 50 points"}},
			{Name: "beyond all books", Body: with("points", int64(1)<<62+1), Status: 422, Code: "points", Says: []string{"/points"}},
			{Name: "no points", Body: with("points", 0), Status: 422, Code: "points", Says: []string{"/points"}},
			{Name: "negative points", Body: with("points", -1), Status: 422, Code: "points"},
			{Name: "half a point", Body: with("points", 1.5), Status: 422},
			{Name: "for nothing", Body: with("what", " 茶 \n"), Status: 422, Code: "what", Says: []string{"/what"}},
			{Name: "for a novel", Body: with("what", strings.Repeat("茶", 61)), Status: 422, Code: "what", Language: "en", Says: []string{"2 to 60"}},
			{Name: "nobody", Body: body{"points": 3, "what": "一壶茶"}, Status: 422, Code: "who", Says: []string{"/code"}},
			{Name: "two at once", Body: with("member_id", shopper), Status: 422, Code: "who"},
			{Name: "nobody's code", Body: with("code", "00000000"), Status: 404, Code: "code_unknown"},
			{Name: "no code shown", Body: body{"member_id": shopper, "points": 3, "what": "一壶茶"}, Status: 409, Code: "code_needed"},
			{Name: "another street's member", Body: body{"member_id": s.Other.People[testkit.Shopper].Member.ID, "points": 3, "what": "一壶茶"}, Status: 409, Code: "code_needed"},
			{Name: "another store's clerk", As: testkit.ClerkOf("noodles"), Body: with("points", 3), Status: 403},
			{Name: "another street's owner", As: testkit.OtherOwner, Body: with("points", 3), Status: 403},
			{Name: "a shopper", As: testkit.Shopper, Body: with("points", 3), Status: 403},
		} {
			c.Method, c.Path = "POST", honours(s, "tea")
			if c.As == "" {
				c.As = testkit.ClerkOf("tea")
			}
			c.Run(t, s.App)
		}
		assert.EqualValues(t, 50, s.points(shopper))
		s.everythingBalances()
	})
}

func TestTheTillTakesPointsForAFewMinutesAfterACode(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		shopper, clerk := s.Street.People[testkit.Shopper].Member, s.As(testkit.ClerkOf("tea"))
		s.buys("noodles", shopper.ID, 5000)
		var seen struct{ Member struct{ Points int64 } }
		clerk.Post(s.At("tea", "/lookups"), map[string]any{"code": s.CodeOf(shopper)}).Must(200).Into(&seen)
		assert.EqualValues(t, 50, seen.Member.Points, "the till shows what there is")

		body := map[string]any{"member_id": shopper.ID, "points": 10, "what": "一壶茶"}
		clerk.Post(honours(s, "tea"), body).Must(201)
		s.Time.Advance(models.PresenceLasts + time.Minute)
		clerk.Post(honours(s, "tea"), body).Refused(409, "code_needed")
	})
}

func TestASuspendedStoreHonoursNothing(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.buys("noodles", s.member(testkit.Shopper), 5000)
		_, err := s.Pool.Suspend(s.Ctx(), s.Street.Alliance.ID, s.StoreID("tea"), "moved away")
		require.NoError(t, err)
		s.As(testkit.ClerkOf("tea")).Post(honours(s, "tea"), s.honour(3, "一壶茶")).Refused(409, "store_suspended")
	})
}

func TestTheAuditNamesPointsThatWereTakenOtherwise(t *testing.T) {
	each(t, func(t *testing.T, s street) {
		s.buys("noodles", s.member(testkit.Shopper), 5000)
		done := s.took(30, "一壶茶")
		s.everythingBalances()
		set := func(change map[string]any) {
			require.NoError(t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
				return tx.Model(&models.Visit{}).Where("id = ?", done.ID).Updates(change).Error
			}))
		}
		for _, change := range []map[string]any{{"points": 31}, {"points": 30, "kind": "scan"}, {"kind": "honour", "cancelled_at": s.Time.Now()}} {
			set(change)
			report, err := s.Ledger.Audit().Street(s.Ctx(), s.Street.Alliance.ID)
			require.NoError(t, err)
			require.NotNil(t, report.Finding, "%v", change)
			assert.Equal(t, []string{"relation.points", done.ID.String()}, []string{report.Finding.Check, report.Finding.Row})
		}
		set(map[string]any{"cancelled_at": nil})
		s.everythingBalances()
	})
}
