package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onestreet/server/platform/config"
	"onestreet/server/platform/db"
)

type doctorCmd struct {
	config.Config
}

// Run implements the command: every setting, then everything it names. Any complaint makes the exit code 1.
func (c *doctorCmd) Run(ctx context.Context, s streams) error {
	cfg := c.WithDefaults()
	sick := 0
	say := func(what string, err error) {
		if err != nil {
			sick++
			_, _ = fmt.Fprintf(s.out, "✗ %s: %v\n", what, err)
			return
		}
		_, _ = fmt.Fprintf(s.out, "✓ %s\n", what)
	}
	for _, p := range append(cfg.Check(), cfg.Production()...) {
		say(p.Setting, errors.New("expected "+p.Expected))
	}
	say("data folder "+cfg.Data, writable(cfg.Data))
	say("database", database(ctx, cfg))
	if rights := bending(ctx, cfg); len(rights) > 0 {
		_, _ = fmt.Fprintf(s.out, "! database user: could bend the books with %s; README says which rights are enough\n", strings.Join(rights, ", "))
	}
	if cfg.Redis != "" {
		say("redis", reachable(ctx, cfg.Redis))
	}
	if sick > 0 {
		return fmt.Errorf("%d things to mend", sick)
	}
	return nil
}

func writable(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	probe := filepath.Join(dir, ".doctor")
	if err := os.WriteFile(probe, nil, 0o600); err != nil {
		return err
	}
	return os.Remove(probe)
}

func database(ctx context.Context, cfg config.Config) error {
	d, err := db.Open(cfg.Database, db.Options{})
	if err != nil {
		return err
	}
	if err := d.Ping(ctx); err != nil {
		return errors.Join(err, d.Close())
	}
	pending, err := d.Pending(ctx)
	if err == nil && pending {
		err = errors.New("the schema is behind: run onestreet migrate")
	}
	return errors.Join(err, d.Close())
}

// bending are the rights of the database's user that get around the triggers which guard the books: no reason not to
// serve, but the coordinator should know. A database that does not answer has been complained of already.
func bending(ctx context.Context, cfg config.Config) []string {
	d, err := db.Open(cfg.Database, db.Options{})
	if err != nil {
		return nil
	}
	rights, err := d.BendingRights(ctx)
	if errors.Join(err, d.Close()) != nil {
		return nil
	}
	return rights
}

func reachable(ctx context.Context, address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	dialer := net.Dialer{Timeout: 3 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", u.Host)
	if err != nil {
		return err
	}
	return conn.Close()
}
