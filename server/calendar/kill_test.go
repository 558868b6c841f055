package calendar_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/calendar"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
)

// crowded is called who signs everyone up, in a process of its own.
const crowded = "crowded"

type forEveryone struct {
	Config               config.Config
	Alliance, Occurrence models.ID
	Now                  time.Time
	GiveBack             bool // the places again, so that they are offered
}

// signUpUntilKilled is what the process does: it says who was told yes.
func signUpUntilKilled(e forEveryone) error {
	node, err := app.New(e.Config, app.Options{Clock: clock.NewFake(e.Now)}) // durable, as in production
	if err != nil {
		return err
	}
	var members []models.ID
	of := node.DB.Read(context.Background()).Model(&models.Member{}).Where("alliance_id = ?", e.Alliance)
	if e.GiveBack {
		of = node.DB.Read(context.Background()).Model(&models.SignUp{}).Select("member_id").Where("occurrence_id = ?", e.Occurrence)
	}
	column := map[bool]string{true: "member_id", false: "id"}[e.GiveBack]
	if err := of.Pluck(column, &members).Error; err != nil {
		return err
	}
	next := make(chan models.ID, len(members))
	for _, m := range members {
		next <- m
	}
	close(next)
	var line sync.Mutex
	errs := testkit.Crowd(20, func(int) error {
		for m := range next {
			if err := step(node, e, m); err != nil {
				continue // refused: it changed nothing
			}
			line.Lock()
			_, err := fmt.Fprintln(os.Stdout, m)
			line.Unlock()
			if err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(append(errs, node.Close())...)
}

func step(node *app.App, e forEveryone, member models.ID) error {
	if e.GiveBack {
		return node.Calendar.GiveBack(context.Background(), e.Alliance, member, e.Occurrence)
	}
	_, err := node.Calendar.SignUp(context.Background(), calendar.SignUp{Alliance: e.Alliance, Member: member, Occurrence: e.Occurrence, Wait: true})
	return err
}

// TestWhoWasToldYesHasAPlaceOrWaits kills the process that signs 160 members up (SIGKILL) in the middle, twice, and the one
// that gives places back while they are offered on; whoever was told yes has what they were told, and all counts agree.
func TestWhoWasToldYesHasAPlaceOrWaits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, app *testkit.App) {
		const places, line = 60, 60
		e := tasting(app, places)
		asks(app, e, body{"waiting_places": line})
		o := e.Occurrences[0]
		app.Join(160, "tea")
		everyone := forEveryone{Config: app.Config, Alliance: app.Street.Alliance.ID, Occurrence: o.ID, Now: app.Time.Now()}
		told := map[string]bool{}
		for _, after := range []int{1, 40, places + line + 1} {
			until(t, everyone, after, told)
			there := map[string]bool{}
			for _, model := range []any{&models.SignUp{}, &models.Waiter{}} {
				var members []models.ID
				require.NoError(t, app.DB.Read(app.Ctx()).Model(model).Where("occurrence_id = ?", o.ID).Pluck("member_id", &members).Error)
				for _, m := range members {
					there[m.String()] = true
				}
			}
			for m := range told {
				require.True(t, there[m], "whoever was told yes has a place or waits")
			}
			booksHold(t, app)
		}
		fair(t, app, o.ID, places, line)

		everyone.GiveBack = true
		until(t, everyone, 10, map[string]bool{})
		booksHold(t, app)
		var offered, passed int64
		of := func() *gorm.DB {
			return app.DB.Read(app.Ctx()).Model(&models.Waiter{}).Where("occurrence_id = ?", o.ID)
		}
		require.NoError(t, of().Where("state = ?", models.Offered).Count(&offered).Error)
		require.NoError(t, of().Where("state = ? AND arrival < (SELECT MAX(arrival) FROM waiters WHERE occurrence_id = ? AND state = ?)",
			models.Waiting, o.ID, models.Offered).Count(&passed).Error)
		require.GreaterOrEqual(t, offered, int64(10))
		require.Zero(t, passed, "nobody is passed over")
		app.Time.Advance(time.Hour)
		require.NoError(t, app.Calendar.PassOffersOn(app.Ctx()))
		booksHold(t, app)
	})
}

// until sends a process on an errand, kills it once it has said so many names, and notes all that it said.
func until(t *testing.T, e forEveryone, after int, told map[string]bool) {
	t.Helper()
	errand.Send(t, crowded, e).KillAfter(after, func(line string) {
		id, err := models.ParseID(line)
		require.NoError(t, err)
		told[id.String()] = true
	})
}
