package books_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/books"
	"onestreet/server/ledger"
	"onestreet/server/testkit"
	"onestreet/server/testkit/together"
)

// state is what the coordinator reads.
func (r rig) state() (s books.Audits) {
	r.t.Helper()
	r.As(testkit.Coordinator).Get("/alliance/audits").Must(http.StatusOK).Into(&s)
	return s
}

// ended waits for the audit that runs and returns it.
func (r rig) ended() books.AuditView {
	r.t.Helper()
	var s books.Audits
	require.Eventually(r.t, func() bool {
		s = r.state()
		return len(s.Runs) > 0 && s.Runs[0].State != "running"
	}, 20*time.Second, 5*time.Millisecond)
	return s.Runs[0]
}

func TestTheCoordinatorAuditsNowAndReadsHowItWent(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		assert.Empty(t, r.state().Runs)
		r.As(testkit.Coordinator).Post("/alliance/audits", nil).Must(http.StatusAccepted)
		run := r.ended()
		want := r.audit()
		assert.Equal(t, "passed", run.State)
		assert.False(t, run.ByClock)
		assert.Equal(t, want.Transfers, run.Transfers)
		assert.EqualValues(t, want.Accounts, run.Accounts)
		assert.Equal(t, want.Passed, run.Passed)
		assert.Nil(t, run.Finding)
		s := r.state()
		assert.Equal(t, run.Passed, s.Checks, "everything that is looked at held")
		assert.Equal(t, r.Street.Alliance.Slug, s.Street)
		var others books.Audits
		r.As(testkit.OtherCoordinator).Get("/alliance/audits").Must(http.StatusOK).Into(&others)
		assert.Empty(t, others.Runs, "another street's audits are its own")
	})
}

func TestAFindingNamesTheRowToTheCoordinator(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			return tx.Exec("UPDATE redemption_shares SET amount = amount + 1 WHERE redemption_id = ? AND position = 0", r.used.ID).Error
		}))
		r.As(testkit.Coordinator).Post("/alliance/audits", nil).Must(http.StatusAccepted)
		run := r.ended()
		assert.Equal(t, "found", run.State)
		require.NotNil(t, run.Finding)
		assert.Equal(t, [3]string{"coupon.shares", "redemptions", r.used.ID.String()}, [3]string{run.Finding.Check, run.Finding.Table, run.Finding.Row})
		assert.Contains(t, run.Finding.Problem, "parts sum to 1001")
		assert.NotContains(t, run.Passed, "coupon.shares")
		assert.Contains(t, run.Passed, "coupon.stock")
	})
}

// TestAStreetIsAuditedOnceAtATime: many ask at once, of two nodes, while one audit is held up.
func TestAStreetIsAuditedOnceAtATime(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		hold, begun := make(chan struct{}), make(chan struct{}, 100)
		r.Ledger.Checks.Add("test.hold", func(_ context.Context, _ *gorm.DB, street models.ID) (*ledger.Finding, error) {
			if street == r.id {
				begun <- struct{}{}
				<-hold
			}
			return nil, nil
		})
		second := books.New(r.Books.Deps)
		defer second.Close()
		var accepted, refused atomic.Int64
		var all together.Group
		for i := range 60 {
			all.Go(func() {
				node := []*books.Service{r.Books, second}[i%2]
				_, err := node.AuditNow(r.Ctx(), r.id, r.Street.People[testkit.Coordinator].Account.ID)
				if err == nil {
					accepted.Add(1)
					return
				}
				var refusal *models.Error
				assert.ErrorAs(t, err, &refusal)
				assert.Equal(t, "audit_running", refusal.Code)
				refused.Add(1)
			})
		}
		all.Wait()
		<-begun
		assert.EqualValues(t, 1, accepted.Load())
		assert.EqualValues(t, 59, refused.Load())
		assert.Equal(t, "running", r.state().Runs[0].State)
		assert.Equal(t, "audit_running", r.As(testkit.Coordinator).Post("/alliance/audits", nil).Must(http.StatusConflict).Code())
		require.NoError(t, r.Books.AuditNightly(r.Ctx()), "the clock leaves a street alone that is being audited")
		close(hold)
		assert.Equal(t, "passed", r.ended().State)
		assert.Empty(t, begun, "nobody else audited")
	})
}

// TestAnAuditWhoseNodeDiedIsGivenUp: after an hour another may begin, and the dead one is told apart.
func TestAnAuditWhoseNodeDiedIsGivenUp(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		one := int64(1)
		require.NoError(t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
			return tx.Create(&models.AuditRun{ID: models.NewID(), AllianceID: r.id, State: models.AuditRunning, Running: &one, StartedAt: r.Time.Now()}).Error
		}))
		r.As(testkit.Coordinator).Post("/alliance/audits", nil).Must(http.StatusConflict)
		r.Time.Advance(time.Hour + time.Second)
		r.As(testkit.Coordinator).Post("/alliance/audits", nil).Must(http.StatusAccepted)
		assert.Equal(t, "passed", r.ended().State)
		assert.Equal(t, "failed", r.state().Runs[1].State)
	})
}

// TestTheClockAuditsEveryStreetOnceANight, on however many nodes.
func TestTheClockAuditsEveryStreetOnceANight(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		second := books.New(r.Books.Deps)
		defer second.Close()
		night := func() {
			var all together.Group
			for _, node := range []*books.Service{r.Books, second} {
				all.Go(func() { assert.NoError(t, node.AuditNightly(r.Ctx())) })
			}
			all.Wait()
			require.NoError(t, second.AuditNightly(r.Ctx()))
		}
		night()
		runs := r.state().Runs
		require.Len(t, runs, 1)
		assert.True(t, runs[0].ByClock)
		assert.Equal(t, "passed", runs[0].State)

		r.Time.Set(time.Date(2026, 10, 18, 2, 59, 59, 0, r.Street.Alliance.Location()))
		night()
		assert.Len(t, r.state().Runs, 1, "the night begins at three")
		r.Time.Advance(time.Second)
		night()
		assert.Len(t, r.state().Runs, 2)

		others, err := r.Books.Audits(r.Ctx(), r.Other.Alliance.ID)
		require.NoError(t, err)
		assert.Len(t, others.Runs, 2, "every street has its own")
	})
}

// TestAnAuditThatCannotReadIsTriedAgain: it says so, without the database's words, and the next hour is its next chance.
func TestAnAuditThatCannotReadIsTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		broken := true
		r.Ledger.Checks.Add("test.broken", func(_ context.Context, _ *gorm.DB, street models.ID) (*ledger.Finding, error) {
			if broken && street == r.id {
				return nil, assert.AnError
			}
			return nil, nil
		})
		require.NoError(t, r.Books.AuditNightly(r.Ctx()))
		assert.Equal(t, "failed", r.state().Runs[0].State)
		assert.NotContains(t, string(r.As(testkit.Coordinator).Get("/alliance/audits").Body), assert.AnError.Error())
		broken = false
		require.NoError(t, r.Books.AuditNightly(r.Ctx()))
		assert.Equal(t, "passed", r.state().Runs[0].State)
	})
}

// TestAnAuditEndsWithItsNode: closing waits, and writes down that it was cut short.
func TestAnAuditEndsWithItsNode(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		begun := make(chan struct{})
		r.Ledger.Checks.Add("test.long", func(ctx context.Context, _ *gorm.DB, _ models.ID) (*ledger.Finding, error) {
			close(begun)
			<-ctx.Done()
			return nil, ctx.Err()
		})
		node := books.New(r.Books.Deps)
		_, err := node.AuditNow(r.Ctx(), r.id, models.NewID())
		require.NoError(t, err)
		<-begun
		node.Close()
		assert.Equal(t, "failed", r.state().Runs[0].State)
	})
}
