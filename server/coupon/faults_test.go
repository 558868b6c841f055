package coupon_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/services"
	"onestreet/server/testkit/together"
)

// cable is what lies between a node and its database; it can be cut and mended, and held, so that nothing comes through.
type cable struct {
	t    testing.TB
	to   string
	addr string
	held sync.RWMutex

	mu    sync.Mutex
	ln    net.Listener
	conns []net.Conn
}

func newCable(t testing.TB, to string) *cable {
	c := &cable{t: t, to: to, addr: "127.0.0.1:0"}
	c.mend()
	t.Cleanup(c.cut)
	return c
}

// mend lets connections through, at the address of the first time.
func (c *cable) mend() {
	ln, err := net.Listen("tcp", c.addr)
	require.NoError(c.t, err)
	c.mu.Lock()
	c.ln, c.addr = ln, ln.Addr().String()
	c.mu.Unlock()
	go func() {
		for {
			near, err := ln.Accept()
			if err != nil {
				return
			}
			c.join(near)
		}
	}()
}

func (c *cable) join(near net.Conn) {
	far, err := net.Dial("tcp", c.to)
	if err != nil {
		_ = near.Close()
		return
	}
	c.mu.Lock()
	c.conns = append(c.conns, near, far)
	c.mu.Unlock()
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		go func() {
			_, _ = io.Copy(holding{way[0], c}, way[1])
			_ = way[0].Close()
		}()
	}
}

// holding is an end of a cable into which nothing is written while it is held.
type holding struct {
	io.Writer
	*cable
}

func (h holding) Write(p []byte) (int, error) {
	h.held.RLock()
	defer h.held.RUnlock()
	return h.Writer.Write(p)
}

// cut ends every connection, whatever is under way on it, and takes no new ones.
func (c *cable) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.ln.Close()
	for _, conn := range c.conns {
		_ = conn.Close()
	}
	c.conns = nil
}

// wired is a rig whose node reaches MariaDB through a cable, and takes it for away when it has said nothing for so long (zero:
// as in production); what the test itself reads does not go through it.
func wired(t *testing.T, within time.Duration) (rig, *cable) {
	r := rig{testkit.New(t, db.MySQL), t}
	dsn, err := mysql.ParseDSN(strings.TrimPrefix(r.Config.Database, "mysql:"))
	require.NoError(t, err)
	c := newCable(t, dsn.Addr)
	dsn.Addr, dsn.Timeout = c.addr, within
	cfg := r.Config
	cfg.Database = "mysql:" + dsn.FormatDSN()
	node, err := app.New(cfg, app.Options{Clock: r.Time, SMS: r.SMS, Within: within})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	r.App.App = node
	return r, c
}

// The database is gone, or hangs: it takes every connection and says nothing. Members, clerks and visitors are told so, and
// the same keys do everything once when it is back.
func TestWhileTheDatabaseIsAwayItIsSaidPlainlyAndNothingHappensTwice(t *testing.T) {
	r, wire := wired(t, 2*time.Second)
	c := r.live(testkit.With(r.tenOff(), body{"per_member": 6}))
	page, till := "/campaigns/"+c.ID.String(), r.At("noodles", "/redemptions")
	for fault, around := range map[string][2]func(){"gone": {wire.cut, wire.mend}, "hanging": {wire.held.Lock, wire.held.Unlock}} {
		shopper, clerk := r.As(testkit.Shopper).With("Idempotency-Key", fault), r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", fault)
		visitor, bill, before := r.As(testkit.Visitor), r.bill(testkit.Shopper, r.Claimed(testkit.Shopper, c), 6800), len(r.Coupons(c.ID))
		claim := func(locale string) *testkit.Response { return shopper.In(locale).Post(page+"/claims", nil) }
		redeem := func(locale string) *testkit.Response { return clerk.In(locale).Post(till, bill) }
		around[0]()
		r.saidAway(claim, redeem,
			func(locale string) *testkit.Response { return shopper.In(locale).Get("/me/coupons") },
			func(locale string) *testkit.Response { return visitor.In(locale).Get(page) })
		around[1]()
		for _, ask := range []func(string) *testkit.Response{claim, redeem} {
			first, again := ask("en").Must(http.StatusCreated), ask("en").Must(http.StatusCreated)
			assert.Equal(t, string(first.Body), string(again.Body))
		}
		assert.Len(t, r.Coupons(c.ID), before+1, fault)
	}
	r.booksHold()
}

// saidAway asks in both languages at once, each twice, and expects the database to be away.
func (r rig) saidAway(asks ...func(locale string) *testkit.Response) {
	words := [][2]string{{"zh-CN", "不会重复"}, {"en", "nothing happens twice"}}
	answers := make([]*testkit.Response, 4*len(asks))
	testkit.Crowd(len(answers), func(i int) error {
		answers[i] = asks[i/4](words[i%2][0])
		return nil
	})
	for i, answer := range answers {
		answer.Refused(http.StatusServiceUnavailable, "database_away")
		assert.Contains(r.t, string(answer.Body), words[i%2][1])
		assert.NotEmpty(r.t, answer.Header.Get("Retry-After"))
	}
}

// The cable is cut in the middle of a rush, whatever is under way on it, and mended when it has been said often enough.
func TestTheDatabaseGoesInTheMiddleOfARush(t *testing.T) {
	const shoppers, stock = 120, 40
	r, wire := wired(t, 0)
	c := r.live(r.alone(body{"stock": stock}))
	people := r.Join(shoppers, "tea")
	path := "/campaigns/" + c.ID.String() + "/claims"
	var away atomic.Int64
	var mend sync.Once
	told := make([]*testkit.Response, shoppers)
	clients := make([]*testkit.Client, shoppers)
	for i, p := range people {
		clients[i] = r.AsPerson(p).With("Idempotency-Key", "at-eight")
	}
	testkit.Crowd(shoppers, func(i int) error {
		if i == shoppers/2 {
			wire.cut()
		}
		for {
			told[i] = clients[i].Post(path, nil)
			if told[i].Status != http.StatusServiceUnavailable {
				break
			}
			if away.Add(1) >= shoppers {
				mend.Do(wire.mend)
			}
		}
		return nil
	})
	require.GreaterOrEqual(t, away.Load(), int64(shoppers), "it was away")
	holders := map[models.ID]bool{}
	for _, row := range r.Coupons(c.ID) {
		holders[row.MemberID] = true
	}
	assert.Len(t, r.Coupons(c.ID), stock)
	assert.Len(t, holders, stock, "nobody has two")
	for i, answer := range told {
		if holders[people[i].Member.ID] {
			answer.Must(http.StatusCreated)
		} else {
			answer.Refused(http.StatusConflict, "sold_out")
		}
	}
	r.booksHold()
}

// Another process holds SQLite's lock for a while: reading goes on, and claims wait for it.
func TestClaimsWaitForWhoHoldsTheLock(t *testing.T) {
	r := rig{testkit.New(t, db.SQLite), t}
	c := r.live(r.alone(nil))
	shopper := r.As(testkit.Shopper)
	other, err := db.Open(r.Config.Database, db.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, other.Close()) })
	pool, err := other.SQL()
	require.NoError(t, err)
	lock, err := pool.BeginTx(r.Ctx(), nil) // begins immediate
	require.NoError(t, err)
	var answer *testkit.Response
	var asking together.Group
	asking.Go(func() { answer = shopper.Post("/campaigns/"+c.ID.String()+"/claims", nil) })
	r.As(testkit.Visitor).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK)
	require.NoError(t, lock.Rollback())
	asking.Wait()
	answer.Must(http.StatusCreated)
	r.booksHold()
}

// Everyone claims on both nodes, and asks again; only MariaDB and Redis stand between the nodes.
func TestARushOnTwoNodes(t *testing.T) {
	const shoppers, stock = 1500, 300
	r := rig{testkit.New(t, db.MySQL), t}
	c := r.live(r.alone(body{"stock": stock}))
	people := r.Join(shoppers, "tea")
	nodes := make([]*coupon.Service, 2)
	for i := range nodes {
		cfg := r.Config
		cfg.Redis = "redis://" + services.Redis(t)
		node, err := app.New(cfg, app.Options{Clock: r.Time, SMS: r.SMS, Volatile: true})
		require.NoError(t, err)
		t.Cleanup(func() { require.NoError(t, node.Close()) })
		nodes[i] = node.Coupon
	}
	got := make([]atomic.Int64, shoppers)
	errs := testkit.Crowd(2*shoppers, func(i int) error {
		who := i / 2
		_, err := nodes[i%2].Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[who].Member.ID)
		if err == nil {
			got[who].Add(1)
		}
		return err
	})
	ok, _ := testkit.Counted(t, errs, coupon.ErrSoldOut, coupon.ErrClaimLimit)
	assert.Equal(t, stock, ok)
	for i := range got {
		assert.LessOrEqual(t, got[i].Load(), int64(1), "nobody has two")
	}
	assert.Len(t, r.Coupons(c.ID), stock)
	r.booksHold()
}
