package seeds_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/seeds"
	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
)

// evening is when the tests' demo opens: a Saturday, twenty to nine at night in the street.
var evening = time.Date(2026, 10, 17, 12, 40, 0, 0, time.UTC)

// small is a street that is quick to live through, also with the race detector.
var small = seeds.Plan{Now: evening, Days: 7, Members: 14, Visits: 40}

type demo struct {
	*app.App
	t *testing.T
}

func configIn(dir string) config.Config {
	return config.Config{
		Addr: "127.0.0.1:0", Database: "sqlite:" + filepath.Join(dir, "onestreet.db"), Data: dir, PublicURL: "http://street.test",
		Secret: "a secret for tests only, 32 bytes or more", SMS: "console", Log: "error", Demo: true,
	}
}

// open fills a database of its own and serves it at the moment when the demo opens.
func open(t *testing.T, plan seeds.Plan) *demo {
	t.Helper()
	cfg := configIn(t.TempDir())
	require.NoError(t, seeds.Fill(t.Context(), cfg, plan, io.Discard))
	return serve(t, cfg, plan.Now)
}

func serve(t *testing.T, cfg config.Config, now time.Time) *demo {
	t.Helper()
	a, err := app.New(cfg, app.Options{Clock: clock.NewFake(now), Volatile: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	return &demo{a, t}
}

// whole is the demo in full size. The program itself fills it, as people have it: without the race detector, under
// which ninety days would take minutes.
func whole(t *testing.T, program string, now time.Time) *demo {
	t.Helper()
	cfg := configIn(t.TempDir())
	run(t, program, "seed", "--demo", "--data", cfg.Data, "--secret", cfg.Secret, "--now", now.Format(time.RFC3339))
	return serve(t, cfg, now)
}

// build makes the program that people run.
func build(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "onestreet")
	run(t, "go", "build", "-trimpath", "-buildvcs=false", "-o", program, "onestreet/server")
	return program
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func (d *demo) do(method, path, token, body string) map[string]any {
	d.t.Helper()
	req := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := d.Fiber.Test(req, -1)
	require.NoError(d.t, err)
	data, err := io.ReadAll(res.Body)
	require.NoError(d.t, err)
	require.NoError(d.t, res.Body.Close())
	require.Equal(d.t, http.StatusOK, res.StatusCode, "%s %s: %s", method, path, data)
	var out map[string]any
	require.NoError(d.t, json.Unmarshal(data, &out))
	return out
}

// enter logs in as one of the demo's people, by one tap.
func (d *demo) enter(key string) string {
	d.t.Helper()
	return d.do(http.MethodPost, "/demo/enter", "", `{"key":"`+key+`"}`)["access_token"].(string)
}

func (d *demo) count(model any, where ...any) int64 {
	d.t.Helper()
	var n int64
	q := d.DB.Read(context.Background()).Model(model)
	if len(where) > 0 {
		q = q.Where(where[0], where[1:]...)
	}
	require.NoError(d.t, q.Count(&n).Error)
	return n
}

// at follows a path of keys into an answer: "ledger.groups".
func at(answer map[string]any, path string) any {
	var v any = answer
	for key := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[key]
	}
	return v
}

func (d *demo) offersItsPeople(t *testing.T) {
	got := map[string]string{}
	for _, p := range d.do(http.MethodGet, "/demo/people", "", "")["items"].([]any) {
		person := p.(map[string]any)
		got[person["key"].(string)] = person["name"].(string)
	}
	assert.Equal(t, map[string]string{
		"shopper": "李桂芳", "shopper-2": "王秀兰", "owner-shoes": "陈玉兰", "owner-noodles": "林国栋", "owner-tea": "吴清和",
		"clerk-noodles": "阿毛", "coordinator": "方若兰",
	}, got)
}

// screens are the lists that must hold something, by who looks at them; {shoes} and the like are the stores' ids.
var screens = []struct{ who, path, filled string }{
	{"shopper", "/street", "stores"},
	{"owner-shoes", "/street/ledger/checkpoints", "items"},
	{"shopper", "/feeds/street/posts", "items"},
	{"shopper", "/campaigns", "items"},
	{"shopper", "/me/coupons?state=usable", "items"},
	{"shopper", "/me/coupons?state=used", "items"},
	{"shopper", "/calendar?month=2026-10", "items"},
	{"shopper", "/calendar?month=2026-11", "items"},
	{"shopper", "/me/inbox", "items"},
	{"shopper", "/me/levels", "items"},
	{"shopper", "/me/points", "items"},
	{"shopper", "/me/invite", "invited"},
	{"shopper", "/me/privacy", "stores"},
	{"shopper-2", "/me/coupons?state=usable", "items"},
	{"shopper-2", "/me/inbox", "items"},
	{"owner-shoes", "/stores/{shoes}/desk", "hours"},
	{"owner-shoes", "/stores/{shoes}/desk", "care"},
	{"owner-shoes", "/stores/{shoes}/desk", "notices"},
	{"owner-shoes", "/stores/{shoes}/campaigns", "items"},
	{"owner-shoes", "/stores/{shoes}/redemptions", "items"},
	{"owner-shoes", "/stores/{shoes}/events", "items"},
	{"owner-shoes", "/stores/{shoes}/join-links", "items"},
	{"owner-shoes", "/stores/{shoes}/staff", "items"},
	{"owner-shoes", "/stores/{shoes}/customers?state=member", "items"},
	{"owner-shoes", "/stores/{shoes}/customers?state=invited", "items"},
	{"owner-shoes", "/stores/{shoes}/ledger?month=2026-10", "groups"},
	{"owner-shoes", "/stores/{shoes}/ledger/lines?month=2026-10", "items"},
	{"owner-shoes", "/stores/{shoes}/settlements", "items"},
	{"owner-shoes", "/stores/{shoes}/settlements/2026-09", "groups"},
	{"owner-tea", "/stores/{tea}/signatures", "items"},
	{"owner-tea", "/stores/{tea}/desk", "notices"},
	{"owner-noodles", "/stores/{noodles}/ledger/lines?month=2026-10", "items"},
	{"clerk-noodles", "/stores/{noodles}/redemptions", "items"},
	{"clerk-noodles", "/stores/{noodles}/customers", "items"},
	{"clerk-noodles", "/stores/{noodles}/desk", "care"},
	{"coordinator", "/alliance/stores", "items"},
	{"coordinator", "/alliance/referrals", "items"},
	{"coordinator", "/alliance/referrals?state=objected", "items"},
	{"owner-shoes", "/stores/{shoes}/objections", "against"},
	{"owner-shoes", "/stores/{shoes}/objections", "ours"},
	{"owner-shoes", "/stores/{shoes}/objections", "lost"},
	{"owner-tea", "/stores/{tea}/objections", "ours"},
	{"owner-noodles", "/stores/{noodles}/objections", "ours"},
	{"coordinator", "/alliance/settlements", "items"},
	{"coordinator", "/alliance/settlements/2026-09", "payments"},
	{"coordinator", "/alliance/overview", "flow"},
	{"coordinator", "/alliance/overview", "origins"},
	{"coordinator", "/alliance/overview", "redemptions_by_store"},
	{"coordinator", "/alliance/overview", "crossing"},
	{"coordinator", "/alliance/overview", "levels"},
	{"coordinator", "/alliance/overview", "hours.rows"},
	{"coordinator", "/alliance/overview", "ticker"},
	{"shopper", "/circles", "items"},
	{"shopper", "/me/feeds", "items"},
	{"shopper", "/me/chats", "items"},
	{"shopper", "/series", "items"},
	{"owner-shoes", "/stores/{shoes}/chats", "items"},
	{"owner-shoes", "/stores/{shoes}/answering", "canned"},
	{"clerk-noodles", "/stores/{noodles}/chats", "items"},
	{"owner-noodles", "/stores/{noodles}/plan", "items"},
	{"owner-tea", "/stores/{tea}/plan", "items"},
	{"owner-shoes", "/stores/{shoes}/questions", "items"},
	{"coordinator", "/alliance/questions", "items"},
	{"coordinator", "/alliance/lessons", "items"},
	{"coordinator", "/conduct/queue", "cases"},
	{"coordinator", "/conduct/queue", "appeals"},
	{"coordinator", "/conduct/mutes", "items"},
	{"coordinator", "/conduct/trail", "items"},
}

func (d *demo) everyScreen(t *testing.T) {
	var ids []string
	for _, s := range d.do(http.MethodGet, "/street", "", "")["stores"].([]any) {
		store := s.(map[string]any)
		ids = append(ids, "{"+store["slug"].(string)+"}", store["id"].(string))
	}
	stores, tokens := strings.NewReplacer(ids...), map[string]string{}
	for _, s := range screens {
		if tokens[s.who] == "" {
			tokens[s.who] = d.enter(s.who)
		}
		list, ok := at(d.do(http.MethodGet, stores.Replace(s.path), tokens[s.who], ""), s.filled).([]any)
		assert.True(t, ok && len(list) > 0, "%s sees %s without %s", s.who, s.path, s.filled)
	}
}

func (d *demo) everythingBalances(t *testing.T) {
	report, err := d.Ledger.Audit().Run(t.Context())
	require.NoError(t, err)
	assert.Nil(t, report.Finding)
	assert.Positive(t, report.Transfers)
	assert.Contains(t, report.Passed, "ledger.checkpoints")
}

// tally counts what a demo holds; it is the same whenever the same day is loaded.
func (d *demo) tally() map[string]int64 {
	return map[string]int64{
		"members": d.count(&models.Member{}), "stores": d.count(&models.Store{}), "visits": d.count(&models.Visit{}),
		"coupons": d.count(&models.Coupon{}), "redemptions": d.count(&models.Redemption{}), "sign-ups": d.count(&models.SignUp{}),
		"posts": d.count(&models.Post{}), "comments": d.count(&models.PostComment{}), "likes": d.count(&models.PostLike{}),
		"photos": d.count(&models.Photo{}), "transfers": d.count(&models.Transfer{}), "letters": d.count(&models.Notice{}),
		"seals": d.count(&models.Checkpoint{}), "strong": d.count(&models.Relation{}, "level >= ?", models.LevelStrong),
		"honours": d.count(&models.Visit{}, "kind = ?", models.VisitHonour),
		"undone":  d.count(&models.Redemption{}, "state = ?", models.RedemptionUndone),
	}
}

func TestTheSameDayGivesTheSameHistory(t *testing.T) {
	first, second := open(t, small), open(t, small)
	tally := first.tally()
	assert.Equal(t, tally, second.tally())
	assert.EqualValues(t, small.Members, tally["members"])
	assert.EqualValues(t, 13, tally["stores"])
	first.everythingBalances(t)
}

func TestAStreetThatIsThereStaysAsItIs(t *testing.T) {
	d := open(t, seeds.Plan{Now: evening, Days: 2, Members: 10, Visits: 10})
	before := d.tally()
	require.NoError(t, seeds.Fill(t.Context(), d.Config, seeds.Plan{Now: evening}, io.Discard))
	assert.Equal(t, before, d.tally())
}

// TestNoScreenOfTheDemoIsEmpty opens the demo in the evening, and before dawn, when every store is closed.
func TestNoScreenOfTheDemoIsEmpty(t *testing.T) {
	program := build(t)
	for name, now := range map[string]time.Time{"in the evening": evening, "before dawn": evening.Add(-16 * time.Hour)} {
		t.Run(name, func(t *testing.T) {
			d := whole(t, program, now)
			d.offersItsPeople(t)
			d.everyScreen(t)
			d.everythingBalances(t)
			d.isLively(t)
			d.isSettled(t)
		})
	}
}

func (d *demo) isLively(t *testing.T) {
	tally := d.tally()
	assert.Positive(t, d.count(&models.Redemption{}, "position > 0"), "some bills had several coupons")
	assert.Positive(t, d.count(&models.Coupon{}, "times > 1 AND spent > 0 AND state = ?", models.CouponUsable), "some punch cards are partly used")
	for _, way := range []models.Way{models.WaySent, models.WayTrigger, models.WayPrinted, models.WayGift} {
		assert.Positive(t, d.count(&models.Handout{}, "way = ?", way), "coupons came by way of %s", way)
	}
	assert.EqualValues(t, seeds.Members, tally["members"])
	assert.EqualValues(t, 13, tally["stores"])
	for what, atLeast := range map[string]int64{
		"seals":  seeds.Days - 5,
		"visits": 3900, "coupons": 600, "redemptions": 250, "undone": 2, "honours": 100, "sign-ups": 200, "posts": 135, "comments": 350, "likes": 600,
		"photos": 10, "strong": 60,
	} {
		assert.GreaterOrEqual(t, tally[what], atLeast, what)
	}
}

// isSettled looks at the closed months: the older ones are done with, the last one is as the demo tells it.
func (d *demo) isSettled(t *testing.T) {
	token := d.enter("coordinator")
	months := d.do(http.MethodGet, "/alliance/settlements", token, "")["items"].([]any)
	require.Len(t, months, 3)
	for i, m := range months {
		month := m.(map[string]any)
		assert.Equal(t, i > 0, month["confirmed"] == month["statements"], "%v", month["month"])
		assert.Equal(t, i > 0, month["settled"] == month["payments"], "%v", month["month"])
		assert.Equal(t, float64(1-min(i, 1)), month["disputed"], "%v", month["month"])
	}
	assert.Positive(t, d.count(&models.Transfer{}, "kind = ? AND recorded_at < ?", models.KindPointsSpent, evening.AddDate(0, 0, -17)), "the closed months have points honoured")
	states := map[string]int{}
	for _, p := range d.do(http.MethodGet, "/alliance/settlements/2026-09", token, "")["payments"].([]any) {
		states[p.(map[string]any)["state"].(string)]++
	}
	assert.Equal(t, 1, states["paid"], "one waits for the payee's word")
	assert.Equal(t, 1, states["settled"])
	assert.Positive(t, states["open"])
}
