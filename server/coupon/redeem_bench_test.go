package coupon_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
	"onestreet/server/testkit/load"
)

// The tills' evening of issue 4: so many redemptions a second for so long, each with its postings.
const (
	tillsRate     = 200
	tillsSeconds  = 20
	tillsEvenings = 3
	tillsConns    = 48
	tillsEach     = 8 // coupons of a member
)

// BenchmarkRedemption: the clerks of four stores redeem coupons whose cost three stores share, at times that do not wait
// for the answers; how long one takes counts from when it was meant to begin. Of several evenings the median counts, as in
// the rush: what else the machine does for half a second is the 99th percentile of one.
func BenchmarkRedemption(b *testing.B) {
	app.TradeMemory()
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			r := &rush{rig: rig{testkit.New(b, dialect), b}, phones: load.NewPhones(b)}
			r.people = r.Join(tillsRate*tillsSeconds/tillsEach, "books")
			r.seen()
			addr := r.listen(1)[0]
			var medians, p99 []float64
			for range tillsEvenings {
				answers := r.evening(addr)
				medians, p99 = append(medians, load.Percentile(answers, 50)), append(p99, load.Percentile(answers, 99))
			}
			figures.Report(b, "coupon.redemptions_median."+string(dialect), figures.Median(medians), "ms")
			figures.Report(b, "coupon.redemptions_worst_p99."+string(dialect), slices.Max(p99), "ms")
			figures.AtMost(b, "coupon.redemptions_p99."+string(dialect), figures.Median(p99), "ms", 50)
			report, err := r.Ledger.Audit().Street(r.Ctx(), r.Street.Alliance.ID)
			require.NoError(b, err)
			require.Nil(b, report.Finding, "%v", report.Finding)
		})
	}
}

// evening redeems what everyone has of a new campaign, and lets what follows come to an end.
func (r *rush) evening(addr string) []load.Answer {
	answers := r.phones.Paced(addr, tillsConns, r.bills(), time.Second/tillsRate).Answers
	for _, a := range answers {
		require.Equal(r.t, http.StatusCreated, a.Status, "%s", a.Body)
	}
	r.Drain()
	return answers
}

// tillOf is the store at whose till somebody uses coupons.
func tillOf(person int) string { return []string{"shoes", "noodles", "tea"}[person%3] }

// seen lets everyone show their code at their till.
func (r *rush) seen() {
	var shown []models.Presence
	for i, p := range r.people {
		shown = append(shown, models.Presence{AllianceID: r.Street.Alliance.ID, StoreID: r.StoreID(tillOf(i)), MemberID: p.Member.ID, At: r.Time.Now()})
	}
	require.NoError(r.t, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error { return tx.CreateInBatches(shown, 200).Error }))
}

// bills gives everyone the coupons of a campaign, has them use one, as people do who come again, and writes down what their
// till will send for the others.
func (r *rush) bills() [][]byte {
	c := r.live(testkit.With(r.tenOff(), body{"stock": (tillsEach + 1) * len(r.people), "per_member": tillsEach + 1}))
	requests := make([][]byte, tillsEach*len(r.people))
	for _, err := range testkit.Crowd(len(r.people)*(tillsEach+1), func(i int) error {
		n, who := i/len(r.people), i%len(r.people)
		slug, member := tillOf(who), r.people[who].Member.ID
		mine, err := r.Coupon.Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, member)
		if err != nil {
			return err
		}
		if n == tillsEach {
			_, err := r.Coupon.Redeem(r.Ctx(), coupon.AtBill{
				Staff:  coupon.Staff{Alliance: r.Street.Alliance.ID, Store: r.StoreID(slug), Account: r.Street.People[testkit.ClerkOf(slug)].Account.ID},
				Member: member, Coupons: []models.ID{mine.ID}, Basket: models.Basket{Bill: 6800},
			})
			return err
		}
		text := fmt.Sprintf(`{"member_id":%q,"coupon_id":%q,"bill":{"amount":%d}}`, member, mine.ID, 5000+i%5000)
		requests[i] = load.Request(http.MethodPost, "/api/v1"+r.At(slug, "/redemptions"), text,
			"Authorization", "Bearer "+r.As(testkit.ClerkOf(slug)).Token(), "Idempotency-Key", "till-"+mine.ID.String(), "Accept-Encoding", "gzip, br")
		return nil
	}) {
		require.NoError(r.t, err)
	}
	r.Drain()
	return requests
}
