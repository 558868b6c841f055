package coupon_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
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
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// The rush of issue 4: so many signed-in shoppers, so many coupons, so many times.
const (
	rushShoppers = 5000
	rushStock    = 1000
	rushRounds   = 5
)

// BenchmarkRush: 5,000 shoppers who have the campaign's page open claim it over HTTP in one moment.
func BenchmarkRush(b *testing.B) {
	app.TradeMemory()
	for _, of := range []struct {
		dialect db.Dialect
		nodes   int
	}{{db.SQLite, 1}, {db.MySQL, 1}, {db.MySQL, 2}} {
		name := fmt.Sprintf("%s.%d", of.dialect, of.nodes)
		b.Run(name, func(b *testing.B) { newRush(b, of.dialect, of.nodes).run(name) })
	}
}

// rush is a street with its shoppers, and the nodes that serve them.
type rush struct {
	rig
	people []testkit.Person
	tokens []string
	addrs  []string
	phones *load.Phones
}

func newRush(b *testing.B, dialect db.Dialect, nodes int) *rush {
	r := &rush{rig: rig{testkit.New(b, dialect), b}}
	r.people = r.Join(rushShoppers, "shoes")
	r.tokens = make([]string, len(r.people))
	require.NoError(b, r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		for i, p := range r.people {
			tokens, err := r.Identity.OpenSession(tx, p.Account.ID, r.Street.Alliance.ID)
			if err != nil {
				return err
			}
			r.tokens[i] = tokens.Access
		}
		return nil
	}))
	r.addrs, r.phones = r.listen(nodes), load.NewPhones(b)
	return r
}

// listen serves the street by so many nodes on the same database and the same Redis, as the command line does: with
// their events, jobs and logs.
func (r *rush) listen(nodes int) []string {
	addrs := make(chan string, nodes)
	for i := range nodes {
		cfg := r.Config
		if nodes > 1 {
			cfg.Redis = "redis://" + services.Redis(r.t)
		}
		node, err := app.New(cfg, app.Options{Clock: r.Time, SMS: r.SMS, Log: r.logs(), Volatile: !services.Durable()})
		require.NoError(r.t, err)
		if i == 0 {
			r.App.App = node // one process has the SQLite file: what the benchmark does itself, it does there
		}
		ctx, stop := context.WithCancel(context.Background())
		done := make(chan error, 1)
		go func() { done <- node.Run(ctx, func(addr net.Addr) { addrs <- addr.String() }) }()
		r.t.Cleanup(func() {
			stop()
			require.NoError(r.t, <-done)
			require.NoError(r.t, node.Close())
		})
	}
	all := make([]string, nodes)
	for i := range all {
		all[i] = <-addrs
	}
	return all
}

// logs writes a line a request into a file, as in production.
func (r *rush) logs() *slog.Logger {
	f, err := os.Create(filepath.Join(r.t.TempDir(), "log"))
	require.NoError(r.t, err)
	r.t.Cleanup(func() { _ = f.Close() })
	return slog.New(slog.NewJSONHandler(f, nil))
}

func (r *rush) run(name string) {
	b := r.t.(*testing.B)
	var opened, seen, p99, rates, alone, bare, vsAlone, vsBare []float64
	for range rushRounds {
		alone = append(alone, r.oneByOne(r.claimAlone))
		bare = append(bare, r.oneByOne(r.bareClaim))
		c := r.live(r.alone(body{"stock": rushStock}))
		heard := r.claims(c)
		r.mustBeFair(c, heard.Answers)
		rate := rushShoppers / heard.Took.Seconds()
		opened = append(opened, load.Percentile(heard.Before[0], 99))
		seen = append(seen, load.Percentile(heard.Before[1], 99))
		p99, rates = append(p99, load.Percentile(heard.Answers, 99)), append(rates, rate)
		vsAlone, vsBare = append(vsAlone, rate/alone[len(alone)-1]), append(vsBare, rate/bare[len(bare)-1])
	}
	figures.Report(b, "coupon.claims_alone_per_second."+name, figures.Median(alone), "1/s")
	figures.Report(b, "coupon.claims_bare_per_second."+name, figures.Median(bare), "1/s")
	figures.Report(b, "coupon.rush_opened_p99."+name, figures.Median(opened), "ms")
	figures.Report(b, "coupon.rush_seen_p99."+name, figures.Median(seen), "ms")
	figures.Report(b, "coupon.rush_per_second."+name, figures.Median(rates), "1/s")
	figures.AtLeast(b, "coupon.rush_vs_alone."+name, figures.Median(vsAlone), "ratio", 5)
	figures.Report(b, "coupon.rush_vs_bare."+name, figures.Median(vsBare), "ratio")
	figures.AtMost(b, "coupon.rush_p99."+name, figures.Median(p99), "ms", 500)
}

// claims lets everyone open the campaign's page, say that they have seen it, and then claim at the same moment.
func (r *rush) claims(c coupon.CampaignView) load.Heard {
	pages, sights, claims := make([][]byte, rushShoppers), make([][]byte, rushShoppers), make([][]byte, rushShoppers)
	for i, token := range r.tokens {
		path := "/api/v1/campaigns/" + c.ID.String()
		pages[i] = load.Request(http.MethodGet, path, "", "Authorization", "Bearer "+token)
		sights[i] = load.Request(http.MethodPost, path+"/seen", "", "Authorization", "Bearer "+token)
		claims[i] = load.Request(http.MethodPost, path+"/claims", "", "Authorization", "Bearer "+token,
			"Idempotency-Key", fmt.Sprintf("%s-%d", c.ID, i), "Accept-Language", "zh-CN,zh;q=0.9", "Accept-Encoding", "gzip, br")
	}
	heard := r.phones.AtOnce(r.addrs, claims, pages, sights)
	for i := range rushShoppers {
		require.Equal(r.t, http.StatusOK, heard.Before[0][i].Status, "%s", heard.Before[0][i].Body)
		require.Equal(r.t, http.StatusNoContent, heard.Before[1][i].Status, "%s", heard.Before[1][i].Body)
	}
	return heard
}

// mustBeFair: exactly the stock was given, nobody has two, everyone has an answer, and whoever was told yes has a coupon.
func (r *rush) mustBeFair(c coupon.CampaignView, answers []load.Answer) {
	rows := r.Coupons(c.ID)
	holders := make(map[models.ID]bool, len(rows))
	for _, row := range rows {
		holders[row.MemberID] = true
	}
	require.Len(r.t, rows, rushStock)
	require.Len(r.t, holders, rushStock, "nobody has two")
	for i, a := range answers {
		if holders[r.people[i].Member.ID] {
			require.Equal(r.t, http.StatusCreated, a.Status, "%s", a.Body)
			continue
		}
		var refused struct{ Code string }
		require.NoError(r.t, json.Unmarshal(a.Body, &refused), "%s", a.Body)
		require.Equal(r.t, "sold_out", refused.Code)
	}
	var after models.Campaign
	require.NoError(r.t, r.DB.Read(r.Ctx()).Where("id = ?", c.ID).Take(&after).Error)
	require.Zero(r.t, after.Remaining)
	require.EqualValues(r.t, rushStock, after.Claimed)
}

// oneByOne is how many claims a second the plain way answers: the same crowd at a campaign of the same stock, each in a
// transaction of its own that locks the campaign's row, without HTTP, by 64 callers.
func (r *rush) oneByOne(claim func(campaign, member models.ID) error) float64 {
	c := r.live(r.alone(body{"stock": rushStock}))
	next := make(chan models.ID, rushShoppers)
	for _, p := range r.people {
		next <- p.Member.ID
	}
	close(next)
	began := time.Now()
	var all together.Group
	for range 64 {
		all.Go(func() {
			for member := range next {
				if err := claim(c.ID, member); err != nil {
					require.ErrorIs(r.t, err, coupon.ErrSoldOut)
				}
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	require.Len(r.t, r.Coupons(c.ID), rushStock)
	return rushShoppers / took.Seconds()
}

// claimAlone is a claim that shares its commit with nobody: within a transaction it joins that one.
func (r *rush) claimAlone(campaign, member models.ID) error {
	return r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		_, err := r.Coupon.Claim(tx.Statement.Context, r.Street.Alliance.ID, campaign, member)
		return err
	})
}

// bareClaim is the least that a claim can be: the row's lock, the count, the stock, the coupon. What ours does besides
// (the store's standing, who is told, the answer on record) it leaves out.
func (r *rush) bareClaim(campaign, member models.ID) error {
	return r.DB.Tx(r.Ctx(), func(tx *gorm.DB) error {
		var c models.Campaign
		if err := db.Lock(tx).Where("id = ?", campaign).Take(&c).Error; err != nil {
			return err
		}
		var mine int64
		if err := tx.Model(&models.Coupon{}).Where("campaign_id = ? AND member_id = ?", campaign, member).Count(&mine).Error; err != nil {
			return err
		}
		if c.Claimable(mine, r.Time.Now()) != "" {
			return nil
		}
		if err := tx.Model(&c).Updates(map[string]any{"remaining": c.Remaining - 1, "claimed": c.Claimed + 1}).Error; err != nil {
			return err
		}
		from, until := c.Span(r.Time.Now(), r.Street.Alliance.Location())
		return tx.Create(&models.Coupon{
			ID: models.NewID(), AllianceID: c.AllianceID, CampaignID: c.ID, Version: c.Version, MemberID: member, Number: mine + 1,
			Code: models.NewCouponCode(), State: models.CouponUsable, ValidFrom: from, ValidUntil: until, ClaimedAt: r.Time.Now(),
		}).Error
	})
}
