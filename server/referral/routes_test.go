package referral_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
	"onestreet/server/referral"
	"onestreet/server/testkit"
)

func (s street) path(store, rest string) string { return s.At(store, rest) }

// autumn is a month in which everything happens to the shoe shop; the members are 4, 5 and 6.
func (s street) autumn() (posted, waiting, teas models.Member) {
	s.t.Helper()
	posted = s.newcomer("shoes", s.Street.People[testkit.Shopper].Member.ID)
	waiting, teas = s.newcomer("shoes", models.ID{}), s.newcomer("tea", models.ID{})
	s.buy(posted, "noodles", 95000)
	s.buy(posted, "books", 9500)
	s.buy(teas, "shoes", 5300)
	undone, _ := s.buy(teas, "shoes", 1000)
	s.undo(undone)
	share := func(from, to, ref string) ledger.Entry {
		return ledger.Entry{Debit: models.StoreFen(s.StoreID(from)), Credit: models.StoreFen(s.StoreID(to)), Amount: 600, Kind: models.KindCouponShare, Reference: ref, Store: s.StoreID(to)}
	}
	visit := s.visit(posted.ID, "shoes", models.VisitPurchase, 5300)
	s.tx(func(tx *gorm.DB) error {
		if err := tx.Model(&visit).Update("points", 53).Error; err != nil {
			return err
		}
		_, err := s.Ledger.Post(tx, s.id, share("noodles", "shoes", "s1"), share("shoes", "tea", "s2"), ledger.Entry{
			Debit: models.StorePoints(s.StoreID("shoes")), Credit: models.MemberPoints(posted.ID), Amount: 53, Kind: models.KindPointsIssued,
			Reference: "p1", Member: posted.ID, Store: s.StoreID("shoes"), Visit: visit.ID,
		})
		return err
	})
	return posted, waiting, teas
}

func TestAStoreReadsItsMonth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		var m referral.Month
		app.As(testkit.OwnerOf("shoes")).Get(s.path("shoes", "/ledger")).Must(http.StatusOK).Into(&m)
		assert.Equal(t, "2026-10", m.Month)
		assert.Equal(t, models.Fen(200+1900+100+600), m.Earned)
		assert.Equal(t, models.Fen(106+600), m.Owed)
		assert.Equal(t, models.Fen(2094), m.Net)
		assert.Equal(t, referral.Tally{Count: 1, Amount: models.Fen(200)}, m.Pending)
		assert.True(t, m.Balanced)
		counts := map[ledger.Group]int64{}
		for _, g := range m.Groups {
			counts[g.Kind] = g.Count
			assert.Equal(t, g.Kind.Points(), g.Points != nil)
			assert.NotEqual(t, g.Kind.Points(), g.Amount != nil)
		}
		assert.Equal(t, map[ledger.Group]int64{
			"referral": 1, "referral_pending": 1, "commission_in": 2, "commission_out": 1, "coupon_in": 1, "coupon_out": 1, "points_issued": 1, "points_honoured": 0,
		}, counts)

		app.As(testkit.OwnerOf("shoes")).Get(s.path("shoes", "/ledger?month=2026-09")).Must(http.StatusOK).Into(&m)
		assert.Equal(t, models.Fen(0), m.Net, "September was another month")
	})
}

func (s street) lines(store, query string) (page web.Page[referral.Line]) {
	s.t.Helper()
	s.As(testkit.OwnerOf(store)).Get(s.path(store, "/ledger/lines"+query)).Must(http.StatusOK).Into(&page)
	return page
}

func TestAStoreReadsItsLinesInPlainWords(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		want := []struct {
			kind, state, amount, who, other, text string
			why                                   []string
		}{
			{"points_issued", "posted", "−53", "会员 0004", "", "发给会员 0004 的积分", []string{"买了 53.00。"}},
			{"coupon_out", "posted", "−6.00", "", "茶馆", "茶馆收了一张你家分担的券", []string{"按签过字的份额分担。"}},
			{"coupon_in", "posted", "6.00", "", "面馆", "券在你家用了，面馆分担", []string{"按签过字的份额分担。"}},
			{"commission_out", "posted", "0.20", "会员 0006", "茶馆", "冲回一笔：付给茶馆", []string{"账只往后记，不涂改。错了就再记一笔冲回来，两笔都留着。", "客人退了货"}},
			{"commission_out", "reversed", "−0.20", "会员 0006", "茶馆", "付给茶馆", []string{"会员 0006 在你家买 10.00，出 2%。", "谁带来的会员在别家买，别家付佣金。这位是茶馆带来的。", "后来冲回了。"}},
			{"commission_out", "posted", "−1.06", "会员 0006", "茶馆", "付给茶馆", []string{"会员 0006 在你家买 53.00，出 2%。", "谁带来的会员在别家买，别家付佣金。这位是茶馆带来的。"}},
			{"commission_in", "posted", "1.00", "会员 0004", "书店", "书店付来", []string{"你家带来的会员 0004 在书店买了东西，收 2%。", "按 2% 是 1.90。每位会员每月封顶 20.00，前面有过 19.00，这回只算 1.00。"}},
			{"commission_in", "posted", "19.00", "会员 0004", "面馆", "面馆付来", []string{"你家带来的会员 0004 在面馆买了东西，收 2%。"}},
			{"referral", "posted", "2.00", "会员 0004", "", "会员 0004 买了第一单", []string{"会员 0001 请来的，记了 200 积分。",
				"布鞋：街坊转的链接，10 月 17 日 9:30，算这家。", "书店：门口立牌的码，9 月 7 日 10:30，过了期限，不算。", "别的来路都不算数，不用比。"}},
			{"referral_pending", "pending", "2.00", "会员 0005", "", "会员 0005 入会", []string{"待入账，12 月 16 日前买一单就算。",
				"布鞋：在柜台扫的码，10 月 17 日 9:30，算这家。", "书店：门口立牌的码，9 月 7 日 10:30，过了期限，不算。", "别的来路都不算数，不用比。"}},
		}
		page := s.lines("shoes", "")
		require.Len(t, page.Items, len(want))
		assert.Empty(t, page.NextCursor)
		for i, w := range want {
			l := page.Items[i]
			assert.Equal(t, w.kind, string(l.Kind))
			assert.Equal(t, w.state, string(l.State), w.text)
			assert.Equal(t, w.text, l.Text)
			assert.Equal(t, w.why, l.Why, w.text)
			assert.Equal(t, w.who, l.Who, w.text)
			amount := ""
			if l.Amount != nil {
				amount = models.Yuan(l.Amount.Amount)
			} else {
				amount = models.Yuan(*l.Points * 100)[:len("−53")]
			}
			assert.Equal(t, w.amount, amount, w.text)
			if w.other == "" {
				assert.Nil(t, l.Other, w.text)
			} else if assert.NotNil(t, l.Other, w.text) {
				assert.Equal(t, w.other, l.Other.ShortName)
			}
			assert.Equal(t, w.state == "pending", l.ExpiresAt != nil)
		}
	})
}

func TestLinesComeInEnglishAndInPages(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		var page web.Page[referral.Line]
		app.As(testkit.OwnerOf("shoes")).In("en").Get(s.path("shoes", "/ledger/lines?kind=commission_in")).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 2)
		assert.Equal(t, "Paid by 书店", page.Items[0].Text)
		assert.Equal(t, []string{"Member 0004, whom you brought, bought at 书店; you get 2%.",
			"2% of it is 1.90. A member's month comes to 20.00 at most; 19.00 was used, so this time it is 1.00."}, page.Items[0].Why)

		whole, cursor, paged := s.lines("shoes", ""), "", []referral.Line{}
		for range 10 {
			page := s.lines("shoes", fmt.Sprintf("?limit=3&cursor=%s", cursor))
			paged = append(paged, page.Items...)
			if cursor = page.NextCursor; cursor == "" {
				break
			}
		}
		assert.Equal(t, whole.Items, paged)
	})
}

// TestAnotherStoresLinesNeverShow: what stands in one store's ledger names the other side, never a third.
func TestAnotherStoresLinesNeverShow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		for _, path := range []string{"/ledger", "/ledger/lines"} {
			for who, status := range map[testkit.Persona]int{
				testkit.OwnerOf("shoes"): http.StatusOK, testkit.ManagerOf("shoes"): http.StatusOK, testkit.ClerkOf("shoes"): http.StatusForbidden,
				testkit.OwnerOf("tea"): http.StatusForbidden, testkit.Coordinator: http.StatusForbidden, testkit.Shopper: http.StatusForbidden,
				testkit.Visitor: http.StatusUnauthorized, testkit.OtherOwner: http.StatusForbidden, testkit.OtherCoordinator: http.StatusForbidden,
			} {
				app.As(who).Get(s.path("shoes", path)).Must(status)
			}
		}
		mine := map[int64]bool{}
		for _, l := range s.lines("shoes", "").Items {
			mine[l.Seq] = true
		}
		for _, l := range s.lines("books", "").Items {
			if mine[l.Seq] {
				assert.Equal(t, "布鞋", l.Other.ShortName, "the only lines in both are between the two")
			}
		}
		assert.Len(t, s.lines("books", "").Items, 1)
	})
}

func TestAWrongQuestionAboutTheLedgerIsRefused(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		for _, month := range []string{"2026", "2026-13", "10-2026", "2026-1", "October", "0001-01"} {
			testkit.Scenario{Name: month, As: testkit.OwnerOf("shoes"), Path: s.path("shoes", "/ledger?month="+month), Status: 422, Code: "month", Says: []string{"2026-10"}}.Run(t, app)
		}
		for _, test := range []testkit.Scenario{
			{Name: "a kind of line", As: testkit.OwnerOf("shoes"), Path: s.path("shoes", "/ledger/lines?kind=cats"), Status: 422, Code: "ledger_kind"},
			{Name: "a cursor", As: testkit.OwnerOf("shoes"), Path: s.path("shoes", "/ledger/lines?cursor=x"), Status: 422, Code: "cursor"},
			{Name: "a limit", As: testkit.OwnerOf("shoes"), Path: s.path("shoes", "/ledger/lines?limit=9999"), Status: 422},
			{Name: "a store", As: testkit.OwnerOf("shoes"), Path: "/stores/shoes/ledger", Status: 404},
			{Name: "a state", As: testkit.Coordinator, Path: "/alliance/referrals?state=cats", Status: 422, Code: "referral_state"},
			{Name: "a state, in English", As: testkit.Coordinator, Language: "en", Path: "/alliance/referrals?state=cats", Status: 422, Says: []string{"There is no such state."}},
			{Name: "a mark", As: testkit.Coordinator, Path: "/alliance/referrals?cursor=x", Status: 422, Code: "cursor"},
		} {
			test.Run(t, app)
		}
	})
}

func TestTheCoordinatorReadsTheAlliancesTotals(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		var got referral.Totals
		app.As(testkit.Coordinator).Get("/alliance/ledger").Must(http.StatusOK).Into(&got)
		sum := func(count, amount int64) referral.Tally {
			return referral.Tally{Count: count, Amount: models.Fen(amount)}
		}
		moved := models.Fen(200 + 200 + 1900 + 100 + 106 + 20 + 20 + 600 + 600)
		assert.Equal(t, referral.Totals{
			Pending: sum(1, 200), Objections: sum(0, 0), Posted: sum(2, 400), Commission: sum(3, 1900+100+106), Coupon: sum(2, 1200),
			Debits: moved, Credits: moved, Balanced: true,
		}, got)
		s.tx(func(tx *gorm.DB) error {
			return tx.Model(&models.Referral{}).Where("alliance_id = ? AND state = 'pending'", s.id).Update("state", models.ReferralObjected).Error
		})
		app.As(testkit.Coordinator).Get("/alliance/ledger").Must(http.StatusOK).Into(&got)
		assert.Equal(t, sum(1, 200), got.Objections)
		s.tx(func(tx *gorm.DB) error {
			return tx.Model(&models.Referral{}).Where("alliance_id = ? AND state = 'objected'", s.id).Update("state", models.ReferralPending).Error
		})
		app.As(testkit.OtherCoordinator).Get("/alliance/ledger").Must(http.StatusOK).Into(&got)
		assert.Equal(t, referral.Totals{Balanced: true, Pending: sum(0, 0), Objections: sum(0, 0), Posted: sum(0, 0), Commission: sum(0, 0), Coupon: sum(0, 0),
			Debits: models.Fen(0), Credits: models.Fen(0)}, got, "another street sees its own")
		for _, path := range []string{"/alliance/ledger", "/alliance/referrals"} {
			app.As(testkit.OwnerOf("shoes")).Get(path).Must(http.StatusForbidden)
			app.As(testkit.Visitor).Get(path).Must(http.StatusUnauthorized)
		}
	})
}

func (s street) attributions(query string) (page web.Page[referral.Row]) {
	s.t.Helper()
	s.As(testkit.Coordinator).Get("/alliance/referrals" + query).Must(http.StatusOK).Into(&page)
	return page
}

func members(page web.Page[referral.Row]) (names []string) {
	for _, r := range page.Items {
		names = append(names, r.Member)
	}
	return names
}

func TestTheCoordinatorReadsEveryAttributionWithItsEvidence(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		s.autumn()
		page := s.attributions("")
		require.Equal(t, []string{"会员 0006", "会员 0005", "会员 0004"}, members(page))
		r := page.Items[2]
		assert.Equal(t, "会员 0001", r.Inviter)
		assert.Equal(t, "posted", r.State)
		assert.Equal(t, "member", r.LinkKind)
		assert.Equal(t, "老北京布鞋", r.Store.Name)
		require.Len(t, r.Evidence, 2)
		assert.True(t, r.Evidence[0].Won)
		assert.Equal(t, "算这家", r.Evidence[0].Why)
		assert.Equal(t, "过了期限，不算", r.Evidence[1].Why)
		assert.Equal(t, "书店", r.Evidence[1].Store.ShortName)

		for text, want := range map[string][]string{
			"0005": {"会员 0005"}, "5": {"会员 0005"}, " 会员 0005 ": {"会员 0005"}, "茶": {"会员 0006"}, "SHOES": {"会员 0005", "会员 0004"}, "猫": nil, "99": nil,
		} {
			assert.Equal(t, want, members(s.attributions("?q="+url.QueryEscape(text))), text)
		}
		for state, want := range map[string][]string{"pending": {"会员 0005"}, "posted": {"会员 0006", "会员 0004"}, "voided": nil, "objected": nil} {
			assert.Equal(t, want, members(s.attributions("?state="+state)), state)
		}
		assert.Equal(t, []string{"会员 0006"}, members(s.attributions("?state=posted&q="+url.QueryEscape("茶"))))
		first := s.attributions("?limit=2")
		assert.Equal(t, []string{"会员 0006", "会员 0005"}, members(first))
		assert.Equal(t, []string{"会员 0004"}, members(s.attributions("?limit=2&cursor="+first.NextCursor)))
	})
}

func TestAnInviterSeesWhatBecameOfThoseInvited(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		s := on(t, app)
		inviter := app.Street.People[testkit.Shopper].Member
		bought, waiting := s.newcomer("shoes", inviter.ID), s.newcomer("shoes", inviter.ID)
		s.buy(bought, "tea", 100)
		s.object("tea", waiting)
		got, err := app.Referral.Invitees(t.Context(), s.id, inviter.ID)
		require.NoError(t, err)
		assert.Len(t, got, 2)
		assert.Equal(t, "posted", got[bought.ID].State)
		assert.EqualValues(t, 200, got[bought.ID].Points)
		assert.Equal(t, "pending", got[waiting.ID].State, "that stores argue is not for members")
		assert.Zero(t, got[waiting.ID].Points)
		assert.Equal(t, s.of(waiting).VestsBy, got[waiting.ID].Until)
	})
}
