package cli

import (
	"context"
	"errors"
	"fmt"
	"net"

	"onestreet/seeds"
	"onestreet/server/app"
	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
)

type serveCmd struct {
	config.Config
}

// Run implements the command.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	if err := makeDemoSecret(&c.Config); err != nil {
		return err
	}
	cfg, err := checked(c.Config)
	if err != nil {
		return err
	}
	app.TradeMemory()
	a, err := app.New(cfg, app.Options{Log: logger(cfg.Log, s.err), Out: s.out})
	if err != nil {
		return err
	}
	if err := prepare(ctx, a, s); err != nil {
		return errors.Join(err, a.Close())
	}
	return errors.Join(a.Run(ctx, func(addr net.Addr) { greet(cfg, addr, s) }), a.Close())
}

// prepare migrates the embedded database (a shared one is migrated by the migrate command, once for all nodes) and
// fills the demo's.
func prepare(ctx context.Context, a *app.App, s streams) error {
	if a.DB.Dialect == db.SQLite {
		if err := a.DB.Migrate(ctx); err != nil {
			return err
		}
	}
	pending, err := a.DB.Pending(ctx)
	if err != nil {
		return err
	}
	if pending {
		return errors.New("the schema is behind: run onestreet migrate first")
	}
	if !a.Config.Demo {
		return nil
	}
	return seeds.Ensure(ctx, a.Config, s.out)
}

func greet(cfg config.Config, addr net.Addr, s streams) {
	_, _ = fmt.Fprintf(s.out, "\n  一条街 Onestreet is open: http://%s\n", addr)
	if cfg.Demo {
		_, _ = fmt.Fprintf(s.out, "  Log in as one of the demo's people: http://%s/login\n", addr)
	}
	_, _ = fmt.Fprintf(s.out, "  API: http://%s/docs\n\n", addr)
}
