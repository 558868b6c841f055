package till_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

func TestATillHoldsAPartOfWhatIsFree(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(50, nil)
		p := r.registered("noodles", 0)
		assert.Equal(t, int64(10), p.holds(c), "a fifth")
		assert.Equal(t, int64(10), p.holds(c), "and no more by asking again")
		assert.Equal(t, int64(8), r.registered("tea", 0).holds(c), "a fifth of the rest")
		require.NoError(t, p.allot(c, 30))
		assert.Equal(t, int64(30), p.holds(c), "the manager's number stays")
		require.ErrorIs(t, p.allot(c, 43), coupon.ErrNothingFree)
		require.NoError(t, p.allot(c, 42))
		require.NoError(t, p.allot(c, 0))
		assert.Equal(t, int64(8), r.stock(c).Allotted, "it is given back")
		require.NoError(t, p.allot(c, till.HouseRule))
		assert.Equal(t, int64(8), p.holds(c), "a fifth of 42")
		nobody := coupon.CampaignView{ID: models.NewID()}
		require.ErrorIs(t, p.allot(nobody, 1), till.ErrNotTaken)
	})
}

func TestTheLastPiecesAreSetAsideOnlyWhenAManagerSaysSo(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(2, nil)
		p := r.registered("noodles", 0)
		assert.Zero(t, p.holds(c))
		mine, hers := r.claimed(testkit.Shopper, c), r.claimed(testkit.OtherShopper, c)
		require.NoError(t, p.allot(c, 2))
		require.ErrorIs(t, r.online("tea", mine), coupon.ErrSetAside)
		r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/redemptions/preview"), body{"code": r.CodeOf(mine.member), "coupon_id": mine.ID, "bill": testkit.Yuan(6800)}).Must(http.StatusConflict)
		p.take(hers.OfflineToken, 6800, 1000)
		require.Equal(t, booked, p.synced()[0].Outcome)
		require.NoError(t, p.allot(c, 0))
		require.NoError(t, r.online("tea", mine))
	})
}

func TestAnAllotmentEndsWithTheDayAndGoesBackADayLater(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		copies := r.crowdClaims(2, c)
		p.take(copies[0].OfflineToken, 6800, 1000)
		views, err := r.Till.Tills(r.Ctx(), r.Street.Alliance.ID, r.StoreID("noodles"))
		require.NoError(t, err)
		assert.Equal(t, time.Date(2026, 10, 17, 15, 59, 59, 0, time.UTC), *views[0].Until, "the end of the street's day")
		r.Time.Advance(37 * time.Hour)
		require.NoError(t, r.Till.ReturnOverdue(r.Ctx()))
		assert.Equal(t, int64(20), r.stock(c).Allotted)
		r.Time.Advance(time.Hour)
		require.NoError(t, r.Till.ReturnOverdue(r.Ctx()))
		assert.Zero(t, r.stock(c).Allotted)
		assert.Equal(t, booked, p.synced()[0].Outcome, "what comes late is taken while something is free")
	})
}

func TestLateLinesFindNothingFree(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(2, nil)
		p, other := r.registered("noodles", 0), r.registered("tea", 0)
		require.NoError(t, p.allot(c, 1))
		mine := r.claimed(testkit.Shopper, c)
		p.take(mine.OfflineToken, 6800, 1000)
		require.NoError(t, p.allot(c, 0))
		require.NoError(t, other.allot(c, 2))
		e := p.synced()[0]
		assert.Equal(t, refused, e.Outcome)
		assert.Equal(t, "set_aside", e.Code)
		var still models.Coupon
		require.NoError(t, r.DB.Read(r.Ctx()).Where("id = ?", mine.ID).Take(&still).Error)
		assert.Equal(t, models.CouponUsable, still.State, "nothing of it was written")
	})
}

func TestReversingGivesThePieceBack(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		p.take(r.claimed(testkit.Shopper, c).OfflineToken, 6800, 1000)
		e := p.synced()[0]
		require.Equal(t, int64(1), r.stock(c).Redeemed)
		_, err := r.Coupon.Reverse(r.Ctx(), r.staff("noodles"), e.RedemptionID, "点错了")
		require.NoError(t, err)
		assert.Zero(t, r.stock(c).Redeemed)
	})
}

func TestManyTillsAskAtOnce(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(60, nil)
		var phones []*phone
		for range 8 {
			phones = append(phones, r.registered("noodles", 0))
		}
		testkit.Crowd(64, func(i int) error { return phones[i%8].allot(c, int64(i%4)*10) })
		k := r.stock(c)
		assert.LessOrEqual(t, k.Allotted+k.Redeemed, int64(60))
	})
}

func TestAStoreHasSoManyTillsInUse(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		var last *phone
		for range 20 {
			last = r.registered("noodles", 0)
		}
		more := &phone{rig: r, slug: "noodles"}
		more.register().Refused(http.StatusConflict, "too_many_tills")
		r.As(testkit.ManagerOf("noodles")).Delete(r.At("noodles", "/tills/"+last.id.String())).Must(http.StatusOK)
		more.register().Must(http.StatusCreated)
	})
}

func TestWhatIsNoTill(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		for _, c := range map[string]struct {
			send body
			code string
		}{
			"no key":  {body{"name": "前台", "public_key": "AAAA"}, "till_key"},
			"no text": {body{"name": "前台", "public_key": "§"}, "till_key"},
			"no name": {body{"name": "  ", "public_key": "AAAA"}, "till_name"},
			"a novel": {body{"name": strings.Repeat("台", 21), "public_key": "AAAA"}, "till_name"},
		} {
			c.send["device_time"] = r.Time.Now()
			r.As(testkit.ManagerOf("noodles")).Post(r.At("noodles", "/tills"), c.send).Refused(http.StatusUnprocessableEntity, c.code)
		}
	})
}

func TestTheAuditNamesWhatWasBentByHand(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		r := rig{app, t}
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		copies := r.crowdClaims(2, c)
		p.take(copies[0].OfflineToken, 6800, 1000)
		e := p.synced()[0]
		_, err := r.Coupon.Void(r.Ctx(), r.staff("shoes"), copies[1].ID, "印错了")
		require.NoError(t, err)
		r.booksHold()
		for _, bent := range []struct {
			check    string
			do, undo string
			id       models.ID
		}{
			{"coupon.set_aside", "UPDATE campaign_stocks SET redeemed = redeemed - 1 WHERE campaign_id = ?", "UPDATE campaign_stocks SET redeemed = redeemed + 1 WHERE campaign_id = ?", c.ID},
			{"till.allotments", "UPDATE till_allotments SET used = used + 1 WHERE campaign_id = ?", "UPDATE till_allotments SET used = used - 1 WHERE campaign_id = ?", c.ID},
			{"till.log", "UPDATE tills SET last_seq = last_seq + 1 WHERE id = ?", "UPDATE tills SET last_seq = last_seq - 1 WHERE id = ?", p.id},
			{"till.log", "UPDATE till_entries SET outcome = 'booked', redemption_id = till_id WHERE till_id = ?", "", p.id},
			{"coupon.voids", "UPDATE coupons SET state = 'usable' WHERE id = ?", "UPDATE coupons SET state = 'void' WHERE id = ?", copies[1].ID},
		} {
			r.exec(bent.do, bent.id)
			report, err := r.Ledger.Audit().Street(r.Ctx(), r.Street.Alliance.ID)
			require.NoError(t, err)
			require.NotNil(t, report.Finding, bent.check)
			assert.Equal(t, bent.check, report.Finding.Check)
			if bent.undo != "" {
				r.exec(bent.undo, bent.id)
			} else {
				require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
					return tx.Model(&models.TillEntry{}).Where("till_id = ?", p.id).Update("redemption_id", e.RedemptionID).Error
				}))
			}
		}
		r.booksHold()
		require.Error(t, r.DB.Tx(context.Background(), func(tx *gorm.DB) error {
			return tx.Exec("UPDATE campaign_stocks SET allotted = capacity + 1 WHERE campaign_id = ?", c.ID).Error
		}), "the database itself holds the stock")
	})
}

func (r rig) exec(sql string, id models.ID) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error { return tx.Exec(sql, id).Error }))
}

func TestAManagerSeesAndSetsWhatATillHasSetAside(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		path := r.At("noodles", "/tills/"+p.id.String()+"/allotments")
		var page web.Page[till.AllotmentView]
		r.As(testkit.ManagerOf("noodles")).Get(path).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		assert.Equal(t, int64(20), page.Items[0].Open)
		assert.Nil(t, page.Items[0].Wanted, "the house rule says")
		r.As(testkit.ManagerOf("noodles")).Put(path+"/"+c.ID.String(), body{"count": 7}).Must(http.StatusOK)
		r.As(testkit.ManagerOf("noodles")).Get(path).Must(http.StatusOK).Into(&page)
		assert.Equal(t, []int64{7, 7}, []int64{page.Items[0].Open, *page.Items[0].Wanted})
		r.As(testkit.ClerkOf("noodles")).Get(path).Refused(http.StatusForbidden, "forbidden")
		r.As(testkit.ManagerOf("tea")).Get(r.At("tea", "/tills/"+p.id.String()+"/allotments")).Refused(http.StatusNotFound, "not_found")
	})
}
