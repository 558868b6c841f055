package notify_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/notify"
	"onestreet/server/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// Sunday is a day after every test begins: 14:30 in the street.
var Sunday = testkit.Noon.Add(28 * time.Hour)

func inbox(app *testkit.App, as testkit.Persona) notify.InboxView {
	var page notify.InboxView
	app.As(as).Get("/me/inbox").Must(http.StatusOK).Into(&page)
	return page
}

// emit records a domain event as the feature it belongs to does, and carries out everything that follows.
func emit(t *testing.T, app *testkit.App, kind string, payload any) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
		return app.Outbox.Add(tx, app.Street.Alliance.ID, kind, payload)
	}))
	app.Drain()
}

func store(t *testing.T, app *testkit.App, row any) {
	t.Helper()
	require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error { return tx.Create(row).Error }))
}

func member(app *testkit.App, who testkit.Persona) models.Member {
	return app.Street.People[who].Member
}

func shop(app *testkit.App, slug string) models.Store { return app.Street.Stores[slug] }

// desk is what stands on a store's desk, in a language.
func desk(t *testing.T, app *testkit.App, slug, locale string) []notify.DeskLine {
	t.Helper()
	lines, err := app.Notify.DeskLines(app.Ctx(), app.Street.Alliance.ID, shop(app, slug).ID, testkit.Noon.Add(-time.Hour), 20, locale)
	require.NoError(t, err)
	return lines
}

// items is what was added to a member's stream.
func items(t *testing.T, app *testkit.App, who testkit.Persona) []models.StreamItem {
	t.Helper()
	list, err := app.Streams.Since(app.Ctx(), app.Street.Alliance.ID, notify.Inbox(member(app, who).ID), 0, 100)
	require.NoError(t, err)
	return list
}

// tasting is an event of the tea house on Sunday.
func tasting(t *testing.T, app *testkit.App, capacity int) (event, occurrence models.ID) {
	t.Helper()
	var e struct {
		ID          models.ID
		Occurrences []struct{ ID models.ID }
	}
	app.As(testkit.ManagerOf("tea")).Post("/stores/"+shop(app, "tea").ID.String()+"/events", map[string]any{
		"title": "认一认秋天的茶", "place": "二楼", "capacity": capacity, "starts_at": Sunday, "ends_at": Sunday.Add(90 * time.Minute),
	}).Must(http.StatusCreated).Into(&e)
	return e.ID, e.Occurrences[0].ID
}

// campaign is a live one of the shoe shop, whose coupons take ten yuan off; the noodle shop carries three tenths.
func campaign(t *testing.T, app *testkit.App) models.Campaign {
	t.Helper()
	now := app.Time.Now()
	c := models.Campaign{
		ID: models.NewID(), AllianceID: app.Street.Alliance.ID, StoreID: shop(app, "shoes").ID, Title: "街坊券",
		Offer: models.Offer{Kind: models.CouponAmount, Off: 1000, MinSpend: 5000}, Validity: models.Validity{ValidDays: 30},
		Stock: 100, Remaining: 100, PerMember: 5, ClaimFrom: now, ClaimUntil: now.Add(240 * time.Hour), State: models.CampaignLive,
		Version: 1, CreatedAt: now,
	}
	store(t, app, &c)
	shares, ok := c.Shares([]models.Partner{{StoreID: shop(app, "noodles").ID, ShareBPS: 3000}})
	require.True(t, ok)
	store(t, app, &shares)
	return c
}

var copies int64

// coupon is a member's copy that ends at a time.
func coupon(t *testing.T, app *testkit.App, c models.Campaign, who testkit.Persona, until time.Time) models.Coupon {
	t.Helper()
	copies++
	copied := models.Coupon{
		ID: models.NewID(), AllianceID: c.AllianceID, CampaignID: c.ID, Version: 1, MemberID: member(app, who).ID, Number: copies,
		Code: models.NewID().String()[24:], State: models.CouponUsable, ValidFrom: app.Time.Now(), ValidUntil: until, ClaimedAt: app.Time.Now(),
	}
	store(t, app, &copied)
	return copied
}
