// Package outbox carries domain events from a lower feature to higher ones. An event is a row written in the
// transaction that caused it; after the commit a dispatcher hands it to every handler, at least once. A handler's
// effects and the note that it has handled the event share one transaction, so each takes effect exactly once, on
// whatever node and after whatever crash.
//
//	Add (in tx) → row → commit → wake → dispatch → handler tx: note + effects → done
//	                                       └ fails → next_at later, with backoff
package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
)

// Event is a domain event as stored.
type Event struct {
	ID         int64 `gorm:"primaryKey"`
	AllianceID models.ID
	Kind       string // "visit.recorded"
	Payload    string // JSON
	At         time.Time
	Attempts   int
	NextAt     time.Time
	DoneAt     *time.Time
	LastError  string
}

// TableName implements gorm's Tabler.
func (Event) TableName() string { return "outbox" }

type handled struct {
	EventID int64  `gorm:"primaryKey;autoIncrement:false"`
	Handler string `gorm:"primaryKey"`
}

func (handled) TableName() string { return "outbox_handled" }

type handler struct {
	name string
	run  func(ctx context.Context, tx *gorm.DB, e Event) error
}

// Outbox dispatches events. Register handlers before Run.
type Outbox struct {
	db       *db.DB
	clock    clock.Clock
	log      *slog.Logger
	handlers map[string][]handler
	wake     chan struct{}
	mu       sync.Mutex // one dispatch at a time in this process
}

// New returns an outbox without handlers.
func New(d *db.DB, c clock.Clock, log *slog.Logger) *Outbox {
	return &Outbox{db: d, clock: c, log: log, handlers: map[string][]handler{}, wake: make(chan struct{}, 1)}
}

// Add records an event in the caller's transaction; payload is stored as JSON.
func (o *Outbox) Add(tx *gorm.DB, alliance models.ID, kind string, payload any) error {
	data, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	now := o.clock.Now()
	if err := tx.Create(&Event{AllianceID: alliance, Kind: kind, Payload: string(data), At: now, NextAt: now}).Error; err != nil {
		return err
	}
	db.AfterCommit(tx, o.signal)
	return nil
}

// insertEvents writes many events at once.
var insertEvents = db.Insert{Into: "outbox (alliance_id, kind, payload, at, attempts, next_at, last_error)", Width: 7}

// AddAll records many events of one kind in the caller's transaction, in order.
func AddAll[T any](o *Outbox, tx *gorm.DB, alliance models.ID, kind string, payloads []T) error {
	now := o.clock.Now()
	rows := make([]any, 0, len(payloads)*insertEvents.Width)
	for _, payload := range payloads {
		data, err := json.Marshal(payload)
		if err != nil {
			return fmt.Errorf("event %s: %w", kind, err)
		}
		rows = append(rows, alliance, kind, string(data), now, 0, now, "")
	}
	db.AfterCommit(tx, o.signal)
	return insertEvents.Exec(tx, rows)
}

func (o *Outbox) signal() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// On registers a handler of one kind of event. name is unique and never changes: it is stored with what was handled.
// The handler's effects go through tx; it must not begin a transaction of its own elsewhere.
func On[T any](o *Outbox, kind, name string, run func(ctx context.Context, tx *gorm.DB, e Event, payload T) error) {
	o.handlers[kind] = append(o.handlers[kind], handler{name: name, run: func(ctx context.Context, tx *gorm.DB, e Event) error {
		var payload T
		if err := json.Unmarshal([]byte(e.Payload), &payload); err != nil {
			return fmt.Errorf("payload of %s: %w", e.Kind, err)
		}
		return run(ctx, tx, e, payload)
	}})
}
