package coupon_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/testkit"
)

func TestARedemptionAskedAgainGetsItsFirstAnswer(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(r.tenOff()))
		path, bill := r.At("noodles", "/redemptions"), r.bill(testkit.Shopper, mine, 6800)
		clerk := r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", "bill-1")
		answers := make([]*testkit.Response, 12)
		testkit.Crowd(len(answers), func(i int) error {
			answers[i] = clerk.Post(path, bill)
			return nil
		})
		fresh := 0
		for _, answer := range answers {
			assert.Equal(t, string(answers[0].Body), string(answer.Must(http.StatusCreated).Body))
			if answer.Header.Get("Idempotency-Replayed") == "" {
				fresh++
			}
		}
		assert.Equal(t, 1, fresh)

		r.Time.Advance(models.PresenceLasts + time.Minute)
		again := clerk.Post(path, bill).Must(http.StatusCreated)
		assert.Equal(t, string(answers[0].Body), string(again.Body), "the code is stale by now; the answer is not")
		clerk.Post(path, testkit.With(bill, body{"bill": testkit.Yuan(6900)})).Refused(http.StatusUnprocessableEntity, "idempotency_key_reused")
		r.booksHold()
	})
}

func TestARefusedRedemptionIsJudgedAgain(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		mine := r.Claimed(testkit.Shopper, r.live(testkit.With(r.tenOff(), body{"valid_days": nil, "valid_from": r.local("2026-11-01 00:00"), "valid_until": r.local("2026-12-01 00:00")})))
		path := r.At("noodles", "/redemptions")
		r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", "bill-1").Post(path, r.bill(testkit.Shopper, mine, 6800)).Refused(http.StatusConflict, "not_yet_valid")
		r.Time.Set(r.local("2026-11-02 12:00"))
		r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", "bill-1").Post(path, r.bill(testkit.Shopper, mine, 6800)).Must(http.StatusCreated)
	})
}

// What a receipt says at the till is what it says whenever it is read.
func TestTheReceiptAtTheTillIsTheOneInTheList(t *testing.T) {
	each(t, func(t *testing.T, r rig) {
		c := r.live(testkit.With(r.tenOff(), body{"reserve": "redemption"}))
		mine := r.Claimed(testkit.Shopper, c)
		var at, later coupon.RedemptionView
		clerk := r.As(testkit.ClerkOf("noodles"))
		clerk.Post(r.At("noodles", "/redemptions"), r.bill(testkit.Shopper, mine, 6800)).Must(http.StatusCreated).Into(&at)
		clerk.Get(r.At("noodles", "/redemptions/"+at.ID.String())).Must(http.StatusOK).Into(&later)
		require.Equal(t, later, at)
	})
}
