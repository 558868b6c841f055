package traffic_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/figures"
)

// BenchmarkOverview reads the overview of a street of the demo's size: 400 members, ninety days, 130 visits a day.
func BenchmarkOverview(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			s := street{testkit.New(b, dialect), b}
			populate(s)
			figures.Report(b, "traffic.overview."+string(dialect), figures.Millis(figures.Sample(51, func(int) {
				_, err := s.Traffic.Overview(s.Ctx(), s.id(), 30, "zh-CN")
				require.NoError(b, err)
			})), "ms")
		})
	}
}

// populate writes the facts straight into their tables and computes the rollups from them.
func populate(s street) {
	r := rand.New(rand.NewPCG(1, 2))
	people := s.Join(400, "shoes")
	slugs := []string{"shoes", "noodles", "tea", "books"}
	var visits []models.Visit
	var relations []models.Relation
	for i, p := range people {
		for j, slug := range slugs {
			relations = append(relations, models.Relation{
				ID: models.NewID(), AllianceID: s.id(), StoreID: s.StoreID(slug), MemberID: p.Member.ID, Tags: []string{}, Level: models.Level((i + j) % 5), UpdatedAt: s.Time.Now(),
			})
		}
	}
	for d := range 90 {
		for range 130 {
			at := s.Time.Now().Add(-time.Duration(d) * day).Add(time.Duration(r.IntN(10*60)-120) * time.Minute)
			visits = append(visits, models.Visit{
				ID: models.NewID(), AllianceID: s.id(), StoreID: s.StoreID(slugs[r.IntN(4)]), MemberID: people[r.IntN(len(people))].Member.ID,
				Kind: models.VisitPurchase, Amount: 1000, Reference: "bench:" + models.NewID().String(), At: at,
			})
		}
	}
	require.NoError(s.t, s.DB.Tx(s.Ctx(), func(tx *gorm.DB) error {
		require.NoError(s.t, tx.CreateInBatches(visits, 500).Error)
		require.NoError(s.t, tx.CreateInBatches(relations, 500).Error)
		for page := range 40 {
			entries := make([]ledger.Entry, 250)
			for i := range entries {
				entries[i] = ledger.Entry{
					Debit: models.StoreFen(s.StoreID("tea")), Credit: models.StoreFen(s.StoreID("shoes")), Amount: 20, Kind: models.KindCommission,
					Reference: fmt.Sprintf("bench:%d:%d", page, i), At: s.Time.Now(),
				}
			}
			_, err := s.Ledger.Post(tx, s.id(), entries...)
			require.NoError(s.t, err)
		}
		return nil
	}))
	require.NoError(s.t, s.Traffic.Rebuild(s.Ctx(), s.id()))
}

// BenchmarkVisit is what one visit costs to record and to count.
func BenchmarkVisit(b *testing.B) {
	for _, dialect := range []db.Dialect{db.SQLite, db.MySQL} {
		b.Run(string(dialect), func(b *testing.B) {
			s := street{testkit.New(b, dialect), b}
			people := s.Join(50, "shoes")
			figures.Report(b, "traffic.visit."+string(dialect), figures.Millis(figures.Sample(301, func(i int) {
				if i%60 == 59 {
					s.Time.Advance(day)
				}
				s.seen([]string{"shoes", "noodles", "tea", "books"}[i%4], 1000, people[i%len(people)].Member.ID)
				s.Drain()
			})), "ms")
		})
	}
}
