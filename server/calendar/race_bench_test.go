package calendar_test

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
	"onestreet/server/testkit/together"
)

// The race of issue 6.
const (
	racers      = 1000
	racePlaces  = 100
	raceLine    = 50
	raceRounds  = 3
	doorsRate   = 100 // check-ins a second
	doorsGuests = 500
)

// BenchmarkSignUpRace: a thousand who want a hundred places and fifty waiting places in one moment, and the same crowd one
// transaction with SELECT … FOR UPDATE each, by 64 callers, in the same run.
func BenchmarkSignUpRace(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			app := testkit.New(b, dialect)
			people := app.Join(racers, "tea")
			var together, alone, ratio []float64
			for range raceRounds {
				one := race(b, app, people, 64, func(in calendar.SignUp) error {
					return app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error { return signUpIn(tx, app, in) })
				})
				all := race(b, app, people, racers, func(in calendar.SignUp) error {
					_, err := app.Calendar.SignUp(app.Ctx(), in)
					return err
				})
				together, alone, ratio = append(together, all), append(alone, one), append(ratio, all/one)
			}
			figures.Report(b, "calendar.sign_ups_alone_per_second."+string(dialect), figures.Median(alone), "1/s")
			figures.Report(b, "calendar.sign_ups_per_second."+string(dialect), figures.Median(together), "1/s")
			figures.AtLeast(b, "calendar.sign_up_race_vs_alone."+string(dialect), figures.Median(ratio), "ratio", 5)
		})
	}
}

// race is sign-ups a second of the crowd at a fresh event; who is told what must be right.
func race(b *testing.B, app *testkit.App, people []testkit.Person, callers int, signUp func(calendar.SignUp) error) float64 {
	e := tasting(app, racePlaces)
	asks(app, e, body{"waiting_places": raceLine})
	o, next := e.Occurrences[0], make(chan models.ID, len(people))
	for _, p := range people {
		next <- p.Member.ID
	}
	close(next)
	var in sync.Map
	began := time.Now()
	var all together.Group
	for range callers {
		all.Go(func() {
			for m := range next {
				if err := signUp(calendar.SignUp{Alliance: app.Street.Alliance.ID, Member: m, Occurrence: o.ID, Wait: true}); err == nil {
					in.Store(m, true)
				} else if !calendar.ErrWaitingFull.Is(err) {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	told := 0
	in.Range(func(any, any) bool { told++; return true })
	require.Equal(b, racePlaces+raceLine, told)
	fair(b, app, o.ID, racePlaces, raceLine)
	return float64(len(people)) / took.Seconds()
}

// BenchmarkCheckIn: two doors take a hundred guests a second together, over HTTP.
func BenchmarkCheckIn(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			app := testkit.New(b, dialect)
			o := tasting(app, doorsGuests).Occurrences[0]
			people := app.Join(doorsGuests, "tea")
			for _, p := range people {
				require.NoError(b, app.DB.Tx(app.Ctx(), func(tx *gorm.DB) error {
					return signUpIn(tx, app, calendar.SignUp{Alliance: app.Street.Alliance.ID, Member: p.Member.ID, Occurrence: o.ID})
				}))
			}
			doors := []*testkit.Client{app.As(testkit.ClerkOf("tea")), app.As(testkit.OwnerOf("tea"))}
			took := make([]time.Duration, doorsGuests)
			var all together.Group
			pace := time.NewTicker(time.Second / doorsRate)
			defer pace.Stop()
			for i, p := range people {
				all.Go(func() {
					began := time.Now()
					doors[i%2].Post(checkIns(app, o), body{"member_id": p.Member.ID}).Must(http.StatusCreated)
					took[i] = time.Since(began)
				})
				<-pace.C
			}
			all.Wait()
			slices.Sort(took)
			figures.AtMost(b, "calendar.check_in_p99."+string(dialect), float64(took[len(took)*99/100].Microseconds())/1000, "ms", 50)
		})
	}
}
