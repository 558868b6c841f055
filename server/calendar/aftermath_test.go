package calendar_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/relation"
	"onestreet/server/testkit"
)

func occurrencePath(app *testkit.App, slug string, o calendar.OccurrenceView, rest string) string {
	return app.At(slug, "/occurrences/"+o.ID.String()+rest)
}

func TestStoresHostTogetherOnceTheyHaveAccepted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		e := tasting(app, 20)
		o := e.Occurrences[0]
		me := app.Street.People[testkit.Shopper].Member
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		noodles := app.Street.Stores["noodles"].ID
		hosts := tea(app, "/events/"+e.ID.String()+"/hosts")
		app.As(testkit.ManagerOf("tea")).Put(hosts, body{"store_ids": []models.ID{noodles, app.Other.Stores["shoes"].ID}}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ManagerOf("tea")).Put(hosts, body{"store_ids": []models.ID{noodles}}).Must(http.StatusOK).Into(&e)
		require.Equal(t, models.HostAsked, e.Hosts[0].State)
		app.Drain()
		list := occurrencePath(app, "noodles", o, "/guests")
		app.As(testkit.ClerkOf("noodles")).Get(list).Refused(http.StatusNotFound, "not_found")

		answer := app.At("noodles", "/hostings/"+e.ID.String())
		var asked struct{ Items []calendar.EventView }
		app.As(testkit.ClerkOf("noodles")).Get(app.At("noodles", "/hostings")).Must(http.StatusOK).Into(&asked)
		require.Len(t, asked.Items, 1)
		app.As(testkit.ManagerOf("shoes")).Put(app.At("shoes", "/hostings/"+e.ID.String()), body{"decision": "accept"}).Refused(http.StatusNotFound, "not_found")
		app.As(testkit.ManagerOf("noodles")).Put(answer, body{"decision": "accept"}).Must(http.StatusOK)

		var seen calendar.GuestList
		app.As(testkit.ClerkOf("noodles")).Get(list).Must(http.StatusOK).Into(&seen)
		require.Len(t, seen.Items, 1)
		app.As(testkit.ClerkOf("noodles")).Post(occurrencePath(app, "noodles", o, "/check-ins"), body{"member_id": me.ID}).Must(http.StatusCreated)
		assert.Equal(t, app.Street.Stores["tea"].ID, visits(t, app, me.ID)[0].StoreID, "a visit of the store that made it, whoever stood at the door")
		var shown calendar.OccurrenceView
		app.As(testkit.Visitor).Get("/occurrences/" + o.ID.String() + "?street=" + app.Street.Alliance.Slug).Must(http.StatusOK).Into(&shown)
		require.Len(t, shown.Stores, 2)
		assert.Equal(t, []string{"清和茶馆", "林家面馆"}, []string{shown.Stores[0].Name, shown.Stores[1].Name})
		var own struct{ Items []calendar.EventView }
		app.As(testkit.ClerkOf("noodles")).Get(app.At("noodles", "/events")).Must(http.StatusOK).Into(&own)
		require.Len(t, own.Items, 1)

		for _, s := range []testkit.Scenario{
			{Name: "a store that is no host", As: testkit.ClerkOf("shoes"), Method: "GET", Path: occurrencePath(app, "shoes", o, "/guests"), Status: http.StatusNotFound, Silent: []string{"李桂芳"}},
			{Name: "its results", As: testkit.OwnerOf("shoes"), Method: "GET", Path: occurrencePath(app, "shoes", o, "/results"), Status: http.StatusNotFound},
			{Name: "its thanks", As: testkit.OwnerOf("shoes"), Method: "POST", Path: occurrencePath(app, "shoes", o, "/thanks"), Body: body{"words": "谢"}, Status: http.StatusNotFound},
			{Name: "a host does not call it off", As: testkit.ManagerOf("noodles"), Method: "POST", Path: app.At("noodles", "/events/"+e.ID.String()+"/cancel"), Status: http.StatusNotFound},
			{Name: "nor asks others", As: testkit.ManagerOf("noodles"), Method: "PUT", Path: app.At("noodles", "/events/"+e.ID.String()+"/hosts"), Body: body{"store_ids": []models.ID{}}, Status: http.StatusNotFound},
			{Name: "a clerk does not answer for the store", As: testkit.ClerkOf("noodles"), Method: "PUT", Path: answer, Body: body{"decision": "decline"}, Status: http.StatusForbidden},
			{Name: "not a decision", As: testkit.ManagerOf("noodles"), Method: "PUT", Path: answer, Body: body{"decision": "maybe"}, Status: http.StatusUnprocessableEntity},
		} {
			s.Run(t, app)
		}
		app.As(testkit.ManagerOf("noodles")).Put(answer, body{"decision": "decline"}).Must(http.StatusOK)
		app.As(testkit.ClerkOf("noodles")).Get(list).Refused(http.StatusNotFound, "not_found")
		booksHold(t, app)
	})
}

func TestThanksGoOnceToAllWhoCame(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 20).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		app.As(testkit.OtherShopper).Post(signUps(o), nil).Must(http.StatusCreated)
		thanks := occurrencePath(app, "tea", o, "/thanks")
		words := body{"words": "谢谢来坐坐，下回还这个点"}
		app.As(testkit.ManagerOf("tea")).Post(thanks, words).Refused(http.StatusConflict, "event_not_over")
		app.Time.Set(Sunday.Add(2 * time.Hour))
		app.As(testkit.ManagerOf("tea")).Post(thanks, words).Refused(http.StatusConflict, "nobody_came")
		app.As(testkit.ClerkOf("tea")).Post(checkIns(app, o), body{"member_id": app.Street.People[testkit.Shopper].Member.ID}).Must(http.StatusCreated)
		app.As(testkit.ClerkOf("tea")).Post(thanks, words).Refused(http.StatusForbidden, "forbidden")
		app.As(testkit.ManagerOf("tea")).Post(thanks, body{"words": " "}).Refused(http.StatusUnprocessableEntity, "thanks_words")
		app.As(testkit.ManagerOf("tea")).Post(thanks, words.with("campaign_id", models.NewID())).Refused(http.StatusUnprocessableEntity, "gift_campaign")
		desk := teaDesk(app)
		sent := 0
		for _, err := range testkit.Crowd(8, func(int) error {
			return app.Calendar.Thank(app.Ctx(), desk, o.ID, "谢谢来坐坐，下回还这个点", models.ID{})
		}) {
			if err == nil {
				sent++
				continue
			}
			require.ErrorIs(t, err, calendar.ErrThanked)
		}
		require.Equal(t, 1, sent)
		app.Drain()
		assert.Contains(t, string(app.As(testkit.Shopper).Get("/me/inbox").Must(http.StatusOK).Body), "谢谢来坐坐，下回还这个点")
		assert.NotContains(t, string(app.As(testkit.OtherShopper).Get("/me/inbox").Must(http.StatusOK).Body), "下回还这个点", "who did not come is not thanked")
		var r calendar.Results
		app.As(testkit.ClerkOf("tea")).Get(occurrencePath(app, "tea", o, "/results")).Must(http.StatusOK).Into(&r)
		require.NotNil(t, r.Thanks)
		assert.Equal(t, 1, r.Thanks.Guests)
	})
}

// Sixteen come; eight of them buy at the tea house, and some elsewhere.
func TestResultsAreOfThoseWhoCameAndExposeNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		o := tasting(app, 40).Occurrences[0]
		app.As(testkit.Shopper).Post(signUps(o), nil).Must(http.StatusCreated)
		require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
			_, err := app.Relation.Record(tx, relation.Visit{Alliance: app.Street.Alliance.ID, Store: app.Street.Stores["tea"].ID,
				Member: app.Street.People[testkit.ThirdShopper].Member.ID, Kind: models.VisitScan, Reference: "before"})
			return err
		}))
		app.Time.Set(Sunday.Add(-time.Hour))
		crowd := app.Join(15, "tea")
		app.Time.Set(Sunday.Add(10 * time.Minute))
		came := []models.ID{app.Street.People[testkit.ThirdShopper].Member.ID}
		for _, p := range crowd {
			came = append(came, p.Member.ID)
		}
		for _, id := range came {
			_, _, err := app.Calendar.CheckIn(app.Ctx(), teaDesk(app), calendar.CheckIn{Occurrence: o.ID, Member: id})
			require.NoError(t, err)
		}
		buys := func(slug string, amount int64, who ...models.ID) {
			require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
				for _, id := range who {
					_, err := app.Relation.Record(tx, relation.Visit{Alliance: app.Street.Alliance.ID, Store: app.Street.Stores[slug].ID, Member: id,
						Kind: models.VisitPurchase, Amount: amount, Reference: "buy:" + models.NewID().String()})
					if err != nil {
						return err
					}
				}
				return nil
			}))
		}
		results := func() (r calendar.Results) {
			app.As(testkit.ClerkOf("tea")).Get(occurrencePath(app, "tea", o, "/results")).Must(http.StatusOK).Into(&r)
			return r
		}
		app.Time.Advance(24 * time.Hour)
		buys("tea", 3000, came[:8]...)
		buys("shoes", 5000, came[2:5]...)
		r := results()
		assert.Equal(t, []int{1, 16, 16, 16}, []int{r.SignedUp, r.Came, r.People, r.WalkIns})
		assert.EqualValues(t, []int64{15, 15, 8, 24_000}, []int64{r.FirstHere, r.NewMembers, r.Buyers, r.Sales.Amount})
		assert.True(t, r.Street.Open, "while the week runs nobody watches purchases come in")
		assert.Nil(t, r.Street.Sales)

		buys("shoes", 5000, came[5:9]...)
		app.Time.Set(Sunday.Add(9 * 24 * time.Hour))
		require.NoError(t, app.Calendar.NoteMissed(app.Ctx()))
		buys("tea", 3000, came[9:]...) // after the week: not counted
		r = results()
		assert.Equal(t, 1, r.Missed)
		assert.EqualValues(t, 24_000, r.Sales.Amount)
		assert.Equal(t, models.Few, r.Street.Withheld, "seven bought elsewhere, all at one store: its own figure")
		assert.Nil(t, r.Street.Sales)
	})
}

func TestTheStreetsShareIsToldWhenItIsAboutEnough(t *testing.T) {
	for name, c := range map[string]struct {
		guests int
		why    models.Withheld
	}{"four guests": {4, models.Few}, "five guests at two stores": {5, models.Shown}} {
		t.Run(name, func(t *testing.T) {
			testkit.Each(t, func(t *testing.T, app *testkit.App) {
				o := tasting(app, 40).Occurrences[0]
				app.Time.Set(Sunday)
				for i, p := range app.Join(c.guests, "tea") {
					_, _, err := app.Calendar.CheckIn(app.Ctx(), teaDesk(app), calendar.CheckIn{Occurrence: o.ID, Member: p.Member.ID})
					require.NoError(t, err)
					require.NoError(t, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
						_, err := app.Relation.Record(tx, relation.Visit{Alliance: app.Street.Alliance.ID, Store: app.Street.Stores[[]string{"shoes", "noodles"}[i%2]].ID, Member: p.Member.ID,
							Kind: models.VisitPurchase, Amount: 1000, Reference: "buy:" + models.NewID().String()})
						return err
					}))
				}
				app.Time.Set(Sunday.Add(9 * 24 * time.Hour))
				var r calendar.Results
				app.As(testkit.ClerkOf("tea")).Get(occurrencePath(app, "tea", o, "/results")).Must(http.StatusOK).Into(&r)
				require.Equal(t, c.why, r.Street.Withheld)
				if c.why == models.Shown {
					assert.EqualValues(t, 5000, r.Street.Sales.Amount)
					assert.EqualValues(t, 5, *r.Street.Buyers)
				} else {
					assert.Nil(t, r.Street.Sales)
				}
			})
		})
	}
}
