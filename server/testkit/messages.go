package testkit

import (
	"context"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/go-sql-driver/mysql"
	"github.com/stretchr/testify/require"

	"onestreet/server/app"
	"onestreet/server/platform/db"
)

// counted is the network on which the messages to the database are counted.
const counted = "counted"

var (
	messages      atomic.Int64
	countMessages = sync.OnceFunc(func() {
		mysql.RegisterDialContext(counted, func(ctx context.Context, addr string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
			return counting{conn}, err
		})
	})
)

// counting counts what is sent: the driver sends a message at once.
type counting struct{ net.Conn }

func (c counting) Write(b []byte) (int, error) {
	messages.Add(1)
	return c.Conn.Write(b)
}

// Messages is how many messages a node of NewCounted has sent to the database.
func Messages() int64 { return messages.Load() }

// NewCounted is a node like New's on MariaDB, whose messages to the database are counted. One test at a time.
func NewCounted(t testing.TB) *App {
	t.Helper()
	countMessages()
	a := New(t, db.MySQL)
	cfg := Config(t, db.MySQL)
	cfg.Database = strings.Replace(cfg.Database, "@tcp(", "@"+counted+"(", 1)
	node, err := app.New(cfg, app.Options{Clock: a.Time, SMS: a.SMS, Log: logger(t), Volatile: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, node.Close()) })
	a.App = node
	return a
}
