package coupon_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/coupon"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/errand"
)

// asker is called who asks for things under keys, in a process of its own, and loses its voice at each as soon as it is
// committed.
const asker = "asker"

type asking struct {
	Config   config.Config
	Alliance models.ID
	Now      time.Time
	Asks     []keyed
}

// keyed is something asked for under a key. Effect counts what comes of it in a street.
type keyed struct {
	Token, Key, Path, Effect string
	Body                     json.RawMessage
}

// askUntilKilled is what the process does: it says how many of its asks are committed.
func askUntilKilled(e asking) error {
	node, err := app.New(e.Config, app.Options{Clock: clock.NewFake(e.Now)}) // durable, as in production
	if err != nil {
		return err
	}
	current, committed := 0, make(chan struct{})
	err = afterEachCommit(node.DB, func() {
		if current < len(e.Asks) && counted(node.DB, e.Asks[current].Effect, e.Alliance) > 0 {
			committed <- struct{}{}
			select {} // the answer never leaves
		}
	})
	if err != nil {
		return err
	}
	for ; current < len(e.Asks); current++ {
		go send(node, e.Asks[current])
		<-committed
		if _, err := fmt.Fprintln(os.Stdout, current+1); err != nil {
			return err
		}
	}
	select {}
}

// afterEachCommit calls do whenever a transaction has committed, before anybody is told.
func afterEachCommit(d *db.DB, do func()) error {
	watch := func(tx *gorm.DB) { db.AfterCommit(tx, do) }
	return d.Tx(context.Background(), func(tx *gorm.DB) error {
		all := tx.Callback()
		for _, err := range []error{
			all.Query().Before("gorm:query").Register("test:watch", watch), all.Update().Before("gorm:update").Register("test:watch", watch),
			all.Create().Before("gorm:create").Register("test:watch", watch), all.Raw().Before("gorm:raw").Register("test:watch", watch),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// counted asks past gorm, whose every statement is watched.
func counted(d *db.DB, effect string, alliance models.ID) (n int64) {
	pool, err := d.SQL()
	if err == nil {
		err = pool.QueryRowContext(context.Background(), effect, alliance).Scan(&n)
	}
	if err != nil {
		panic(err)
	}
	return n
}

// send asks as a phone does. That it is answered must not be: then this process ends by itself.
func send(node *app.App, q keyed) {
	req := httptest.NewRequest(http.MethodPost, "/api/v1"+q.Path, bytes.NewReader(q.Body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+q.Token)
	req.Header.Set("Idempotency-Key", q.Key)
	res, err := node.Fiber.Test(req, -1)
	if err != nil {
		panic(err)
	}
	panic(fmt.Sprint(q.Path, " was answered: ", res.StatusCode))
}

// killedBetween lets another process do all that is asked, and kills it (SIGKILL) when everything is committed and nothing
// answered.
func (r rig) killedBetween(asks ...keyed) {
	r.t.Helper()
	other := errand.Send(r.t, asker, asking{Config: r.Config, Alliance: r.Street.Alliance.ID, Now: r.Time.Now(), Asks: asks})
	for n := range asks {
		require.Equal(r.t, fmt.Sprint(n+1), other.Line())
	}
	other.Kill()
}

// A reversal, a redemption and a post, of which the database knows and nobody was told. Under the same key the redemption and
// the post have their first answer; of the reversal, whose answer is not kept with it, it is said that it was done.
func TestWhatAKilledNodeCommittedIsDoneOnceAndItsKeySaysSo(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(r.tenOff())
		mine, hers := r.Claimed(testkit.Shopper, c), r.Claimed(testkit.OtherShopper, c)
		first := r.redeemed("noodles", testkit.Shopper, mine, 6800)
		clerk, shopper := r.As(testkit.ClerkOf("noodles")), r.As(testkit.Shopper)
		ask := func(as *testkit.Client, key, path string, body body, effect string) keyed {
			text, err := json.Marshal(body)
			require.NoError(t, err)
			return keyed{Token: as.Token(), Key: key, Path: path, Body: text, Effect: "SELECT COUNT(*) FROM " + effect + " AND alliance_id = ?"}
		}
		back := ask(clerk, "back", r.At("noodles", "/redemptions/"+first.ID.String()+"/reversal"), body{"reason": "点错了"}, "redemptions WHERE state = 'reversed'")
		bill := ask(clerk, "bill", r.At("noodles", "/redemptions"), r.bill(testkit.OtherShopper, hers, 6800), "redemptions WHERE state = 'posted'")
		post := ask(shopper, "post", "/feeds/street/posts", body{"text": "面好了"}, "posts WHERE text = '面好了'")
		r.killedBetween(back, bill, post)
		r.booksHold()

		again := func(as *testkit.Client, q keyed) *testkit.Response {
			return as.With("Idempotency-Key", q.Key).Post(q.Path, []byte(q.Body))
		}
		for range 2 {
			var told coupon.RedemptionView
			answer := again(clerk, bill).Must(http.StatusCreated).Into(&told)
			assert.Equal(t, "true", answer.Header.Get("Idempotency-Replayed"))
			assert.Equal(t, r.receiptOf(hers.ID).ID, told.ID)
			assert.Equal(t, "true", again(shopper, post).Must(http.StatusCreated).Header.Get("Idempotency-Replayed"))
			again(clerk, back).Refused(http.StatusConflict, "idempotency_in_progress") // for all that anybody knows
		}
		r.Time.Advance(2 * time.Minute)
		for range 2 {
			again(clerk, back).Refused(http.StatusConflict, "already_done")
		}
		clerk.Post(back.Path, []byte(back.Body)).Refused(http.StatusConflict, "already_reversed")
		for _, q := range []keyed{back, bill, post} {
			assert.EqualValues(t, 1, counted(r.DB, q.Effect, r.Street.Alliance.ID), q.Key)
		}
		assert.Equal(t, models.CouponUsable, r.receiptState(mine))
		assert.Equal(t, int64(1000), r.fund(c.ID, c.ID).Spent, "one stands")
		r.redeemed("tea", testkit.Shopper, mine, 6800)
	})
}
