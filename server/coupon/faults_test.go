package coupon_test

import (
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
	"onestreet/server/testkit"
	"onestreet/server/testkit/services"
)

// cable is what lies between a node and its database; it can be cut and mended.
type cable struct {
	t    testing.TB
	to   string
	addr string

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
			_, _ = io.Copy(way[0], way[1])
			_ = way[0].Close()
		}()
	}
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

// wired is a rig whose node reaches MariaDB through a cable; what the test itself reads does not go through it.
func wired(t *testing.T) (rig, *cable) {
	r := rig{testkit.New(t, db.MySQL), t}
	dsn, err := mysql.ParseDSN(strings.TrimPrefix(r.Config.Database, "mysql:"))
	require.NoError(t, err)
	c := newCable(t, dsn.Addr)
	dsn.Addr = c.addr
	cfg := r.Config
	cfg.Database = "mysql:" + dsn.FormatDSN()
	node, err := app.New(cfg, app.Options{Clock: r.Time, SMS: r.SMS})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	r.App.App = node
	return r, c
}

func TestWhileTheDatabaseIsAwayItIsSaidPlainlyAndNothingHappensTwice(t *testing.T) {
	r, wire := wired(t)
	c := r.live(with(r.tenOff(), body{"per_member": 3}))
	path := "/campaigns/" + c.ID.String() + "/claims"
	shopper, clerk := r.As(testkit.Shopper).With("Idempotency-Key", "at-eight"), r.As(testkit.ClerkOf("noodles")).With("Idempotency-Key", "bill-1")
	mine := r.claimed(testkit.Shopper, c)
	bill := r.bill(testkit.Shopper, mine, 6800)
	wire.cut()
	for language, words := range map[string]string{"zh-CN": "不会重复", "en": "nothing happens twice"} {
		for _, answer := range []*testkit.Response{
			shopper.In(language).Post(path, nil), clerk.In(language).Post(r.at("noodles", "/redemptions"), bill), shopper.In(language).Get("/me/coupons"),
		} {
			answer.Refused(http.StatusServiceUnavailable, "database_away")
			assert.Contains(t, string(answer.Body), words)
			assert.NotEmpty(t, answer.Header.Get("Retry-After"))
		}
	}
	wire.mend()
	first := shopper.Post(path, nil).Must(http.StatusCreated)
	again := shopper.Post(path, nil).Must(http.StatusCreated)
	assert.Equal(t, string(first.Body), string(again.Body))
	clerk.Post(r.at("noodles", "/redemptions"), bill).Must(http.StatusCreated)
	clerk.Post(r.at("noodles", "/redemptions"), bill).Must(http.StatusCreated)
	assert.Len(t, r.coupons(c.ID), 2)
	r.booksHold()
}

// The cable is cut in the middle of a rush, whatever is under way on it, and mended when it has been said often enough.
func TestTheDatabaseGoesInTheMiddleOfARush(t *testing.T) {
	const shoppers, stock = 120, 40
	r, wire := wired(t)
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
	crowd(shoppers, func(i int) error {
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
	for _, row := range r.coupons(c.ID) {
		holders[row.MemberID] = true
	}
	assert.Len(t, r.coupons(c.ID), stock)
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
	answer := make(chan *testkit.Response)
	go func() { answer <- shopper.Post("/campaigns/"+c.ID.String()+"/claims", nil) }()
	r.As(testkit.Visitor).Get("/campaigns/" + c.ID.String()).Must(http.StatusOK)
	require.NoError(t, lock.Rollback())
	(<-answer).Must(http.StatusCreated)
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
	errs := crowd(2*shoppers, func(i int) error {
		who := i / 2
		_, err := nodes[i%2].Claim(r.Ctx(), r.Street.Alliance.ID, c.ID, people[who].Member.ID)
		if err == nil {
			got[who].Add(1)
		}
		return err
	})
	ok, _ := counted(t, errs, coupon.ErrSoldOut, coupon.ErrClaimLimit)
	assert.Equal(t, stock, ok)
	for i := range got {
		assert.LessOrEqual(t, got[i].Load(), int64(1), "nobody has two")
	}
	assert.Len(t, r.coupons(c.ID), stock)
	r.booksHold()
}
