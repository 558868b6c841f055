package pool_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
	"onestreet/server/testkit"
)

// The tests here hold rules of docs/referral-rules.md that are decided where people join.

const aDay = 24 * time.Hour

func TestR02_WhatIsScannedAfterJoiningChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		device := visit(t, app, makeLink(t, app, "tea", models.TouchPoster), "")
		phone := testkit.Phone()
		join(t, app, makeLink(t, app, "tea", models.TouchPoster), phone, device)
		visit(t, app, app.Street.Links["noodles"], device)
		app.Time.Advance(aDay)
		body := map[string]any{"phone": phone, "code": codeFor(t, app, phone)}
		app.As(testkit.Visitor).With("Cookie", device).Post("/join/"+app.Street.Links["noodles"].Code, body).Refused(http.StatusConflict, "already_member")
		require.Equal(t, app.Street.Stores["tea"].ID, member(t, app, 4).OriginStoreID, "though the counter would have been stronger")
	})
}

func TestR06_TheLinkAtHandIsATouch(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		join(t, app, app.Street.Links["noodles"], testkit.Phone(), "")
		claims := joinedEvent(t, app).Attribution.Claims
		require.Len(t, claims, 1)
		require.Equal(t, models.TouchCounter, claims[0].Kind)
		require.True(t, claims[0].At.Equal(app.Time.Now()))
		require.Zero(t, countOf(t, app, &models.LinkTouch{}, "alliance_id = ?", app.Street.Alliance.ID), "no device is known by it")
	})
}

func TestR07_TheSameLinkAgainWithinADayIsOneTouch(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		poster, first := makeLink(t, app, "tea", models.TouchPoster), app.Time.Now()
		device := visit(t, app, poster, "")
		app.Time.Advance(aDay - time.Second)
		visit(t, app, poster, device)
		require.EqualValues(t, 1, countOf(t, app, &models.LinkTouch{}, "link_id = ?", poster.ID))
		join(t, app, app.Street.Links["books"], testkit.Phone(), device)
		claims := joinedEvent(t, app).Attribution.Claims
		require.Len(t, claims, 2)
		require.True(t, claims[1].At.Equal(first), "the first moment counts")
		app.Time.Advance(2 * time.Second)
		visit(t, app, poster, device)
		require.EqualValues(t, 2, countOf(t, app, &models.LinkTouch{}, "link_id = ?", poster.ID))
	})
}

func TestR10_ATouchOutlivesItsLink(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		poster := makeLink(t, app, "tea", models.TouchPoster)
		device := visit(t, app, poster, "")
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			return tx.Model(&models.JoinLink{}).Where("id = ?", poster.ID).Update("expires_at", app.Time.Now()).Error
		}))
		app.As(testkit.Visitor).With("Cookie", device).Get("/join/"+poster.Code).Refused(http.StatusGone, "link_expired")
		app.Time.Advance(time.Hour)
		join(t, app, makeLink(t, app, "books", models.TouchPoster), testkit.Phone(), device)
		require.Equal(t, app.Street.Stores["tea"].ID, member(t, app, 4).OriginStoreID, "it was earlier, and good when it was followed")
	})
}

func TestR24_WhoHasLeftInvitesNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		inviter := join(t, app, app.Street.Links["shoes"], testkit.Phone(), "")
		var invite pool.Invite
		asToken(app, inviter.AccessToken).Get("/me/invite").Must(http.StatusOK).Into(&invite)
		device := visit(t, app, models.JoinLink{Code: invite.Code}, "")
		asToken(app, inviter.AccessToken).Post("/me/leave", map[string]any{"confirm": "离开"}).Must(http.StatusNoContent)
		app.As(testkit.Visitor).Get("/join/"+invite.Code).Refused(http.StatusGone, "link_expired")
		join(t, app, makeLink(t, app, "tea", models.TouchPoster), testkit.Phone(), device)
		m := member(t, app, 5)
		require.Equal(t, app.Street.Stores["shoes"].ID, m.OriginStoreID, "the store's claim stands: the link was followed in time")
		require.True(t, m.InviterID.IsZero())
	})
}

func TestR32_ABookEarnsNothingUntilItsPeopleJoin(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		phone := testkit.Phone()
		write(t, app, "tea", upload(app, "tea", "a.csv", []byte("姓名,手机号\n沈姐,"+phone+"\n")))
		app.Drain()
		require.Zero(t, countOf(t, app, &models.Referral{}, "alliance_id = ?", app.Street.Alliance.ID), "invited is not joined")
		join(t, app, app.Street.Links["noodles"], phone, "")
		app.Drain()
		require.EqualValues(t, 1, countOf(t, app, &models.Referral{}, "alliance_id = ? AND store_id = ?", app.Street.Alliance.ID, app.Street.Stores["tea"].ID))
		app.Time.Advance(time.Minute)
		write(t, app, "books", upload(app, "books", "b.csv", []byte("姓名,手机号\n沈姐,"+phone+"\n")))
		app.Drain()
		require.Equal(t, app.Street.Stores["tea"].ID, member(t, app, 4).OriginStoreID, "a book imported after the joining claims nothing")
		require.EqualValues(t, 1, countOf(t, app, &models.Referral{}, "alliance_id = ?", app.Street.Alliance.ID))
	})
}

func TestR30_ADepartedStoreStillReadsItsBooks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		path := "/alliance/stores/" + app.Street.Stores["books"].ID.String()
		reason := map[string]any{"reason": "店主回老家了"}
		for _, who := range []testkit.Persona{testkit.OwnerOf("books"), testkit.ManagerOf("shoes"), testkit.Shopper} {
			app.As(who).Post(path+"/let-go", reason).Refused(http.StatusForbidden, "forbidden")
		}
		app.As(testkit.OtherCoordinator).Post(path+"/let-go", reason).Refused(http.StatusNotFound, "not_found")
		coordinator := app.As(testkit.Coordinator)
		coordinator.Post(path+"/let-go", map[string]any{"reason": ""}).Refused(http.StatusUnprocessableEntity, "invalid")
		var page pool.StorePage
		coordinator.Post(path+"/let-go", reason).Must(http.StatusOK).Into(&page)
		require.Equal(t, models.StoreLeft, page.Status)
		coordinator.Post(path+"/let-go", map[string]any{"reason": "又一次"}).Must(http.StatusOK)
		require.EqualValues(t, 1, countOf(t, app, &models.Store{}, "alliance_id = ? AND suspend_reason = ?", app.Street.Alliance.ID, "店主回老家了"), "twice is once")
		coordinator.Post(path+"/suspend", reason).Refused(http.StatusConflict, "store_left")

		require.Len(t, street(app, "").Stores, 3)
		owner := app.As(testkit.OwnerOf("books"))
		owner.Get(store("/ledger", app, "books")).Must(http.StatusOK)
		owner.Get(store("/ledger/lines", app, "books")).Must(http.StatusOK)
		owner.Post(store("/join-links", app, "books"), map[string]any{"kind": "poster", "label": "x"}).Refused(http.StatusConflict, "store_suspended")
		app.As(testkit.Visitor).Get("/join/"+app.Street.Links["books"].Code).Refused(http.StatusGone, "link_suspended")

		coordinator.Post(path+"/admit", nil).Must(http.StatusOK)
		require.Len(t, street(app, "").Stores, 4)
		app.As(testkit.Visitor).Get("/join/" + app.Street.Links["books"].Code).Must(http.StatusOK)
	})
}
