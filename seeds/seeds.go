// Package seeds is the demo street: data files with its people and words, and a deterministic loader that lives through
// ninety days of it. Everything is written by the real services under a fake clock, in the order in which it would have
// happened, so the demo's books, levels and figures are what the product itself made of that history.
//
//	found ── stores, links ── every day: neighbours join, come, claim, redeem, sign up, talk ── every noon and night:
//	events are dispatched, every evening at nine: the ledger is sealed, every morning: the jobs run ── … ── now
//
// The chance behind it comes from generators with fixed seeds: the same date gives the same history, but for ids.
package seeds

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
)

//go:embed data
var files embed.FS

// Plan is how much of a street there is to be. The zero value of a field is the demo's own.
type Plan struct {
	Now     time.Time // when the demo opens; the zero time: now
	Days    int       // how long the street has been living by then
	Members int       // who have joined
	Visits  int       // about so many visits and purchases, besides redemptions and check-ins
}

// The demo's street.
const (
	Days    = 90
	Members = 400
	Visits  = 3600
)

func (p Plan) withDefaults() Plan {
	if p.Now.IsZero() {
		p.Now = clock.System{}.Now()
	}
	if p.Days == 0 {
		p.Days = Days
	}
	if p.Members == 0 {
		p.Members = Members
	}
	if p.Visits == 0 {
		p.Visits = Visits
	}
	return p
}

func read[T any](name string) (T, error) {
	var v T
	data, err := files.ReadFile("data/" + name)
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return v, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}

// Ensure fills an empty database with the demo street; one that has a street is left as it is. It opens the database
// of its own accord, with the durability of a power cut traded for speed.
func Ensure(ctx context.Context, cfg config.Config, out io.Writer) error {
	return Fill(ctx, cfg, Plan{}, out)
}

// Fill is Ensure for a street of another size or another day.
func Fill(ctx context.Context, cfg config.Config, plan Plan, out io.Writer) error {
	began := (clock.System{}).Now()
	l, err := newLoader(cfg, plan.withDefaults())
	if err != nil {
		return err
	}
	err = l.load(ctx, out)
	if err == nil && l.filled {
		_, _ = fmt.Fprintf(out, "  done in %.1f s\n", clock.System{}.Now().Sub(began).Seconds())
	}
	return errors.Join(err, l.app.Close())
}

func (l *loader) load(ctx context.Context, out io.Writer) error {
	if err := l.app.DB.Migrate(ctx); err != nil {
		return err
	}
	if id, err := l.app.Pool.StreetBySlug(ctx, ""); err != nil || !id.IsZero() {
		return err
	}
	l.filled = true
	_, _ = fmt.Fprintf(out, "  Filling the demo street with %d days of life …\n", l.plan.Days)
	if err := l.found(ctx); err != nil {
		return err
	}
	if err := l.intend(); err != nil {
		return err
	}
	return l.live(ctx)
}

func newLoader(cfg config.Config, plan Plan) (*loader, error) {
	l := &loader{plan: plan, codes: codes{}, stores: map[string]*shop{}, campaigns: map[string]*offer{}}
	l.chance = newChance()
	if err := l.readAll(); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(l.street.Alliance.TimeZone)
	if err != nil {
		return nil, err
	}
	l.zone = zone
	l.clock = clock.NewFake(l.day(0).Add(5 * time.Hour))
	l.app, err = app.New(cfg, app.Options{Clock: l.clock, SMS: l.codes, Volatile: true})
	return l, err
}
