// Package outbox carries domain events from a lower feature to higher ones. An event is a row written in the
// transaction that caused it; after the commit a dispatcher hands it to every handler, at least once. A handler's
// effects and the note that it has handled the event share one transaction, so each takes effect exactly once, on
// whatever node and after whatever crash.
//
// Events that have queued up are handled several in a transaction, room by room: each room hears them in their order,
// however far another one is (but OnAny). The more there are to handle, the less each costs.
//
//	Add (in tx) → row → commit → wake → dispatch → handler tx: note + effects → done
//	                                       └ fails → next_at later, with backoff
package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
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

// handler is what a room does about a kind of event: at most so many in a transaction.
type handler struct {
	room, name string
	most       int
	run        func(ctx context.Context, tx *gorm.DB, events []Event) error
}

// How many events share a handler's transaction: the others who write wait for as long as it takes. One that reads and
// writes for many at once takes hardly longer for many.
const (
	oneByOne = 8
	together = 64
)

// Outbox dispatches events. Register handlers before Run.
type Outbox struct {
	db       *db.DB
	clock    clock.Clock
	log      *slog.Logger
	handlers map[string][]handler
	rooms    []string
	wake     chan struct{}
	mu       sync.Mutex // one dispatch at a time in this process
}

// New returns an outbox without handlers.
func New(d *db.DB, c clock.Clock, log *slog.Logger) *Outbox {
	return &Outbox{db: d, clock: c, log: log, handlers: map[string][]handler{}, wake: make(chan struct{}, 1)}
}

// insertEvents writes events.
var insertEvents = db.Insert{Into: "outbox (alliance_id, kind, payload, at, attempts, next_at, last_error)", Width: 7}

// Add records an event in the caller's transaction; payload is stored as JSON.
func (o *Outbox) Add(tx *gorm.DB, alliance models.ID, kind string, payload any) error {
	row, err := o.row(alliance, kind, payload)
	if err != nil {
		return err
	}
	if g := gathered(tx); g != nil {
		g.add(kind, row)
		return nil
	}
	db.AfterCommit(tx, o.signal)
	return insertEvents.Exec(tx, row)
}

// AddAll records many events of one kind in the caller's transaction, in order.
func AddAll[T any](o *Outbox, tx *gorm.DB, alliance models.ID, kind string, payloads []T) error {
	return o.Gather(tx, func(tx *gorm.DB) error {
		for _, payload := range payloads {
			if err := o.Add(tx, alliance, kind, payload); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o *Outbox) signal() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Told is an event with its payload.
type Told[T any] struct {
	Event
	What T
}

// On registers a handler of one kind of event. name is "room.what": unique, and it never changes, since it is stored with
// what was handled. The handler's effects go through tx; it must not begin a transaction of its own elsewhere.
func On[T any](o *Outbox, kind, name string, run func(ctx context.Context, tx *gorm.DB, e Event, payload T) error) {
	register(o, kind, roomOf(name), name, oneByOne, func(ctx context.Context, tx *gorm.DB, told []Told[T]) error {
		for _, e := range told {
			if err := run(ctx, tx, e.Event, e.What); err != nil {
				return err
			}
		}
		return nil
	})
}

// OnMany registers a handler that takes several events of one street at once, in their order.
func OnMany[T any](o *Outbox, kind, name string, run func(ctx context.Context, tx *gorm.DB, told []Told[T]) error) {
	register(o, kind, roomOf(name), name, together, run)
}

// OnAny is OnMany for a handler that works out anew what stands now, and so may hear of things in any order, a whole page at
// once: what else its room hears in between does not cut its events into short runs, and many cost it no more than few.
func OnAny[T any](o *Outbox, kind, name string, run func(ctx context.Context, tx *gorm.DB, told []Told[T]) error) {
	register(o, kind, name, name, pageSize, run)
}

func roomOf(name string) string {
	room, _, _ := strings.Cut(name, ".")
	return room
}

func register[T any](o *Outbox, kind, room, name string, most int, run func(ctx context.Context, tx *gorm.DB, told []Told[T]) error) {
	if !slices.Contains(o.rooms, room) {
		o.rooms = append(o.rooms, room)
	}
	o.handlers[kind] = append(o.handlers[kind], handler{room, name, most, func(ctx context.Context, tx *gorm.DB, events []Event) error {
		told := make([]Told[T], len(events))
		for i, e := range events {
			told[i].Event = e
			if err := json.Unmarshal([]byte(e.Payload), &told[i].What); err != nil {
				return fmt.Errorf("payload of %s: %w", e.Kind, err)
			}
		}
		return run(ctx, tx, told)
	}})
}
