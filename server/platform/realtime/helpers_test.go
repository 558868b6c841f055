package realtime

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"
	"github.com/gofiber/fiber/v2"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/testkit/services"
)

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "onestreet-test-")
	if err != nil {
		panic(err)
	}
	shared.path = filepath.Join(dir, "x.db")
	services.MainThen(m, func() { _ = os.RemoveAll(dir) })
}

// shared are the package's databases: every test has a street of its own in them.
var shared struct {
	path, dsn       string
	sqlite, mariaDB sync.Once
}

var noon = time.Date(2026, 10, 17, 4, 0, 0, 0, time.UTC)

const feed = "feed:street"

// noLeaks fails the test when it leaves goroutines behind, other than those that libraries never stop.
func noLeaks(t testing.TB) {
	ignore := []goleak.Option{
		goleak.IgnoreCurrent(),
		goleak.IgnoreAnyFunction("gorm.io/gorm/internal/lru.NewLRU[...].func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"),
	}
	t.Cleanup(func() { goleak.VerifyNone(t, ignore...) })
}

func connect(t testing.TB, url string) *db.DB {
	t.Helper()
	d, err := db.Open(url, db.Options{Volatile: true})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	return d
}

func sqlite(t testing.TB) *db.DB {
	t.Helper()
	d := connect(t, "sqlite:"+shared.path)
	shared.sqlite.Do(func() { require.NoError(t, d.Migrate(context.Background())) })
	return d
}

func mariaDB(t testing.TB) *db.DB {
	t.Helper()
	shared.mariaDB.Do(func() {
		shared.dsn = services.LastingDatabase(t)
		require.NoError(t, connect(t, "mysql:"+shared.dsn).Migrate(context.Background()))
	})
	return connect(t, "mysql:"+shared.dsn)
}

// bothDatabases runs a test on SQLite and on MariaDB.
func bothDatabases(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqlite(t)) })
	t.Run("mysql", func(t *testing.T) { test(t, mariaDB(t)) })
}

// street is a node with streams and a hub. Tokens are names; "expired" is refused; the rules decide what may be followed.
type street struct {
	t        testing.TB
	db       *db.DB
	clock    *clock.Fake
	streams  *Streams
	hub      *Hub
	alliance models.ID

	mu       sync.Mutex
	accounts map[string]models.ID
	barred   map[models.ID]bool
	ended    map[models.ID]bool
}

func newStreet(t testing.TB, d *db.DB, b Broker, opt Options) *street {
	t.Helper()
	s := &street{
		t: t, db: d, clock: clock.NewFake(noon), alliance: models.NewID(),
		accounts: map[string]models.ID{}, barred: map[models.ID]bool{}, ended: map[models.ID]bool{},
	}
	s.streams = NewStreams(d, s.clock, b)
	s.hub = s.node(b, opt)
	t.Cleanup(s.streams.Close)
	return s
}

// node is a hub of the street; several of them are several nodes.
func (s *street) node(b Broker, opt Options) *Hub {
	fallback(&opt.JoinWithin, time.Millisecond) // phones here answer every word; nobody has to wait for company
	h := NewHub(s.streams, b, s.clock, s.authenticate, opt)
	h.Authorize("feed", func(context.Context, Subject, string) error { return nil })
	h.Authorize("desk", s.deskOnly)
	h.Authorize("broken", func(context.Context, Subject, string) error { panic("an authorizer with a mistake in it") })
	h.ShowPresence("feed")
	s.t.Cleanup(h.Close)
	return h
}

func (s *street) authenticate(_ context.Context, h Hello) (Subject, error) {
	if h.Token == "" {
		return Subject{Alliance: s.alliance, Locale: h.Locale}, nil
	}
	if h.Token == "expired" {
		return Subject{}, models.Fail(models.Unauthorized, "token_invalid", "请重新登录", "Log in again")
	}
	name, _, _ := strings.Cut(h.Token, "/") // "li/2" is li's second token
	account := s.account(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended[account] {
		return Subject{}, models.Fail(models.Unauthorized, "token_invalid", "请重新登录", "Log in again")
	}
	return Subject{Account: account, Alliance: s.alliance, Locale: "en", Expires: s.clock.Now().Add(15 * time.Minute), Face: map[string]string{"name": name}}, nil
}

func (s *street) deskOnly(_ context.Context, who Subject, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if who.Account.IsZero() || s.barred[who.Account] {
		return ErrNotAllowed
	}
	return nil
}

func (s *street) account(name string) models.ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accounts[name].IsZero() {
		s.accounts[name] = models.NewID()
	}
	return s.accounts[name]
}

func (s *street) set(rules map[models.ID]bool, account models.ID, value bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rules[account] = value
}

// post appends n items to a stream, each in its own transaction.
func (s *street) post(stream string, n int) {
	s.t.Helper()
	for range n {
		require.NoError(s.t, s.append(stream, map[string]string{"text": "街坊们好"}))
	}
}

// bulk appends n items in one transaction.
func (s *street) bulk(stream string, n int) {
	s.t.Helper()
	drafts := make([]Draft, n)
	for i := range drafts {
		drafts[i] = Draft{"post.created", map[string]string{"text": "街坊们好"}}
	}
	require.NoError(s.t, s.db.Tx(context.Background(), func(tx *gorm.DB) error {
		_, err := s.streams.AppendAll(tx, s.alliance, stream, drafts...)
		return err
	}))
}

func (s *street) append(stream string, data any) error {
	return s.db.Tx(context.Background(), func(tx *gorm.DB) error {
		_, err := s.streams.Append(tx, s.alliance, stream, "post.created", data)
		return err
	})
}

// heard is any frame from the server.
type heard struct {
	Op         string          `json:"op"`
	Stream     string          `json:"stream"`
	Seq        int64           `json:"seq"`
	Head       int64           `json:"head"`
	Kind       string          `json:"kind"`
	Data       json.RawMessage `json:"data"`
	Code       string          `json:"code"`
	Message    string          `json:"message"`
	Conn       string          `json:"conn"`
	ServerTime time.Time       `json:"server_time"`
	raw        []byte
}

// listen serves the hub on a real port, as the app does, and returns the socket's address.
func (s *street) listen(h *Hub, origins ...string) string {
	s.t.Helper()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ErrorHandler: func(c *fiber.Ctx, err error) error {
		status := map[models.Kind]int{models.Forbidden: 403, models.Invalid: 422}
		var told *models.Error
		if !errors.As(err, &told) {
			return c.SendStatus(500)
		}
		return c.Status(status[told.Kind]).SendString(told.Code)
	}})
	Prepare(app)
	app.Get("/ws", Handler(h, origins...))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(s.t, err)
	done := make(chan error, 1)
	go func() { done <- app.Listener(ln) }()
	s.t.Cleanup(func() {
		h.Close()
		require.NoError(s.t, app.Shutdown())
		require.NoError(s.t, <-done)
	})
	return "ws://" + ln.Addr().String() + "/ws"
}

// phone is a client on a real socket.
type phone struct {
	t  testing.TB
	ws *websocket.Conn
}

func dial(t testing.TB, url string) *phone {
	t.Helper()
	ws, res, err := websocket.DefaultDialer.Dial(url, nil)
	require.NoError(t, err)
	require.NoError(t, res.Body.Close())
	p := &phone{t: t, ws: ws}
	t.Cleanup(func() { _ = ws.Close() })
	return p
}

// enter dials and says hello.
func enter(t testing.TB, url, token string) *phone {
	t.Helper()
	p := dial(t, url)
	p.say(map[string]any{"op": "hello", "token": token, "v": 1})
	require.Equal(t, "welcome", p.hear().Op)
	return p
}

func (p *phone) say(frame any) {
	p.t.Helper()
	require.NoError(p.t, p.ws.WriteJSON(frame))
}

func (p *phone) follow(stream string, since int64) {
	p.t.Helper()
	p.say(map[string]any{"op": "follow", "stream": stream, "since": since})
}

// hear is the next frame that is no presence signal.
func (p *phone) hear() heard {
	p.t.Helper()
	for {
		f := p.next()
		if f.Kind != "presence" {
			return f
		}
	}
}

func (p *phone) next() heard {
	p.t.Helper()
	require.NoError(p.t, p.ws.SetReadDeadline(time.Now().Add(10*time.Second)))
	_, raw, err := p.ws.ReadMessage()
	require.NoError(p.t, err)
	holds(p.t, raw)
	f := heard{raw: raw}
	require.NoError(p.t, json.Unmarshal(raw, &f))
	return f
}

// items hears the next n items and fails unless they are exactly from … from+n-1, in order.
func (p *phone) items(stream string, from, n int64) {
	p.t.Helper()
	for seq := from; seq < from+n; seq++ {
		f := p.hear()
		require.Equal(p.t, [3]any{"item", stream, seq}, [3]any{f.Op, f.Stream, f.Seq}, "%s", f.raw)
	}
}

// closed waits for the server's close frame and returns its code and reason; other frames are passed over.
func (p *phone) closed() (int, string) {
	p.t.Helper()
	for {
		require.NoError(p.t, p.ws.SetReadDeadline(time.Now().Add(10*time.Second)))
		_, _, err := p.ws.ReadMessage()
		var end *websocket.CloseError
		if errors.As(err, &end) {
			return end.Code, end.Text
		}
		require.NoError(p.t, err)
	}
}

func (p *phone) mustClose(why Close) {
	p.t.Helper()
	code, reason := p.closed()
	require.Equal(p.t, why, Close{uint16(code), reason})
}
