// Package seeds is the demo street: data files with its people and words, and a deterministic loader that lives through
// ninety days of it. Everything is written by the real services under a fake clock, in the order in which it would have
// happened, so the demo's books, levels and figures are what the product itself made of that history.
package seeds

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"onestreet/models"
	"onestreet/server/app"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/config"
	"onestreet/server/pool"
)

//go:embed data
var files embed.FS

// Days is how long the demo street has been living when it opens.
const Days = 90

type street struct {
	Alliance allianceData `json:"alliance"`
	Stores   []storeData  `json:"stores"`
}

type allianceData struct {
	Slug           string     `json:"slug"`
	Name           string     `json:"name"`
	TimeZone       string     `json:"time_zone"`
	ReferralCredit int64      `json:"referral_credit"` // fen
	CommissionBPS  int64      `json:"commission_bps"`
	CommissionCap  int64      `json:"commission_cap"` // fen
	PointsPerYuan  int64      `json:"points_per_yuan"`
	InviterPoints  int64      `json:"inviter_points"`
	MarketRule     string     `json:"market_rule"`
	Coordinator    personData `json:"coordinator"`
}

type storeData struct {
	Slug       string         `json:"slug"`
	Name       string         `json:"name"`
	ShortName  string         `json:"short_name"`
	Color      string         `json:"color"`
	ColorNight string         `json:"color_night"`
	Front      string         `json:"front"`
	Width      int            `json:"width"`
	Persona    personData     `json:"persona"`
	StoryTitle string         `json:"story_title"`
	Story      string         `json:"story"`
	Address    string         `json:"address"`
	Hours      []models.Hours `json:"hours"`
	Owner      personData     `json:"owner"`
	Clerk      personData     `json:"clerk"`
}

type personData struct {
	Name string `json:"name"`
	Face string `json:"face"`
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
	began := time.Now()
	l, err := newLoader(cfg, out)
	if err != nil {
		return err
	}
	return errors.Join(l.load(ctx, began), l.app.Close())
}

// loader lives through the street's history.
type loader struct {
	app    *app.App
	clock  *clock.Fake
	now    time.Time
	out    io.Writer
	street street

	alliance models.Alliance
	stores   map[string]models.Store
}

func newLoader(cfg config.Config, out io.Writer) (*loader, error) {
	now := clock.System{}.Now()
	l := &loader{clock: clock.NewFake(now.AddDate(0, 0, -Days)), now: now, out: out, stores: map[string]models.Store{}}
	var err error
	if l.street, err = read[street]("street.json"); err != nil {
		return nil, err
	}
	l.app, err = app.New(cfg, app.Options{Clock: l.clock, Volatile: true})
	return l, err
}

func (l *loader) load(ctx context.Context, began time.Time) error {
	if err := l.app.DB.Migrate(ctx); err != nil {
		return err
	}
	if id, err := l.app.Pool.StreetBySlug(ctx, ""); err != nil || !id.IsZero() {
		return err
	}
	_, _ = fmt.Fprintf(l.out, "  Filling the demo street with %d days of life …\n", Days)
	if err := l.found(ctx); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(l.out, "  done in %.1f s\n", time.Since(began).Seconds())
	return nil
}

func (l *loader) found(ctx context.Context) error {
	d := l.street.Alliance
	a := models.NewAlliance(d.Slug, d.Name, l.clock.Now())
	a.TimeZone, a.ReferralCredit, a.CommissionBPS, a.CommissionCap = d.TimeZone, d.ReferralCredit, d.CommissionBPS, d.CommissionCap
	a.PointsPerYuan, a.InviterPoints, a.MarketRule = d.PointsPerYuan, d.InviterPoints, d.MarketRule
	var err error
	if l.alliance, err = l.app.Pool.Found(ctx, a, pool.Person{Phone: phone(0), Name: d.Coordinator.Name, Face: d.Coordinator.Face}); err != nil {
		return err
	}
	for i, s := range l.street.Stores {
		if err := l.open(ctx, i, s); err != nil {
			return fmt.Errorf("%s: %w", s.Slug, err)
		}
	}
	return nil
}

func (l *loader) open(ctx context.Context, i int, s storeData) error {
	store, err := l.app.Pool.OpenStore(ctx, models.Store{
		AllianceID: l.alliance.ID, Slug: s.Slug, Name: s.Name, ShortName: s.ShortName, Color: s.Color, ColorNight: s.ColorNight,
		Front: s.Front, Width: s.Width, PersonaName: s.Persona.Name, PersonaFace: s.Persona.Face, StoryTitle: s.StoryTitle,
		Story: s.Story, Address: s.Address, Hours: s.Hours,
	}, pool.Person{Phone: phone(100 + i), Name: s.Owner.Name, Face: s.Persona.Face})
	if err != nil {
		return err
	}
	l.stores[s.Slug] = store
	_, err = l.app.Pool.Hire(ctx, l.alliance.ID, store.ID, phone(200+i), s.Clerk.Name, models.RoleClerk)
	return err
}

// phone is the demo's n-th number, in a series that no carrier uses for people.
func phone(n int) string { return fmt.Sprintf("17099%06d", n) }
