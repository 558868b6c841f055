package handout_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/handout"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

// on is a campaign that waits for something at a store.
func (r rig) on(kind models.TriggerKind, slug string, more body) coupon.CampaignView {
	trigger := body{"kind": kind, "store_id": r.StoreID(slug)}
	for k, v := range more {
		trigger[k] = v
	}
	changes := body{"trigger": trigger, "per_member": 2}
	if slug != "shoes" {
		changes["partners"] = []body{{"store_id": r.StoreID(slug), "share_bps": 3000}}
	}
	return r.live(models.GivenEvent, changes)
}

// visit records that a member was seen in a store.
func (r rig) visit(who testkit.Persona, slug string, kind models.VisitKind, fen int64) {
	r.t.Helper()
	err := r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		_, err := r.Relation.Record(tx, relation.Visit{
			Alliance: r.alliance(), Store: r.StoreID(slug), Member: r.Member(who).ID, Kind: kind, Amount: fen, Reference: models.NewID().String(),
		})
		return err
	})
	require.NoError(r.t, err)
	r.Drain()
}

func TestWhoDoesWhatACampaignWaitsForIsGivenOne(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		visited, bought := r.on(models.TriggerVisited, "noodles", nil), r.on(models.TriggerBought, "shoes", body{"min": testkit.Yuan(5000)})
		returned, joined := r.on(models.TriggerReturned, "tea", body{"days": 60}), r.on(models.TriggerJoined, "shoes", nil)
		r.visit(testkit.Shopper, "noodles", models.VisitScan, 0)
		r.visit(testkit.Shopper, "books", models.VisitScan, 0)
		assert.Len(t, r.Coupons(visited.ID), 1)
		r.visit(testkit.Shopper, "shoes", models.VisitPurchase, 4999)
		assert.Empty(t, r.Coupons(bought.ID), "a fen is missing")
		r.visit(testkit.Shopper, "shoes", models.VisitPurchase, 5000)
		assert.Len(t, r.Coupons(bought.ID), 1)

		r.joined(r.Street.Links["tea"].Code)
		assert.Empty(t, r.Coupons(joined.ID), "another store brought them in")
		r.joined(r.Street.Links["shoes"].Code)
		assert.Len(t, r.Coupons(joined.ID), 1)
		var h handout.Handing
		r.As(testkit.ClerkOf("shoes")).Get(r.of(bought, "/handing")).Must(http.StatusOK).Into(&h)
		assert.Equal(t, []models.Way{models.WayTrigger}, h.Ways)
		assert.Equal(t, []handout.WayCount{{Way: models.WayTrigger, N: 1}}, h.Counts)

		r.visit(testkit.OtherShopper, "tea", models.VisitScan, 0)
		r.Time.Advance(13 * 24 * time.Hour)
		r.visit(testkit.OtherShopper, "tea", models.VisitScan, 0)
		assert.Empty(t, r.Coupons(returned.ID), "neither the first time nor after thirteen days")
	})
}

func TestWhoComesBackAfterSixtyDaysIsGivenOne(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		r.visit(testkit.OtherShopper, "tea", models.VisitScan, 0)
		r.Time.Advance(60*24*time.Hour - time.Second)
		window := body{"claim_from": r.Time.Now(), "claim_until": r.Time.Now().AddDate(0, 0, 14), "partners": []body{{"store_id": r.StoreID("tea"), "share_bps": 0}}, "trigger": body{"kind": "returned", "store_id": r.StoreID("tea"), "days": 60}}
		c := r.live(models.GivenEvent, window)
		r.visit(testkit.Shopper, "tea", models.VisitScan, 0)
		assert.Empty(t, r.Coupons(c.ID))
		r.Time.Advance(time.Second)
		r.visit(testkit.OtherShopper, "tea", models.VisitScan, 0)
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

func TestACauseGivesOnceAndAMemberNoMoreThanTheLimit(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.on(models.TriggerVisited, "shoes", nil)
		for range 3 {
			r.visit(testkit.Shopper, "shoes", models.VisitScan, 0)
		}
		assert.Len(t, r.Coupons(c.ID), 2, "at most two each")
		r.visit(testkit.OtherShopper, "shoes", models.VisitScan, 0)
		// Whatever forgets that the events were handled gives nothing anew: the cause is the key.
		require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			events := "SELECT id FROM outbox WHERE alliance_id = ? AND kind = 'visit.recorded'"
			if err := tx.Exec("DELETE FROM outbox_handled WHERE handler = 'handout.visit' AND event_id IN ("+events+")", r.alliance()).Error; err != nil {
				return err
			}
			return tx.Exec("UPDATE outbox SET done_at = NULL WHERE alliance_id = ? AND kind = 'visit.recorded'", r.alliance()).Error
		}))
		r.Drain()
		assert.Len(t, r.Coupons(c.ID), 3)
	})
}

func TestACheckInGivesOne(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.on(models.TriggerCheckedIn, "shoes", nil)
		occurrence := models.NewID()
		for range 2 {
			require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
				return r.Outbox.Add(tx, r.alliance(), models.EventCheckInMade, models.CheckInMade{OccurrenceID: occurrence, MemberID: r.Member(testkit.Shopper).ID, StoreID: r.StoreID("shoes")})
			}))
			r.Drain()
		}
		assert.Len(t, r.Coupons(c.ID), 1)
	})
}

func TestATriggerStandsAtAStoreThatSigns(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		post := func(changes body) *testkit.Response {
			terms := body{
				"title": "x", "kind": "amount", "off": testkit.Yuan(1000), "stock": 10, "given": "event", "claim_from": testkit.Noon, "claim_until": testkit.Noon.AddDate(0, 0, 1), "valid_days": 3,
			}
			for k, v := range changes {
				terms[k] = v
			}
			return r.As(testkit.ManagerOf("shoes")).Post(r.At("shoes", "/campaigns"), terms)
		}
		post(nil).Refused(http.StatusUnprocessableEntity, "invalid")
		post(body{"trigger": body{"kind": "visited", "store_id": r.StoreID("tea")}}).Refused(http.StatusUnprocessableEntity, "invalid")
		post(body{"trigger": body{"kind": "visited", "store_id": r.Other.Stores["shoes"].ID}}).Refused(http.StatusUnprocessableEntity, "invalid")
		post(body{"trigger": body{"kind": "returned", "store_id": r.StoreID("shoes")}}).Refused(http.StatusUnprocessableEntity, "invalid")
		post(body{"trigger": body{"kind": "visited", "store_id": r.StoreID("shoes")}}).Must(http.StatusCreated)
	})
}
