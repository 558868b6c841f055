package till_test

import (
	"encoding/base64"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
	"onestreet/server/till"
)

const (
	booked   = models.TillBooked
	conflict = models.TillConflict
	refused  = models.TillRefused
)

func TestWhatATillTookWithoutANetworkComesIntoTheBooks(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		require.Equal(t, int64(20), p.holds(c))
		mine, hers := r.claimed(testkit.Shopper, c), r.claimed(testkit.OtherShopper, c)
		r.Time.Advance(time.Hour)
		taken := r.Time.Now()
		p.take(mine.OfflineToken, 6800, 1000)
		r.Time.Advance(time.Hour)
		p.take(hers.OfflineToken, 5000, 1000)
		r.Time.Advance(time.Hour)

		entries := p.synced()
		require.Equal(t, []models.TillOutcome{booked, booked}, outcomes(entries))
		assert.Equal(t, taken, entries[0].At)
		assert.False(t, entries[0].Wild)
		var out models.Redemption
		require.NoError(t, r.DB.Read(r.Ctx()).Where("id = ?", entries[0].RedemptionID).Take(&out).Error)
		assert.Equal(t, taken, out.At.UTC(), "it stands at its own time")
		assert.Equal(t, int64(1000), out.Off)
		assert.Equal(t, int64(2), r.count(&models.Transfer{}, "redemption_id = ?", out.ID), "two stores owe their shares")
		assert.Equal(t, models.CampaignStock{CampaignID: c.ID, AllianceID: r.Street.Alliance.ID, Capacity: 100, Redeemed: 2, Allotted: 18}, r.stock(c))

		again := p.synced()
		assert.Equal(t, outcomes(entries), outcomes(again))
		assert.Equal(t, entries[1].RedemptionID, again[1].RedemptionID, "a repetition gets the same answer")
		assert.Equal(t, int64(2), r.count(&models.Redemption{}, "campaign_id = ?", c.ID))
	})
}

func TestACouponUsedAtTwoTillsIsFoundAtTheSync(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		first, second := r.registered("noodles", 0), r.registered("tea", 0)
		mine := r.claimed(testkit.Shopper, c)
		first.take(mine.OfflineToken, 6800, 1000)
		r.Time.Advance(10 * time.Minute)
		second.take(mine.OfflineToken, 6800, 1000)
		r.Time.Advance(time.Hour)
		require.Equal(t, []models.TillOutcome{booked}, outcomes(first.synced()))
		e := second.synced()[0]
		assert.Equal(t, conflict, e.Outcome)
		assert.Equal(t, "coupon_used", e.Code)
		assert.Contains(t, e.WhyZH, "10:30 在林家面馆用过", "when and where")
		assert.Equal(t, int64(1000), e.Loss())
		assert.Equal(t, int64(1), r.count(&models.Redemption{}, "coupon_id = ?", mine.ID))
		assert.Equal(t, first.synced()[0].RedemptionID, e.RedemptionID, "the row says which use was first")
		assert.Equal(t, int64(35), r.stock(c).Allotted+r.stock(c).Redeemed, "of 20 and 16 set aside, one is redeemed and one goes back")

		r.Drain()
		assert.Equal(t, int64(1), r.count(&models.DeskNotice{}, "store_id = ? AND kind = ?", r.StoreID("tea"), models.DeskTillUnbooked))
		assert.Zero(t, r.count(&models.DeskNotice{}, "store_id = ? AND kind = ?", r.StoreID("noodles"), models.DeskTillUnbooked))
	})
}

// Two phones without a network hold the whole stock between them, with coupons in common; the street redeems meanwhile.
func TestTillsAndStreetNeverRedeemMoreThanTheStock(t *testing.T) {
	const stock = 120
	for name, swapped := range map[string]bool{"one first": false, "the other first": true} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, r rig) {
				c := r.live(stock, nil)
				copies := r.crowdClaims(stock, c)
				phones := []*phone{r.registered("noodles", 5*time.Minute), r.registered("tea", -5*time.Minute)}
				if swapped {
					phones[0], phones[1] = phones[1], phones[0]
				}
				require.NoError(t, phones[0].allot(c, 40))
				require.NoError(t, phones[1].allot(c, 40))
				require.Equal(t, int64(80), r.stock(c).Allotted)
				for i := range 40 {
					phones[0].take(copies[i].OfflineToken, 6800, 1000)
					phones[1].take(copies[i+20].OfflineToken, 6800, 1000) // twenty are the same
				}
				errs := testkit.Crowd(3*stock, func(i int) error { return r.online([]string{"shoes", "noodles", "tea"}[i%3], copies[i%stock]) })
				ok, full := 0, 0
				for _, err := range errs {
					switch {
					case err == nil:
						ok++
					case errors.Is(err, coupon.ErrSetAside):
						full++
					default:
						require.ErrorIs(t, err, coupon.ErrCouponUsed)
					}
				}
				assert.Equal(t, stock-80, ok, "online, what was not set aside")
				assert.Positive(t, full)
				k := r.stock(c)
				require.Equal(t, int64(stock), k.Redeemed+k.Allotted)

				results := make([][]models.TillEntry, 2)
				testkit.Crowd(2, func(i int) (err error) {
					results[i], err = phones[i].sync()
					return err
				})
				made, lost := 0, 0
				for _, e := range append(results[0], results[1]...) {
					switch e.Outcome {
					case booked:
						made++
					case conflict:
						lost++
					}
				}
				assert.Equal(t, 80, made+lost)
				assert.GreaterOrEqual(t, lost, 20, "the twenty that both took, and what the street took before")
				standing := r.count(&models.Redemption{}, "campaign_id = ? AND state = 'posted'", c.ID)
				assert.Equal(t, int64(ok+made), standing)
				assert.LessOrEqual(t, standing, int64(stock))
				assert.Equal(t, standing, r.count(&models.Coupon{}, "campaign_id = ? AND state = 'used'", c.ID), "one redemption a coupon")
				assert.Equal(t, models.CampaignStock{CampaignID: c.ID, AllianceID: r.Street.Alliance.ID, Capacity: stock, Redeemed: standing}, r.stock(c))
			})
		})
	}
}

func TestAClockFiveMinutesWrongChangesNothing(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, body{"weekdays": []int{6}, "hours": body{"from": "10:00", "to": "12:00"}})
		for _, wrong := range []time.Duration{5 * time.Minute, -5 * time.Minute, 90 * 24 * time.Hour} {
			p := r.registered("noodles", wrong)
			m := r.Join(1, "books")[0].Member
			_, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, m.ID)
			require.NoError(t, err)
			taken := r.Time.Now()
			p.take(r.inWallet(m).OfflineToken, 6800, 1000)
			e := p.synced()[0]
			assert.Equal(t, booked, e.Outcome, "%s: %s", wrong, e.WhyEN)
			assert.Equal(t, taken, e.At)
			assert.False(t, e.Wild)
		}
		late := r.registered("noodles", -5*time.Minute)
		mine := r.claimed(testkit.Shopper, c)
		r.Time.Advance(91 * time.Minute) // 12:01; its own clock says 11:56
		late.take(mine.OfflineToken, 6800, 1000)
		e := late.synced()[0]
		assert.Equal(t, refused, e.Outcome)
		assert.Equal(t, "wrong_hour", e.Code)
	})
}

func TestAClockThatWasSetIsWild(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		mine := r.claimed(testkit.Shopper, c)
		r.Time.Advance(time.Hour)
		p.wrong = -40 * 24 * time.Hour
		p.take(mine.OfflineToken, 6800, 1000)
		e := p.synced()[0]
		assert.True(t, e.Wild)
		assert.Equal(t, booked, e.Outcome, "the shopper is not made to pay for it")
		assert.False(t, e.At.Before(testkit.Noon), "not before the till was one")
		assert.False(t, e.At.After(r.Time.Now()))
	})
}

func TestWhatATillMustNotTakeIsReported(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, body{"valid_days": 1})
		p := r.registered("noodles", 0)
		copies := r.crowdClaims(6, c)
		forged := []byte(copies[0].OfflineToken)
		forged[40] ^= 1
		p.take(string(forged), 6800, 1000)

		require.NoError(t, r.online("tea", copies[1])) // used, taken back: the old copy says an older use
		var used models.Redemption
		require.NoError(t, r.DB.Read(r.Ctx()).Where("coupon_id = ?", copies[1].ID).Take(&used).Error)
		_, err := r.Coupon.Reverse(r.Ctx(), r.staff("tea"), used.ID, "点错了")
		require.NoError(t, err)
		p.take(copies[1].OfflineToken, 6800, 1000)
		p.take(r.inWallet(copies[1].member).OfflineToken, 6800, 1000)

		_, err = r.Coupon.Void(r.Ctx(), r.staff("shoes"), copies[2].ID, "印错了")
		require.NoError(t, err)
		p.take(copies[2].OfflineToken, 6800, 1000)
		p.take(copies[3].OfflineToken, 4999, 0)
		r.Time.Advance(72 * time.Hour)
		p.take(copies[4].OfflineToken, 6800, 1000)

		var codes []string
		for _, e := range p.synced() {
			codes = append(codes, e.Code)
		}
		assert.Equal(t, []string{"token_forged", "token_outdated", "", "coupon_void", "below_minimum", "coupon_expired"}, codes)
		r.Drain()
		assert.Equal(t, int64(5), r.count(&models.DeskNotice{}, "store_id = ? AND kind = ?", r.StoreID("noodles"), models.DeskTillUnbooked), "nothing is lost silently")
	})
}

func TestAnotherStreetsCodeIsForged(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		theirs, err := r.Keys.Signer("coupons of " + r.Other.Alliance.ID.String())
		require.NoError(t, err)
		mine := r.claimed(testkit.Shopper, c)
		p.take(models.CouponToken{Coupon: mine.ID, Campaign: c.ID, Version: 1, Use: 1, Member: mine.member.Number, Until: mine.ValidUntil}.Sign(theirs), 6800, 1000)
		assert.Equal(t, "token_forged", p.synced()[0].Code)
		told := r.As(testkit.ManagerOf("noodles")).Get(r.At("noodles", "/till-entries?unbooked=true")).Must(http.StatusOK)
		assert.NotContains(t, string(told.Body), "coupon_id", "there is no coupon to look at")
	})
}

func TestALogComesInOrderAndWholeAndSigned(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		for _, one := range r.crowdClaims(3, c) {
			p.take(one.OfflineToken, 6800, 1000)
		}
		all := p.log
		p.log = all[1:]
		_, err := p.sync()
		require.ErrorIs(t, err, till.ErrGap)
		changed := all[0]
		changed.Bill = 9900
		p.log = []till.Line{changed}
		_, err = p.sync()
		require.ErrorIs(t, err, till.ErrSignature)
		p.log = all[:2]
		require.Equal(t, []models.TillOutcome{booked, booked}, outcomes(p.synced()))
		changed.Signature = p.sign(changed.TillLine)
		p.log = []till.Line{changed}
		_, err = p.sync()
		require.ErrorIs(t, err, till.ErrDiffers, "what was written once is not written anew")
		p.log = all
		errs := testkit.Crowd(8, func(int) error {
			_, err := p.sync()
			return err
		})
		for _, err := range errs {
			require.NoError(t, err)
		}
		assert.Equal(t, int64(3), r.count(&models.Redemption{}, "campaign_id = ?", c.ID))
		assert.Equal(t, int64(3), r.count(&models.TillEntry{}, "till_id = ?", p.id))
	})
}

func TestARevokedTillsLogIsPutOnRecordAndNotBooked(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		p.take(r.claimed(testkit.Shopper, c).OfflineToken, 6800, 1000)
		r.As(testkit.ClerkOf("noodles")).Delete(r.At("noodles", "/tills/"+p.id.String())).Must(http.StatusForbidden)
		r.As(testkit.ManagerOf("noodles")).Delete(r.At("noodles", "/tills/"+p.id.String())).Must(http.StatusOK)
		assert.Zero(t, r.stock(c).Allotted, "what it held goes back at once")
		e := p.synced()[0]
		assert.Equal(t, refused, e.Outcome)
		assert.Equal(t, "till_revoked", e.Code)
		r.As(testkit.ClerkOf("noodles")).Post(r.At("noodles", "/tills/"+p.id.String()+"/contact"), body{"device_time": r.Time.Now()}).Must(http.StatusGone)
		r.As(testkit.ManagerOf("noodles")).Delete(r.At("noodles", "/tills/"+p.id.String())).Must(http.StatusGone)
	})
}

func TestATillIsItsStoresOwn(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		p := r.registered("noodles", 0)
		for _, path := range []string{"/contact", "/log"} {
			send := body{"device_time": r.Time.Now(), "lines": []body{}}
			if path == "/contact" {
				delete(send, "lines")
			}
			r.As(testkit.ClerkOf("tea")).Post(r.At("tea", "/tills/"+p.id.String()+path), send).Must(http.StatusNotFound)
			r.As(testkit.ClerkOf("tea")).Post(r.At("noodles", "/tills/"+p.id.String()+path), send).Must(http.StatusForbidden)
			r.As(testkit.OtherOwner).Post(r.At("noodles", "/tills/"+p.id.String()+path), send).Must(http.StatusForbidden)
		}
	})
}

func TestALineByHTTP(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(100, nil)
		p := r.registered("noodles", 0)
		p.take(r.claimed(testkit.Shopper, c).OfflineToken, 6800, 990)
		l := p.log[0]
		line := body{
			"seq": 1, "token": l.Token, "bill": testkit.Yuan(l.Bill), "off": testkit.Yuan(l.Off), "by": l.By, "clock": l.Clock.UnixMilli(), "contact": l.Contact.UnixMilli(),
			"since": -1, "signature": base64.StdEncoding.EncodeToString(l.Signature),
		}
		path := r.At("noodles", "/tills/"+p.id.String()+"/log")
		var page struct{ Items []till.TillEntryView }
		r.As(testkit.ClerkOf("noodles")).Post(path, body{"device_time": p.clock(), "lines": []body{line}}).Must(http.StatusOK).Into(&page)
		assert.Equal(t, booked, page.Items[0].Outcome)
		assert.Equal(t, "秋冬街坊券", page.Items[0].Title)
		assert.Equal(t, models.Fen(990), page.Items[0].Off, "what the till took off; the receipt says what the terms do")
		r.As(testkit.ClerkOf("noodles")).Get(r.At("noodles", "/till-entries")).Must(http.StatusOK).Into(&page)
		require.Len(t, page.Items, 1)
		assert.Equal(t, "clerk of noodles", page.Items[0].By)
		for field, value := range map[string]any{"seq": 0, "token": "", "since": -2, "clock": -1, "bill": testkit.Yuan(-1), "by": "x"} {
			bad := body{}
			for k, v := range line {
				bad[k] = v
			}
			bad[field] = value
			r.As(testkit.ClerkOf("noodles")).Post(path, body{"device_time": p.clock(), "lines": []body{bad}}).Must(http.StatusUnprocessableEntity)
		}
	})
}
