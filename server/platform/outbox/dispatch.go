package outbox

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

const (
	pageSize   = 200
	poll       = 5 * time.Second // catches events of other nodes that died, and those due again
	maxBackoff = 10 * time.Minute
)

// Run dispatches until ctx ends: at once after each commit of this process, and every few seconds for the rest.
func (o *Outbox) Run(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		if err := o.Drain(ctx); err != nil && ctx.Err() == nil {
			o.log.Error("outbox", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-o.wake:
		case <-tick.C:
		}
	}
}

// Drain dispatches until nothing is due, including what handlers add meanwhile. A failing handler does not stop the
// others; its event is due again later. The error names the last failure.
func (o *Outbox) Drain(ctx context.Context) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	var failed error
	for {
		events, err := o.due(ctx)
		if err != nil || len(events) == 0 {
			return errors.Join(failed, err)
		}
		if err := o.dispatchAll(ctx, events); err != nil {
			failed = err
		}
	}
}

// dispatchAll dispatches a page of events and notes at once which of them are done: whoever dies in between finds by the
// handlers' own notes what they have handled.
func (o *Outbox) dispatchAll(ctx context.Context, events []Event) error {
	var done []int64
	var failed error
	for _, e := range events {
		if err := o.dispatch(ctx, e); err != nil {
			failed = err
			continue
		}
		done = append(done, e.ID)
	}
	return errors.Join(failed, o.done(ctx, done))
}

func (o *Outbox) due(ctx context.Context) ([]Event, error) {
	var events []Event
	err := o.db.Read(ctx).Where("done_at IS NULL AND next_at <= ?", o.clock.Now()).Order("id").Limit(pageSize).Find(&events).Error
	return events, err
}

// dispatch runs every handler of an event; one that fails does not keep the others from it.
func (o *Outbox) dispatch(ctx context.Context, e Event) error {
	var failed error
	for _, h := range o.handlers[e.Kind] {
		if err := o.handle(ctx, h, e); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s on %s %d: %w", h.name, e.Kind, e.ID, err))
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if failed != nil {
		o.log.Warn("event will be tried again", "event", e.ID, "kind", e.Kind, "error", failed)
		return errors.Join(failed, o.later(ctx, e, failed))
	}
	return nil
}

func (o *Outbox) done(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	now := o.clock.Now()
	return o.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Event{}).Where("id IN ?", ids).Update("done_at", now).Error
	})
}

// handle runs one handler unless it has handled this event before. The note is written first: a second node waits
// on its unique key until this transaction ends.
func (o *Outbox) handle(ctx context.Context, h handler, e Event) error {
	return o.db.Tx(ctx, func(tx *gorm.DB) error {
		noted := db.OnConflictSkip(tx).Create(&handled{EventID: e.ID, Handler: h.name})
		if noted.Error != nil || noted.RowsAffected == 0 {
			return noted.Error
		}
		return h.run(tx.Statement.Context, tx, e)
	})
}

func (o *Outbox) later(ctx context.Context, e Event, cause error) error {
	wait := min(time.Second<<min(e.Attempts, 12), maxBackoff)
	text := cause.Error()
	if len(text) > 400 {
		text = text[:400]
	}
	return o.db.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&Event{}).Where("id = ?", e.ID).Updates(map[string]any{
			"attempts": e.Attempts + 1, "next_at": o.clock.Now().Add(wait), "last_error": text,
		}).Error
	})
}
