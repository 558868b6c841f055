package coupon_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
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
)

// claimant names an errand in the environment: this process claims for everyone of a street until it is killed.
const claimant = "ONESTREET_TEST_CLAIMANT"

// errand is what such a process is sent to do.
type errand struct {
	Config             config.Config
	Alliance, Campaign models.ID
}

// claimUntilKilled is what the process does that TestMain turns into a claimant: it says yes as a phone would hear it.
func claimUntilKilled() error {
	var e errand
	if err := json.Unmarshal([]byte(os.Getenv(claimant)), &e); err != nil {
		return err
	}
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
		e := errand{Config: r.Config, Alliance: r.Street.Alliance.ID, Campaign: c.ID}
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
func (r rig) claimsUntil(e errand, after int, told map[models.ID]models.ID) {
	r.t.Helper()
	child, out, complaints := r.process(claimant, e)
	said, lines := 0, bufio.NewScanner(out)
	for lines.Scan() {
		coupon, member, whole := strings.Cut(lines.Text(), " ")
		id, err := models.ParseID(coupon)
		if !whole || err != nil {
			break // a line that was cut short was said to nobody
		}
		who, err := models.ParseID(member)
		if err != nil {
			break
		}
		told[id] = who
		if said++; said == after {
			require.NoError(r.t, child.Process.Kill())
		}
	}
	if err := child.Wait(); said >= after {
		require.ErrorContains(r.t, err, "killed", complaints.String())
	} else {
		require.NoError(r.t, err, complaints.String())
	}
}

// process sends a process on an errand, by the name under which TestMain knows it.
func (r rig) process(name string, errand any) (child *exec.Cmd, out io.Reader, complaints *strings.Builder) {
	r.t.Helper()
	text, err := json.Marshal(errand)
	require.NoError(r.t, err)
	child, complaints = exec.Command(os.Args[0], "-test.run=^$"), &strings.Builder{} //nolint:gosec // this very program
	child.Env, child.Stderr = append(os.Environ(), name+"="+string(text)), complaints
	out, err = child.StdoutPipe()
	require.NoError(r.t, err)
	require.NoError(r.t, child.Start())
	return child, out, complaints
}
