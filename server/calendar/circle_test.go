package calendar_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/testkit"
)

// circleOf starts a circle of a store; its owner keeps it.
func circleOf(app *testkit.App, slug, name string, access models.CircleAccess) models.ID {
	var made struct {
		ID models.ID `json:"id"`
	}
	app.As(testkit.OwnerOf(slug)).Post("/circles", body{"name": name, "access": access, "store_id": app.Street.Stores[slug].ID}).Must(http.StatusCreated).Into(&made)
	return made.ID
}

func meIn(circle models.ID) string { return "/circles/" + circle.String() + "/me" }

func seen(app *testkit.App, who testkit.Persona, o calendar.OccurrenceView) calendar.OccurrenceView {
	var v calendar.OccurrenceView
	app.As(who).Get("/occurrences/" + o.ID.String()).Must(http.StatusOK).Into(&v)
	return v
}

// TestWhoIsInTheCircleComes: join and one may; leave, and what one has stays, but nothing new is given.
func TestWhoIsInTheCircleComes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		open := circleOf(app, "tea", "茶桌", models.CircleOpen)
		e := tasting(app, 3)
		o, in := e.Occurrences[0], body{"who": "circle", "circle_id": open, "waiting_places": 5}
		asks(app, e, in)

		shown := seen(app, testkit.Shopper, o)
		require.Equal(t, &calendar.AskedCircle{ID: open, Name: "茶桌", Access: models.CircleOpen, State: calendar.AskedOutside}, shown.Circle)
		require.Equal(t, "茶桌", seen(app, testkit.Visitor, o).Circle.Name, "everybody may know of an open circle")
		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")
		app.As(testkit.Shopper).Post(signUps(o), body{"wait": true}).Refused(http.StatusConflict, "circle_only")
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper} {
			app.As(who).Put(meIn(open), nil).Must(http.StatusOK)
		}
		require.Equal(t, calendar.AskedInside, seen(app, testkit.Shopper, o).Circle.State)
		app.As(testkit.Shopper).Post(signUps(o), body{"companions": 2}).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), body{"wait": true}).Must(http.StatusCreated)

		// Both leave the circle: the places stay, and so does the turn.
		for _, who := range []testkit.Persona{testkit.Shopper, testkit.OtherShopper} {
			app.As(who).Delete(meIn(open)).Must(http.StatusNoContent)
		}
		require.Equal(t, models.SignedUp, seen(app, testkit.Shopper, o).Mine.State)
		app.As(testkit.Shopper).Delete(signUps(o)).Must(http.StatusOK)
		app.As(testkit.OtherShopper).Post(signUps(o)+"/offer", nil).Must(http.StatusCreated)
		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")

		// At the door the staff decide, and are told.
		third := app.Street.People[testkit.ThirdShopper].Member
		var came calendar.CheckInView
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"code": app.CodeOf(third)}).Must(http.StatusCreated).Into(&came)
		assert.Equal(t, "circle_only", came.Guest.Unasked)
		came = calendar.CheckInView{}
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": app.Street.People[testkit.OtherShopper].Member.ID}).Must(http.StatusCreated).Into(&came)
		assert.Empty(t, came.Guest.Unasked, "who has a place was asked")
		booksHold(t, app)
	})
}

// TestWhoKeepsTheCircleComesToo: its moderator is in it without being a member of the street's pool at first; a manager of its store
// need not be in it.
func TestWhoKeepsTheCircleComesToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		closed := circleOf(app, "tea", "老茶客", models.CircleInvitation)
		e := tasting(app, 5)
		o := e.Occurrences[0]
		asks(app, e, body{"who": "circle", "circle_id": closed})
		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			me := app.Street.People[testkit.Shopper].Member
			return tx.Create(&models.Grant{
				ID: models.NewID(), AllianceID: me.AllianceID, AccountID: me.AccountID, Scope: "store:" + app.Street.Stores["tea"].ID.String(),
				Role: models.RoleManager, StoreID: app.Street.Stores["tea"].ID, CreatedAt: app.Time.Now(),
			}).Error
		}))
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")
	})
}

// TestAClosedCircleIsNotNamed: not to who may not know of it, and nowhere where everybody reads.
func TestAClosedCircleIsNotNamed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		closed := circleOf(app, "tea", "老茶客", models.CircleInvitation)
		e := tasting(app, 5)
		o := e.Occurrences[0]
		asks(app, e, body{"who": "circle", "circle_id": closed})
		app.Drain()

		at := "/occurrences/" + o.ID.String()
		for _, who := range []testkit.Persona{testkit.Visitor, testkit.Shopper, testkit.ManagerOf("noodles")} {
			for _, path := range []string{at, at + "/event.ics", "/calendar.ics", "/calendar?month=2026-10", "/calendar/agenda", "/feeds/street/posts"} {
				said := string(app.As(who).Get(path).Must(http.StatusOK).Body)
				assert.Contains(t, said, "认一认秋天的茶", path)
				assert.NotContains(t, said, "老茶客", path)
				assert.NotContains(t, said, closed.String(), path)
			}
			require.Equal(t, &calendar.AskedCircle{State: calendar.AskedUnknown}, seen(app, who, o).Circle)
		}
		title, head, err := app.Calendar.PageHead(app.Ctx(), "/calendar/"+o.ID.String())
		require.NoError(t, err)
		assert.NotContains(t, title+head, "老茶客")
		refused := app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")
		assert.NotContains(t, string(refused.Body), "老茶客")

		require.Equal(t, "老茶客", seen(app, testkit.ClerkOf("tea"), o).Circle.Name, "the host's staff know whom they ask")
		me := app.Street.People[testkit.Shopper].Member.ID.String()
		app.As(testkit.OwnerOf("tea")).Put("/circles/"+closed.String()+"/members/"+me, body{}).Must(http.StatusOK)
		require.Equal(t, "老茶客", seen(app, testkit.Shopper, o).Circle.Name, "who is invited to it")
		app.As(testkit.Shopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_only")
		app.As(testkit.Shopper).Put(meIn(closed), nil).Must(http.StatusOK)
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.Drain()

		// The circle is no more: the event can be read, and says so.
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			if err := tx.Where("circle_id = ?", closed).Delete(&models.CircleMember{}).Error; err != nil {
				return err
			}
			return tx.Where("id = ?", closed).Delete(&models.Circle{}).Error
		}))
		require.Equal(t, &calendar.AskedCircle{State: calendar.AskedGone}, seen(app, testkit.Shopper, o).Circle)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Refused(http.StatusConflict, "circle_gone")
		app.As(testkit.Shopper).Delete(signUps(o)).Must(http.StatusOK)
	})
}

func TestAHostAsksItsOwnCircleOrAnOpenOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		theirs, theirOpen := circleOf(app, "noodles", "老汤桌", models.CircleInvitation), circleOf(app, "noodles", "面食圈", models.CircleOpen)
		var ofStreet struct {
			ID models.ID `json:"id"`
		}
		app.As(testkit.Coordinator).Post("/circles", body{"name": "夜里走一圈", "access": models.CircleInvitation}).Must(http.StatusCreated).Into(&ofStreet)
		e, fair := tasting(app, 5), templeFair(app)
		terms := body{
			"per_member": 1, "waiting_places": 0, "offer_minutes": 60, "cancel_hours": 0, "who": "circle", "level": "none", "no_shows": 0, "fee": "free",
			"points": 0, "price": 0, "questions": []body{},
		}
		shop, street := tea(app, "/events/"+e.ID.String()+"/terms"), atStreet(app, "/events/"+fair.ID.String()+"/terms")
		owner, coordinator := app.As(testkit.OwnerOf("tea")), app.As(testkit.Coordinator)
		assert.Contains(t, string(owner.Put(shop, terms).Refused(http.StatusUnprocessableEntity, "invalid").Body), "/circle_id")
		for name, id := range map[string]models.ID{"another store's closed one": theirs, "the street's closed one": ofStreet.ID, "none at all": models.NewID()} {
			refused := owner.Put(shop, terms.with("circle_id", id)).Refused(http.StatusUnprocessableEntity, "circle_unknown")
			assert.Contains(t, string(refused.Body), "/circle_id", name)
		}
		var kept calendar.TermsView
		owner.Put(shop, terms.with("circle_id", theirOpen)).Must(http.StatusOK).Into(&kept)
		assert.Equal(t, theirOpen, kept.Circle)
		owner.Put(shop, terms.with("who", "members").with("circle_id", theirOpen)).Must(http.StatusOK)
		assert.Nil(t, seen(app, testkit.Shopper, e.Occurrences[0]).Circle)

		coordinator.Put(street, terms.with("circle_id", theirs)).Refused(http.StatusUnprocessableEntity, "circle_unknown")
		coordinator.Put(street, terms.with("circle_id", ofStreet.ID)).Must(http.StatusOK)
		require.Equal(t, "夜里走一圈", seen(app, testkit.Coordinator, fair.Occurrences[0]).Circle.Name)
		app.As(testkit.Shopper).Post(signUps(fair.Occurrences[0]), nil).Refused(http.StatusConflict, "circle_only")
	})
}

// TestLeavingTheCircleRacesWithSigningUp: each either came before leaving and keeps the place, or is told; never both.
func TestLeavingTheCircleRacesWithSigningUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		const crowd = 30
		open := circleOf(app, "tea", "茶桌", models.CircleOpen)
		e := tasting(app, crowd)
		asks(app, e, body{"who": "circle", "circle_id": open})
		o, people := e.Occurrences[0], app.Join(crowd, "tea")
		rows := make([]models.CircleMember, crowd)
		for i, p := range people {
			rows[i] = models.CircleMember{
				CircleID: open, AccountID: p.Member.AccountID, AllianceID: p.Member.AllianceID, MemberID: p.Member.ID, State: models.CircleMemberIn, At: app.Time.Now(),
			}
		}
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error { return tx.Create(&rows).Error }))
		errs := testkit.Crowd(2*crowd, func(i int) error {
			if who := people[i/2]; i%2 == 0 {
				return signUp(app, who.Member.AllianceID, who.Member.ID, o.ID)
			}
			return app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				return tx.Where("circle_id = ? AND account_id = ?", open, people[i/2].Member.AccountID).Delete(&models.CircleMember{}).Error
			})
		})
		inTheBooks(t, app, o.ID, successes(t, errs, calendar.ErrOutside)-crowd)
		for _, p := range people {
			err := signUp(app, p.Member.AllianceID, p.Member.ID, o.ID)
			require.True(t, errors.Is(err, calendar.ErrOutside) || errors.Is(err, calendar.ErrSignedUp), "%v", err)
		}
		booksHold(t, app)
	})
}
