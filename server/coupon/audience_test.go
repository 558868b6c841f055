package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/web"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

// visits lets a member come to a store.
func (r rig) visits(slug string, m models.Member, at time.Time) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		_, err := r.Relation.Record(tx, relation.Visit{
			Alliance: m.AllianceID, Store: r.StoreID(slug), Member: m.ID, Kind: models.VisitPurchase, Amount: 3000, Reference: models.NewID().String(), At: at,
		})
		return err
	}))
}

// tagged lets a store give a member tags.
func (r rig) tagged(slug string, m models.Member, tags ...string) {
	r.t.Helper()
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		return tx.Model(&models.Relation{}).Where("store_id = ? AND member_id = ?", r.StoreID(slug), m.ID).Updates(models.Relation{Tags: tags}).Error
	}))
}

// born keeps a member's birthday.
func (r rig) born(m models.Member, month, day int) {
	r.t.Helper()
	birthday := body{"birthday": body{"month": month, "day": day}}
	r.AsPerson(testkit.Person{Member: m, Account: models.Account{ID: m.AccountID}}).Put("/me/birthday", birthday).Must(http.StatusOK)
}

func TestWhomACampaignIsFor(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		now, me, other := r.Time.Now(), r.Member(testkit.Shopper), r.Member(testkit.OtherShopper)
		for i := range 5 {
			r.visits("shoes", me, now.AddDate(0, 0, -i))
		}
		r.visits("tea", me, now.AddDate(0, 0, -40))
		r.visits("tea", other, now)
		r.tagged("shoes", me, `老"主顾"`, "50%折")
		r.tagged("tea", other, "茶客")
		r.born(me, 10, 20)
		weak, one, two := models.LevelWeak, int64(1), int64(2)
		for name, c := range map[string]struct {
			audience models.Audience
			me       bool
		}{
			"a regular":               {models.Audience{Level: &weak}, true},
			"tagged":                  {models.Audience{Tags: []string{"别的", `老"主顾"`}}, true},
			"a sign of LIKE in a tag": {models.Audience{Tags: []string{"50%折"}}, true},
			"part of a tag is no tag": {models.Audience{Tags: []string{"主顾", "%"}}, false},
			"another store's tag":     {models.Audience{Tags: []string{"茶客"}}, false},
			"been to the tea house":   {models.Audience{Visits: &models.VisitRule{Store: r.StoreID("tea"), Days: 60, AtLeast: &one}}, true},
			"not so long ago":         {models.Audience{Visits: &models.VisitRule{Store: r.StoreID("tea"), Days: 30, AtLeast: &one}}, false},
			"not often":               {models.Audience{Visits: &models.VisitRule{Store: r.StoreID("tea"), Days: 60, AtLeast: &two}}, false},
			"at most":                 {models.Audience{Visits: &models.VisitRule{Store: r.StoreID("shoes"), Days: 30, AtMost: &two}}, false},
			"a birthday this month":   {models.Audience{Birthday: &models.BirthdayRule{When: models.BirthdayMonth}}, true},
			"three days before it":    {models.Audience{Birthday: &models.BirthdayRule{When: models.BirthdayAround, Days: 3}}, true},
			"not yet":                 {models.Audience{Birthday: &models.BirthdayRule{When: models.BirthdayAround, Days: 2}}, false},
			"joined long ago":         {models.Audience{Joined: 1}, false},
			"wrote":                   {models.Audience{TookPart: 30}, false},
			"all at once":             {models.Audience{Level: &weak, Tags: []string{"50%折"}, Visits: &models.VisitRule{Store: r.StoreID("shoes"), Days: 7, AtLeast: &two}}, true},
			"all at once but one":     {models.Audience{Level: &weak, Tags: []string{"50%折"}, Joined: 1}, false},
			"within a month of it":    {models.Audience{Birthday: &models.BirthdayRule{When: models.BirthdayAround, Days: 30}}, true},
		} {
			require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
				reached, err := r.Coupon.Reached(tx, me.AllianceID, r.StoreID("shoes"), c.audience)
				require.NoError(t, err)
				if c.me {
					assert.Contains(t, reached, me.ID, name)
				} else {
					assert.NotContains(t, reached, me.ID, name)
				}
				in, err := r.Coupon.InAudience(tx, models.Campaign{AllianceID: me.AllianceID, StoreID: r.StoreID("shoes"), Audience: c.audience}, me.ID)
				require.NoError(t, err)
				assert.Equal(t, c.me, in, name)
				if c.audience.Birthday != nil {
					assert.NotContains(t, reached, other.ID, "who told nothing has no birthday")
				}
				return nil
			}))
		}
	})
}

func TestWhoIsNotInvitedIsToldSoAndNothingMore(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.visits("tea", r.Member(testkit.Shopper), r.Time.Now())
		c := r.live(testkit.With(r.tenOff(), body{"stock": 1, "audience": body{"visits": body{"store_id": r.StoreID("tea"), "days": 30, "at_least": 1}}}))
		r.As(testkit.OtherShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_invited")
		v := r.campaign(c.ID, testkit.OtherShopper)
		assert.False(t, v.Claimable.OK)
		assert.Equal(t, "这张券是发给另一些街坊的", v.Claimable.Why)
		assert.Nil(t, v.Audience, "whom it is for is between those who fund it")
		assert.NotNil(t, r.campaign(c.ID, testkit.ClerkOf("tea")).Audience)
		r.Claimed(testkit.Shopper, c)
		r.As(testkit.OtherShopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_invited")
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
		rows[i] = models.CircleMember{CircleID: v.ID, AccountID: p.Account.ID, AllianceID: p.Member.AllianceID, MemberID: p.Member.ID, State: models.CircleMemberIn, At: r.Time.Now()}
	}
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error { return tx.Create(&rows).Error }))
	return v.ID
}

func TestACampaignForACircle(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		people := r.Join(7, "tea")
		own, open := r.circle("shoes", models.CircleInvitation, people[:1]), r.circle("noodles", models.CircleOpen, people)
		closed := r.circle("noodles", models.CircleInvitation, people)
		manager := r.As(testkit.ManagerOf("shoes"))
		about := func(circle models.ID) body { return body{"audience": body{"circle_id": circle}} }
		for name, circle := range map[string]models.ID{"another store's closed one": closed, "none": models.NewID()} {
			refused := manager.Post(r.At("shoes", "/campaigns"), r.alone(about(circle))).Refused(http.StatusUnprocessableEntity, "invalid")
			assert.Contains(t, string(refused.Body), `"pointer":"/audience/circle_id"`, name)
			manager.Post(r.At("shoes", "/audiences/preview"), body{"circle_id": circle}).Refused(http.StatusUnprocessableEntity, "invalid")
		}
		manager.Post(r.At("shoes", "/audiences/preview"), body{"circle_id": open, "tags": []string{"常客"}}).Refused(http.StatusUnprocessableEntity, "invalid")
		var count coupon.AudienceCountView
		manager.Post(r.At("shoes", "/audiences/preview"), body{"circle_id": open}).Must(http.StatusOK).Into(&count)
		assert.Equal(t, coupon.AudienceCountView{Reached: 5, About: true, K: 5}, count, "who is in another's circle it does not know itself")

		c := r.live(r.alone(about(own)))
		r.Street.People[newcomer] = people[0]
		r.Claimed(newcomer, c)
		r.As(testkit.Shopper).Post("/campaigns/"+c.ID.String()+"/claims", nil).Refused(http.StatusConflict, "not_invited")
		v := r.campaign(c.ID, testkit.ManagerOf("shoes"))
		assert.Equal(t, &coupon.AudienceCircle{ID: own, Name: "街坊饭局"}, v.Audience.Circle)
		manager.With("If-Match", `"1"`).Patch(r.At("shoes", "/campaigns/"+c.ID.String()), about(open)).Must(http.StatusOK)
		var versions web.Page[coupon.VersionView]
		manager.In("en").Get("/campaigns/" + c.ID.String() + "/versions").Must(http.StatusOK).Into(&versions)
		require.Len(t, versions.Items, 2)
		assert.Contains(t, versions.Items[0].Changes, "For whom: in the circle “街坊饭局” of "+r.Street.Stores["shoes"].Name+" becomes in the circle “街坊饭局” of "+r.Street.Stores["noodles"].Name)
	})
}

func TestAPreviewCountsAndWithholdsTheFew(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		people := r.Join(13, "shoes")
		for i, p := range people {
			r.visits("shoes", p.Member, r.Time.Now())
			if i < 12 {
				r.visits("tea", p.Member, r.Time.Now())
			}
			if i < 4 {
				r.born(p.Member, 10, 1)
			}
		}
		count := func(audience body) (v coupon.AudienceCountView) {
			r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/audiences/preview"), audience).Must(http.StatusOK).Into(&v)
			return v
		}
		visits := func(slug string) body {
			return body{"visits": body{"store_id": r.StoreID(slug), "days": 30, "at_least": 1}}
		}
		assert.Equal(t, coupon.AudienceCountView{Reached: 13, K: 5}, count(visits("shoes")), "its own guests it may count")
		assert.Equal(t, coupon.AudienceCountView{Reached: 10, About: true, K: 5}, count(visits("tea")), "another store's are rounded down")
		assert.Equal(t, coupon.AudienceCountView{Few: true, About: true, K: 5}, count(body{"birthday": body{"when": "month"}}))
		settings := r.As(testkit.Coordinator)
		settings.With("If-Match", settings.Get("/alliance").Must(http.StatusOK).Header.Get("ETag")).Patch("/alliance", body{"k": 7}).Must(http.StatusOK)
		assert.Equal(t, coupon.AudienceCountView{Reached: 7, About: true, K: 7}, count(visits("tea")), "by the street's own number")
		r.As(testkit.ClerkOf("shoes")).Post(r.At("shoes", "/audiences/preview"), testkit.With(visits("tea"), body{"tags": []string{"常客"}})).
			Refused(http.StatusUnprocessableEntity, "invalid")
	})
}
