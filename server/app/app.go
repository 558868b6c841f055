// Package app is the only place that wires: it opens the database, makes every feature, connects them through events and
// puts their routes on one server. The command line and the tests both use it.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/frontend"
	"onestreet/server/identity"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
	"onestreet/server/platform/metrics"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/sms"
	"onestreet/server/platform/token"
	"onestreet/server/platform/web"
)

// Version is the API's version in the OpenAPI document.
const Version = "1.0.0"

// Options replace parts for tests and the seed loader; the zero value is production.
type Options struct {
	Clock clock.Clock
	SMS   sms.Sender
	Log   *slog.Logger
	Out   io.Writer // where the console sender writes
	// See db.Options.
	Volatile bool
	Within   time.Duration
}

// App is one node of the platform.
type App struct {
	Config  config.Config
	DB      *db.DB
	Clock   clock.Clock
	Keys    *token.Keys
	Outbox  *outbox.Outbox
	API     *web.API
	Fiber   *fiber.App
	Log     *slog.Logger
	Metrics *metrics.Metrics
	Features

	jobs    []job
	closers []func() error
}

// New makes a node: opens the database, wires the features, adds their routes. It does not migrate and starts nothing.
func New(cfg config.Config, opt Options) (*App, error) {
	opt, err := opt.withDefaults(cfg)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cfg.Data, 0o750); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	keys, err := token.New(cfg.Secret, opt.Clock.Now)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(cfg.Database, db.Options{Volatile: opt.Volatile, Now: opt.Clock.Now, Within: opt.Within})
	if err != nil {
		return nil, err
	}
	a := &App{Config: cfg, DB: d, Clock: opt.Clock, Keys: keys, Log: opt.Log, Metrics: metrics.New()}
	a.Outbox = outbox.New(d, opt.Clock, opt.Log)
	a.serve()
	if err := a.wire(opt); err != nil {
		return nil, errors.Join(err, a.DB.Close())
	}
	web.App(a.Fiber, frontend.Dist(), a.Calendar.PageHead)
	return a, nil
}

func (o Options) withDefaults(cfg config.Config) (Options, error) {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Out == nil {
		o.Out = io.Discard
	}
	var err error
	if o.SMS == nil {
		o.SMS, err = sender(cfg, o.Out)
	}
	return o, err
}

// sender is who sends one-time codes, as configured.
func sender(cfg config.Config, out io.Writer) (sms.Sender, error) {
	account := sms.Account{Key: cfg.SMSKey, Secret: cfg.SMSSecret, Sign: cfg.SMSSign, Template: cfg.SMSTemplate, App: cfg.SMSApp}
	switch cfg.SMS {
	case "aliyun":
		return sms.NewAliyun(account)
	case "tencent":
		return sms.NewTencent(account)
	}
	return sms.NewConsole(out), nil
}

// serve makes the server with what stands before every feature: health, authentication, the API.
func (a *App) serve() {
	var proxies []string
	if a.Config.Proxies != "" {
		proxies = strings.Split(a.Config.Proxies, ",")
	}
	onError := func(c *fiber.Ctx, err error) error { return a.API.ErrorHandler(c, err) }
	limits := web.Limits{PerCaller: a.Config.RateCaller, PerAddress: a.Config.RateAddress}
	a.Fiber = web.NewServer(a.Clock, a.Log, proxies, limits, onError)
	a.Fiber.Use(a.Metrics.Count(a.Clock.Now))
	a.Fiber.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok\n") })
	a.Fiber.Get("/readyz", a.ready)
	a.Fiber.Use(func(c *fiber.Ctx) error { return a.Identity.Authenticate(c) })
	a.API = web.New(a.Fiber, "Onestreet 一条街", Version, web.Deps{DB: a.DB, Clock: a.Clock, Log: a.Log, Scope: identity.Scope})
}

// ready says whether this node can serve: the database answers and its schema is up to date.
func (a *App) ready(c *fiber.Ctx) error {
	if err := a.DB.Ping(c.UserContext()); err != nil {
		return c.Status(http.StatusServiceUnavailable).SendString("database does not answer\n")
	}
	if pending, err := a.DB.Pending(c.UserContext()); err != nil || pending {
		return c.Status(http.StatusServiceUnavailable).SendString("schema is behind: run onestreet migrate\n")
	}
	return c.SendString("ready\n")
}

// Run serves on the configured addresses until ctx ends, then drains: sockets are told to come back elsewhere, requests
// under way are finished, batches and events are committed. listening gets the address once it is open.
func (a *App) Run(ctx context.Context, listening func(net.Addr)) error {
	ln, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return err
	}
	stopMetrics, err := a.serveMetrics()
	if err != nil {
		return errors.Join(err, ln.Close())
	}
	defer stopMetrics()
	work, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := a.background(work)
	failed := make(chan error, 1)
	go func() { failed <- a.Fiber.Listener(ln) }()
	listening(ln.Addr())
	select {
	case <-ctx.Done():
		a.drain()
		err = a.leave()
	case err = <-failed:
	}
	stop()
	<-done
	return err
}

// leave lets requests finish. A connection that never asked for anything, as browsers open them in advance, is not waited
// for any longer: the process ends, and with it the connection.
func (a *App) leave() error {
	err := a.Fiber.ShutdownWithTimeout(10 * time.Second)
	if errors.Is(err, context.DeadlineExceeded) {
		a.Log.Warn("connections were cut", "open", a.Fiber.Server().GetOpenConnectionsCount())
		return nil
	}
	return err
}

func (a *App) serveMetrics() (func(), error) {
	if a.Config.MetricsAddr == "" {
		return func() {}, nil
	}
	ln, err := net.Listen("tcp", a.Config.MetricsAddr)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", a.Metrics.Handler())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	go func() { _ = server.Serve(ln) }()
	return func() { _ = server.Close() }, nil
}

// Uploads is the folder of photos.
func (a *App) Uploads() string { return filepath.Join(a.Config.Data, "uploads") }

// Close gives everything back. Call it after Run has returned, or when Run was never called.
func (a *App) Close() error {
	a.closeFeatures()
	return a.DB.Close()
}
