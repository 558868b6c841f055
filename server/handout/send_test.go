package handout_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/notify"
	"onestreet/server/testkit"
)

// customers writes members into the shoe shop's book.
func (r rig) customers(people []testkit.Person) {
	r.t.Helper()
	err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		for _, p := range people {
			c := models.Customer{
				ID: models.NewID(), AllianceID: r.alliance(), StoreID: r.StoreID("shoes"), MemberID: p.Member.ID, Name: p.Account.Name,
				PhoneHash: p.Account.PhoneHash, Tags: []string{}, CreatedAt: r.Time.Now(), UpdatedAt: r.Time.Now(),
			}
			if err := tx.Create(&c).Error; err != nil {
				return err
			}
		}
		return nil
	})
	require.NoError(r.t, err)
}

func (r rig) sent(c coupon.CampaignView, to body) handout.SendView {
	r.t.Helper()
	var v handout.SendView
	r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/sends"), to).Must(http.StatusAccepted).Into(&v)
	return v
}

func (r rig) send(c coupon.CampaignView, id models.ID) handout.SendView {
	r.t.Helper()
	var v handout.SendView
	r.As(testkit.ClerkOf("shoes")).Get(r.of(c, "/sends/"+id.String())).Must(http.StatusOK).Into(&v)
	return v
}

func TestASendGivesEveryCustomerOneAndTellsThem(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenTargeted, nil)
		people := r.Join(6, "shoes")
		r.customers(people)
		var reach handout.ReachView
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/sends/preview"), body{"everyone": true}).Must(http.StatusOK).Into(&reach)
		assert.Equal(t, handout.ReachView{Members: 6, Left: 100, K: 5}, reach)
		first := r.sent(c, body{"members": []models.ID{people[0].Member.ID, people[1].Member.ID, r.Member(testkit.OtherShopper).ID}})
		assert.Equal(t, int64(2), first.Total, "who is no customer of the store is left out")
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		all := r.sent(c, body{"everyone": true})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		done := r.send(c, all.ID)
		assert.Equal(t, models.SendDone, done.State)
		assert.Equal(t, []int64{6, 4, 2, 0, 0}, []int64{done.Total, done.Given, done.Had, done.NoneLeft, done.Missed})
		r.Drain()
		var letters int64
		require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.Notice{}).Where("alliance_id = ? AND kind = ?", r.alliance(), models.NoticeCouponSent).Count(&letters).Error)
		assert.Equal(t, int64(6), letters)
		assert.Equal(t, []any{models.SendToEveryone, "店里的所有会员", false}, []any{done.Target, done.To, done.About})
		assert.Equal(t, []any{models.SendToPicked, ""}, []any{first.Target, first.To}, "who was picked is not told again")
	})
}

func TestACouponThatWasSentIsRememberedBeforeItEnds(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c, people := r.live(models.GivenTargeted, nil), r.Join(1, "shoes")
		r.customers(people)
		r.sent(c, body{"everyone": true})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		var sent models.Coupon
		require.NoError(t, r.DB.Read(r.Ctx()).Where("campaign_id = ? AND member_id = ?", c.ID, people[0].Member.ID).Take(&sent).Error)
		reminded := func() int64 {
			require.NoError(t, r.Notify.RemindOfCoupons(r.Ctx()))
			var n int64
			require.NoError(t, r.DB.Read(r.Ctx()).Model(&models.Notice{}).
				Where("alliance_id = ? AND member_id = ? AND kind = ?", r.alliance(), sent.MemberID, models.NoticeCouponExpiring).Count(&n).Error)
			return n
		}
		soon := sent.ValidUntil.Add(-notify.ExpiringWithin).Sub(r.Time.Now())
		r.Time.Advance(soon - time.Second)
		assert.Zero(t, reminded(), "a moment too early")
		r.Time.Advance(time.Second)
		assert.Equal(t, int64(1), reminded())
		assert.Equal(t, int64(1), reminded(), "once")
	})
}

func TestASendThatRunsOutSaysSo(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenTargeted, body{"stock": 3})
		r.customers(r.Join(5, "shoes"))
		s := r.sent(c, body{"everyone": true})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		done := r.send(c, s.ID)
		assert.Equal(t, []int64{3, 2}, []int64{done.Given, done.NoneLeft})
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Post(r.of(c, "/sends/"+s.ID.String()+"/stop"), nil).Refused(http.StatusConflict, "send_ended")
		manager.Post(r.of(c, "/sends"), body{"members": []models.ID{}}).Refused(http.StatusUnprocessableEntity, "nobody_chosen")
		manager.Post(r.of(r.live(models.GivenLink, nil), "/sends"), body{"everyone": true}).Refused(http.StatusConflict, "given_otherwise")
	})
}

func TestAPausedCampaignsSendWaitsAndCanBeStopped(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenTargeted, nil)
		r.customers(r.Join(3, "shoes"))
		s := r.sent(c, body{"everyone": true})
		manager := r.As(testkit.ManagerOf("shoes"))
		manager.Post(r.of(c, "/pause"), nil).Must(http.StatusOK)
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		assert.Equal(t, int64(3), r.send(c, s.ID).Open)
		manager.Post(r.of(c, "/sends/"+s.ID.String()+"/stop"), nil).Must(http.StatusOK)
		manager.Post(r.of(c, "/resume"), nil).Must(http.StatusOK)
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		assert.Empty(t, r.Coupons(c.ID))
		manager.Post(r.of(c, "/pause"), nil).Must(http.StatusOK)
		manager.Post(r.of(c, "/sends"), body{"everyone": true}).Refused(http.StatusConflict, "not_sendable")
	})
}

// The job is cut in the middle, and goes on at two nodes at once: everyone has one in the end, nobody two.
func TestASendIsSafeOnEveryNodeAndAfterACrash(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(models.GivenTargeted, body{"stock": 300, "per_member": 2})
		r.customers(r.Join(230, "shoes"))
		s := r.sent(c, body{"everyone": true})
		cut, stop := context.WithCancel(r.Ctx())
		r.DB.Tx(cut, func(tx *gorm.DB) error { //nolint:errcheck // it is cut off
			require.NoError(t, r.Handout.SendDue(tx.Statement.Context))
			stop()
			return errors.New("the power went")
		})
		assert.Empty(t, r.Coupons(c.ID), "what was not committed did not happen")
		other := r.SecondNode()
		for _, err := range testkit.Crowd(8, func(i int) error {
			return []*handout.Service{r.Handout, other.Handout}[i%2].SendDue(r.Ctx())
		}) {
			require.NoError(t, err)
		}
		assert.Equal(t, int64(230), r.send(c, s.ID).Given)
		rows := r.Coupons(c.ID)
		require.Len(t, rows, 230)
		for _, row := range rows {
			assert.Equal(t, int64(1), row.Number)
		}
	})
}

func TestASendGoesToTheAudienceThatWasSigned(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Join(6, "tea") // joined today
		r.Time.Advance(40 * 24 * 60 * 60 * 1e9)
		recent := r.Join(7, "tea")
		c := r.live(models.GivenTargeted, body{"claim_from": r.Time.Now(), "claim_until": r.Time.Now().AddDate(0, 0, 7), "audience": body{"joined": 30}})
		var reach handout.ReachView
		r.As(testkit.ManagerOf("shoes")).Post(r.of(c, "/sends/preview"), body{"everyone": true}).Must(http.StatusOK).Into(&reach)
		assert.Equal(t, int64(len(recent)), reach.Members)
		s := r.sent(c, body{"everyone": true})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		done := r.send(c, s.ID)
		assert.Equal(t, int64(7), done.Given)
		assert.Equal(t, "签好的那些人：最近 30 天入会的", done.To)
	})
}

func TestASendMayNameAnAudienceInsideWhatWasSigned(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.Join(6, "tea")
		r.Time.Advance(40 * 24 * time.Hour)
		recent := r.Join(7, "tea")
		open := body{"claim_from": r.Time.Now(), "claim_until": r.Time.Now().AddDate(0, 0, 7)}
		c := r.live(models.GivenTargeted, open)
		manager := r.As(testkit.ManagerOf("shoes"))
		preview := func(c coupon.CampaignView, audience body) (reach handout.ReachView) {
			manager.Post(r.of(c, "/sends/preview"), body{"audience": audience}).Must(http.StatusOK).Into(&reach)
			return reach
		}
		assert.Equal(t, handout.ReachView{Members: 7, Left: 100, K: 5}, preview(c, body{"joined": 30}))
		assert.Equal(t, handout.ReachView{Left: 100, Few: true, K: 5}, preview(c, body{"joined": 30, "level": "super"}), "fewer than K, or none: it is not told which")
		manager.Post(r.of(c, "/sends/preview"), body{"audience": body{"tags": []string{"熟客"}, "birthday": body{"when": "month"}}}).Refused(http.StatusUnprocessableEntity, "invalid")
		manager.Post(r.of(c, "/sends"), body{"audience": body{"visits": body{"store_id": r.StoreID("books"), "days": 9, "at_least": 1}}}).Refused(http.StatusUnprocessableEntity, "invalid")
		manager.Post(r.of(c, "/sends"), body{"audience": body{"level": "super"}}).Refused(http.StatusUnprocessableEntity, "nobody_chosen")

		s := r.sent(c, body{"audience": body{"joined": 30}})
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		done := r.send(c, s.ID)
		assert.Equal(t, int64(len(recent)), done.Given)
		assert.Equal(t, []any{models.SendToAudience, "最近 30 天入会的"}, []any{done.Target, done.To})

		signed := r.live(models.GivenTargeted, body{"claim_from": open["claim_from"], "claim_until": open["claim_until"], "audience": body{"joined": 30}})
		assert.Equal(t, int64(7), preview(signed, body{"joined": 366}).Members, "no wider than what the partners signed")
		var told handout.Handing
		r.sent(signed, body{"audience": body{"joined": 366}})
		r.As(testkit.ClerkOf("shoes")).In("en").Get(r.of(signed, "/handing")).Must(http.StatusOK).Into(&told)
		assert.Equal(t, "who joined in the last 366 days; within what was signed: who joined in the last 30 days", told.Sends[0].To)
		r.As(testkit.ManagerOf("tea")).Post(r.of(signed, "/sends/preview"), body{"audience": body{}}).Refused(http.StatusForbidden, "forbidden")
	})
}

// A figure about a circle that another store keeps says who is in it: it is rounded down, before and after.
func TestASendToACircle(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		people := r.Join(7, "tea")
		r.customers(people)
		open, closed := r.circle("noodles", models.CircleOpen, people), r.circle("noodles", models.CircleInvitation, people)
		own := r.circle("shoes", models.CircleInvitation, people[:6])
		c, manager := r.live(models.GivenTargeted, nil), r.As(testkit.ManagerOf("shoes"))
		to := func(circle models.ID) body { return body{"audience": body{"circle_id": circle}} }
		var reach handout.ReachView
		manager.Post(r.of(c, "/sends/preview"), to(open)).Must(http.StatusOK).Into(&reach)
		assert.Equal(t, handout.ReachView{Members: 5, Left: 100, About: true, K: 5}, reach)
		manager.Post(r.of(c, "/sends/preview"), to(own)).Must(http.StatusOK).Into(&reach)
		assert.Equal(t, handout.ReachView{Members: 6, Left: 100, K: 5}, reach, "its own circle it knows itself")
		for _, path := range []string{"/sends/preview", "/sends"} {
			refused := manager.Post(r.of(c, path), to(closed)).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(refused.Body), `"pointer":"/audience/circle_id"`)
		}
		sent := r.sent(c, to(open))
		require.NoError(t, r.Handout.SendDue(r.Ctx()))
		done := r.send(c, sent.ID)
		assert.Equal(t, []any{int64(5), int64(5), true, "在" + r.Street.Stores["noodles"].Name + "的圈子「街坊饭局」里的"}, []any{done.Total, done.Given, done.About, done.To})
	})
}

// circle is one that a store keeps, with some members in it.
func (r rig) circle(slug string, access models.CircleAccess, in []testkit.Person) models.ID {
	r.t.Helper()
	var v struct {
		ID models.ID `json:"id"`
	}
	r.As(testkit.OwnerOf(slug)).Post("/circles", body{"name": "街坊饭局", "access": access, "store_id": r.StoreID(slug)}).Must(http.StatusCreated).Into(&v)
	rows := make([]models.CircleMember, len(in))
	for i, p := range in {
		rows[i] = models.CircleMember{CircleID: v.ID, AccountID: p.Account.ID, AllianceID: r.alliance(), MemberID: p.Member.ID, State: models.CircleMemberIn, At: r.Time.Now()}
	}
	if len(rows) > 0 {
		require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error { return tx.Create(&rows).Error }))
	}
	return v.ID
}
