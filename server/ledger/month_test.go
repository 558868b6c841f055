package ledger_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
)

// october fills two months of the shoe shop's books; it returns the beginning and the end of the second.
func (b books) october(member models.ID) (since, to time.Time) {
	b.t.Helper()
	since, to = time.Date(2026, 9, 30, 16, 0, 0, 0, time.UTC), time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC)
	on := func(e ledger.Entry, at time.Time) ledger.Entry { e.At = at; return e }
	share := func(from, to, ref string, amount int64) ledger.Entry {
		e := b.commission(from, to, ref, amount)
		e.Kind = models.KindCouponShare
		return e
	}
	b.mustPost(
		on(b.commission("tea", "shoes", "old", 9999), since.Add(-time.Microsecond)),
		on(b.credit("shoes", "p1", 200), since.Add(-time.Hour)),
		on(b.credit("shoes", "p2", 200), since.Add(time.Hour)),
		on(b.credit("shoes", "p3", 200), since.Add(2*time.Hour)),
		on(b.commission("noodles", "shoes", "c1", 172), since),
		on(b.commission("shoes", "tea", "c2", 106), since.Add(time.Hour)),
		on(b.commission("noodles", "shoes", "c3", 66), since.Add(2*time.Hour)),
		on(share("noodles", "shoes", "s1", 600), since.Add(3*time.Hour)),
		on(share("shoes", "books", "s2", 300), since.Add(4*time.Hour)),
		on(b.points("shoes", member, "pt1", 53), since.Add(5*time.Hour)),
		on(b.spend("shoes", member, "pt2", 30), since.Add(6*time.Hour)),
		on(b.commission("tea", "shoes", "next", 8888), to),
		on(b.commission("noodles", "tea", "others", 7777), since.Add(time.Hour)),
	)
	require.NoError(b.t, b.settle("p1", "p1+"))
	require.NoError(b.t, b.void("p3", "p3-"))
	require.NoError(b.t, b.reverse("c3", "c3-"))
	return since, to
}

func TestAStoresMonthIsToldByGroup(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		since, to := b.october(member)
		m, err := app.Ledger.StoreMonth(t.Context(), b.id, b.store("shoes"), since, to)
		require.NoError(t, err)
		assert.Equal(t, map[ledger.Group]ledger.Sum{
			ledger.GroupReferral:        {Count: 1, Amount: 200},
			ledger.GroupReferralPending: {Count: 1, Amount: 200},
			ledger.GroupCommissionIn:    {Count: 1, Amount: 172},
			ledger.GroupCommissionOut:   {Count: 1, Amount: 106},
			ledger.GroupCouponIn:        {Count: 1, Amount: 600},
			ledger.GroupCouponOut:       {Count: 1, Amount: 300},
			ledger.GroupPointsIssued:    {Count: 1, Amount: 53},
			ledger.GroupPointsHonoured:  {Count: 1, Amount: 30},
		}, m.Groups)
		assert.EqualValues(t, 972, m.Earned)
		assert.EqualValues(t, 406, m.Owed)
		assert.EqualValues(t, 566, m.Net)
		assert.Equal(t, ledger.Sum{Count: 1, Amount: 200}, m.Pending)
		assert.True(t, m.Balanced)

		before, err := app.Ledger.StoreMonth(t.Context(), b.id, b.store("shoes"), since.AddDate(0, -1, 0), since)
		require.NoError(t, err)
		assert.Equal(t, ledger.Sum{Count: 1, Amount: 200}, before.Pending, "at the end of September p1 was still open")
		assert.EqualValues(t, 9999, before.Net)

		empty, err := app.Ledger.StoreMonth(t.Context(), app.Other.Alliance.ID, b.store("shoes"), since, to)
		require.NoError(t, err)
		assert.Zero(t, empty.Net, "another street knows nothing of it")
	})
}

func (b books) lines(store, kind, cursor string, limit int, since, to time.Time) ([]ledger.Line, string) {
	b.t.Helper()
	lines, next, err := b.app.Ledger.StoreLines(b.t.Context(), ledger.LinesOf{
		Alliance: b.id, Store: b.store(store), Span: ledger.Span{Since: since, To: to}, Kind: kind, Cursor: cursor, Limit: limit,
	})
	require.NoError(b.t, err)
	return lines, next
}

func references(lines []ledger.Line) (refs []string) {
	for _, l := range lines {
		refs = append(refs, l.Reference)
	}
	return refs
}

func TestAStoreReadsItsLinesNewestFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		since, to := b.october(member)
		lines, next := b.lines("shoes", "", "", 50, since, to)
		assert.Empty(t, next)
		assert.Equal(t, []string{"c3-", "p1+", "pt2", "pt1", "s2", "s1", "c3", "p3", "c2", "p2", "c1"}, references(lines))
		amounts, states := map[string]int64{}, map[string]ledger.State{}
		for _, l := range lines {
			amounts[l.Reference], states[l.Reference] = l.Amount, l.State
		}
		assert.Equal(t, map[string]int64{"c3-": -66, "p1+": 200, "pt2": 30, "pt1": -53, "s2": -300, "s1": 600, "c3": 66, "p3": 200, "c2": -106, "p2": 200, "c1": 172}, amounts)
		for ref, state := range map[string]ledger.State{"c3": ledger.StateReversed, "c3-": ledger.StatePosted, "p1+": ledger.StatePosted, "p2": ledger.StatePending, "p3": ledger.StateVoided} {
			assert.Equal(t, state, states[ref], ref)
		}
		assert.Equal(t, models.StoreFen(b.store("books")), lines[4].Other)
		assert.Equal(t, models.FundFen(), lines[1].Other, "the alliance itself has no id of its own")
		assert.Equal(t, models.MemberPoints(member), lines[2].Other)

		var paged []string
		for cursor := ""; ; {
			page, next := b.lines("shoes", "", cursor, 2, since, to)
			paged = append(paged, references(page)...)
			if cursor = next; cursor == "" {
				break
			}
		}
		assert.Equal(t, references(lines), paged)
	})
}

func TestLinesAreNarrowedByGroup(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		since, to := b.october(member)
		for kind, want := range map[string][]string{
			"referral": {"p1+"}, "referral_pending": {"p3", "p2"}, "commission": {"c3-", "c3", "c2", "c1"}, "commission_in": {"c3-", "c3", "c1"},
			"commission_out": {"c2"}, "coupon": {"s2", "s1"}, "coupon_in": {"s1"}, "coupon_out": {"s2"}, "points": {"pt2", "pt1"},
			"points_issued": {"pt1"}, "points_honoured": {"pt2"},
		} {
			lines, _ := b.lines("shoes", kind, "", 50, since, to)
			assert.Equal(t, want, references(lines), kind)
			for _, l := range lines {
				if kind == string(ledger.GroupCommissionIn) {
					assert.Equal(t, ledger.GroupCommissionIn, l.Group, "a reversal stays in its group")
				}
			}
		}
		_, _, err := app.Ledger.StoreLines(t.Context(), ledger.LinesOf{Alliance: b.id, Store: b.store("shoes"), Kind: "cats", Limit: 5})
		assert.ErrorIs(t, err, ledger.ErrKind)
		_, _, err = app.Ledger.StoreLines(t.Context(), ledger.LinesOf{Alliance: b.id, Store: b.store("shoes"), Cursor: "no cursor", Limit: 5})
		assert.ErrorIs(t, err, web.ErrCursor)
	})
}

func TestTheAlliancesTotalsBalance(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		b.october(member)
		totals, err := app.Ledger.AllianceTotals(t.Context(), b.id)
		require.NoError(t, err)
		moved := int64(9999 + 8888 + 7777 + 172 + 106 + 66 + 66 + 600 + 300 + 200)
		assert.Equal(t, ledger.Totals{
			Pending: ledger.Sum{Count: 1, Amount: 200}, Posted: ledger.Sum{Count: 1, Amount: 200},
			Commission: ledger.Sum{Count: 5, Amount: 9999 + 8888 + 7777 + 172 + 106}, Coupon: ledger.Sum{Count: 2, Amount: 900},
			Debits: moved, Credits: moved, Balanced: true,
		}, totals)
	})
}

func TestAMemberReadsTheirPoints(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		b, member := open(t, app), app.Street.People[testkit.Shopper].Member.ID
		other := app.Street.People[testkit.OtherShopper].Member.ID
		b.mustPost(b.points("shoes", member, "a", 100), b.spend("tea", member, "b", 30), b.points("shoes", other, "c", 7), b.points("tea", member, "d", 5))
		require.NoError(t, b.reverse("d", "d-"))
		b.mustPost(ledger.Entry{Debit: models.IssuerPoints(), Credit: models.MemberPoints(member), Amount: 200, Kind: models.KindPointsReferral, Reference: "e"})
		held := b.spend("tea", member, "f", 50)
		held.Pending = true
		b.mustPost(held)

		points, err := app.Ledger.Points(t.Context(), b.id, member)
		require.NoError(t, err)
		assert.EqualValues(t, 220, points, "what is held is not to spend")
		var got []int64
		var what []string
		for cursor := ""; ; {
			lines, next, err := app.Ledger.MemberLines(t.Context(), b.id, member, cursor, 2)
			require.NoError(t, err)
			for _, l := range lines {
				got, what = append(got, l.Points), append(what, l.What.ZH)
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		assert.Equal(t, []int64{200, -5, 5, -30, 100}, got)
		assert.Equal(t, []string{"请来的街坊买了第一单", "冲回一笔", "买东西得的", "当钱花了", "买东西得的"}, what)
		lines, _, err := app.Ledger.MemberLines(t.Context(), b.id, member, "", 50)
		require.NoError(t, err)
		assert.Equal(t, b.store("tea"), lines[3].Store)
		assert.True(t, lines[0].Store.IsZero())
		none, next, err := app.Ledger.MemberLines(t.Context(), b.id, models.NewID(), "", 50)
		require.NoError(t, err)
		assert.Empty(t, none)
		assert.Empty(t, next)
	})
}
