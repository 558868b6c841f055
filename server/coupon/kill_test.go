package coupon_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/coupon"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
)

// claimant is called who claims for everyone of a street, in a process of its own.
const claimant = "claimant"

// forEveryone is what such a process is sent to do.
type forEveryone struct {
	Config             config.Config
	Alliance, Campaign models.ID
}

// claimUntilKilled is what the process does: it says yes as a phone would hear it.
func claimUntilKilled(e forEveryone) error {
	node, err := app.New(e.Config, app.Options{Clock: clock.NewFake(testkit.Noon)}) // durable, as in production
	if err != nil {
		return err
	}
	var members []models.ID
	if err := node.DB.Read(context.Background()).Model(&models.Member{}).Where("alliance_id = ?", e.Alliance).Pluck("id", &members).Error; err != nil {
		return err
	}
	next := make(chan models.ID, len(members))
	for _, m := range members {
		next <- m
	}
	close(next)
	var line sync.Mutex
	errs := testkit.Crowd(25, func(int) error { // so many batches, and a kill between any two of them
		for m := range next {
			c, err := node.Coupon.Claim(context.Background(), e.Alliance, e.Campaign, m)
			switch {
			case err == nil:
				line.Lock()
				_, err = fmt.Fprintln(os.Stdout, c.ID, m)
				line.Unlock()
			case coupon.ErrSoldOut.Is(err), coupon.ErrClaimLimit.Is(err):
				err = nil
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return errors.Join(append(errs, node.Close())...)
}

// TestWhoWasToldYesHasTheCoupon kills the process that claims for 600 members (SIGKILL) in the middle, three times, and
// lets a fourth finish: whoever was told yes has the coupon, stock and rows agree, the audit is clean.
func TestWhoWasToldYesHasTheCoupon(t *testing.T) {
	const shoppers, stock = 600, 400
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.alone(body{"stock": stock}))
		r.Join(shoppers, "tea")
		e := forEveryone{Config: r.Config, Alliance: r.Street.Alliance.ID, Campaign: c.ID}
		told := map[models.ID]models.ID{}
		for _, after := range []int{1, 40, 90, stock + 1} {
			r.claimsUntil(e, after, told)
			there := map[models.ID]models.ID{}
			for _, row := range r.Coupons(c.ID) {
				there[row.ID] = row.MemberID
			}
			for id, member := range told {
				require.Equal(t, member, there[id], "whoever was told yes has it")
			}
			r.booksHold()
		}
		require.Len(t, r.Coupons(c.ID), stock)
	})
}

// claimsUntil sends a process on an errand, kills it once it has said yes so many times, and notes all that it said.
func (r rig) claimsUntil(e forEveryone, after int, told map[models.ID]models.ID) {
	r.t.Helper()
	errand.Send(r.t, claimant, e).KillAfter(after, func(line string) {
		coupon, member, _ := strings.Cut(line, " ")
		told[r.id(coupon)] = r.id(member)
	})
}

func (r rig) id(text string) models.ID {
	r.t.Helper()
	id, err := models.ParseID(text)
	require.NoError(r.t, err)
	return id
}
