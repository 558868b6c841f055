package outbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/server/platform/db"
)

const (
	pageSize   = 500
	poll       = 5 * time.Second // catches events of other nodes that died, and those due again
	maxBackoff = 10 * time.Minute
	breath     = 200 * time.Millisecond // how far apart dispatches begin at least; what is shown live is no faster either
	longest    = time.Second            // that a dispatch rests
)

// Run dispatches until ctx ends: after each commit of this process, and every few seconds for the rest. A lone event is
// handled at once; in a stream of them what comes within a breath is handled together. A dispatch rests three times as long
// as it took: whoever causes the events waits for the same database. While there is more than a page it goes on.
func (o *Outbox) Run(ctx context.Context) {
	tick := time.NewTicker(poll)
	defer tick.Stop()
	for {
		began := o.clock.Now()
		handled, err := o.page(ctx)
		if err != nil && ctx.Err() == nil {
			o.log.Error("outbox", "error", err)
		}
		if handled == pageSize && ctx.Err() == nil {
			continue
		}
		rested := time.After(rest(o.clock.Now().Sub(began)))
		select {
		case <-ctx.Done():
			return
		case <-o.wake:
			<-rested
		case <-tick.C:
		}
	}
}

// rest is how long nothing is dispatched after a dispatch that took so long: it is at work a quarter of the time at most, unless
// it takes longer than a third of the longest rest.
func rest(took time.Duration) time.Duration { return min(max(3*took, breath-took), longest) }

// page dispatches what is due now, a page at most, and tells how much that was.
func (o *Outbox) page(ctx context.Context) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	events, err := o.due(ctx)
	if err != nil || len(events) == 0 {
		return 0, err
	}
	return len(events), o.dispatch(ctx, events)
}

// Drain dispatches until nothing is due, including what handlers add meanwhile. A failing handler does not stop the
// others; its event is due again later. The error names the last failure.
func (o *Outbox) Drain(ctx context.Context) error {
	var failed error
	for {
		handled, err := o.page(ctx)
		if err != nil {
			failed = err
		}
		if handled == 0 {
			return failed
		}
	}
}

func (o *Outbox) due(ctx context.Context) ([]Event, error) {
	var events []Event
	err := o.db.Read(ctx).Where("done_at IS NULL AND next_at <= ?", o.clock.Now()).Order("id").Limit(pageSize).Find(&events).Error
	return events, err
}

// dispatch brings a page of events to one room after the other and notes at once which of them are done: whoever dies in
// between finds by the handlers' own notes what they have handled. One that fails does not keep the others from theirs.
func (o *Outbox) dispatch(ctx context.Context, events []Event) error {
	failures := map[int64]error{}
	for _, room := range o.rooms {
		for _, r := range o.runs(room, events) {
			o.deliver(ctx, r, failures)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var done []int64
	var failed error
	for _, e := range events {
		why := failures[e.ID]
		if why == nil {
			done = append(done, e.ID)
			continue
		}
		o.log.Warn("event will be tried again", "event", e.ID, "kind", e.Kind, "error", why)
		failed = errors.Join(why, o.later(ctx, e, why))
	}
	return errors.Join(failed, o.done(ctx, done))
}

// run is events of one street that follow each other in what a room hears, for one of its handlers.
type run struct {
	handler handler
	events  []Event
}

// runs cuts a page into what a room is told, in the order of the events.
func (o *Outbox) runs(room string, events []Event) []run {
	var all []run
	for _, e := range events {
		for _, h := range o.handlers[e.Kind] {
			if h.room != room {
				continue
			}
			if n := len(all) - 1; n < 0 || !all[n].takes(h, e) {
				all = append(all, run{handler: h})
			}
			last := &all[len(all)-1]
			last.events = append(last.events, e)
		}
	}
	return all
}

func (r run) takes(h handler, e Event) bool {
	return r.handler.name == h.name && r.events[0].AllianceID == e.AllianceID && r.events[0].Kind == e.Kind && len(r.events) < h.most
}

// deliver handles a run in one transaction; when one of its events stands in the others' way, each in its own.
func (o *Outbox) deliver(ctx context.Context, r run, failures map[int64]error) {
	err := o.handle(ctx, r.handler, r.events)
	if err == nil {
		return
	}
	if len(r.events) == 1 {
		e := r.events[0]
		failures[e.ID] = errors.Join(failures[e.ID], fmt.Errorf("%s on %s %d: %w", r.handler.name, e.Kind, e.ID, err))
		return
	}
	for i := range r.events {
		o.deliver(ctx, run{r.handler, r.events[i : i+1]}, failures)
	}
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

// errHandled says that another node has handled some of the events meanwhile.
var errHandled = errors.New("handled elsewhere")

// handle runs one handler on those events that it has not handled before.
func (o *Outbox) handle(ctx context.Context, h handler, events []Event) error {
	for {
		err := o.first(ctx, h, events)
		if !errors.Is(err, errHandled) {
			return err
		}
		if events, err = o.fresh(ctx, h, events); err != nil || len(events) == 0 {
			return err
		}
	}
}

// first handles events that nobody has handled. The notes are written first: a second node waits on their unique keys
// until this transaction ends.
func (o *Outbox) first(ctx context.Context, h handler, events []Event) error {
	notes := make([]handled, len(events))
	for i, e := range events {
		notes[i] = handled{EventID: e.ID, Handler: h.name}
	}
	return o.db.Tx(ctx, func(tx *gorm.DB) error {
		noted := db.OnConflictSkip(tx).Create(&notes)
		if noted.Error != nil {
			return noted.Error
		}
		if noted.RowsAffected != int64(len(notes)) {
			return errHandled
		}
		return db.Late(db.Remember(tx), func(tx *gorm.DB) error { return h.run(tx.Statement.Context, tx, events) })
	})
}

// fresh are the events that a handler has not handled.
func (o *Outbox) fresh(ctx context.Context, h handler, events []Event) ([]Event, error) {
	ids := make([]int64, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	var noted []int64
	err := o.db.Read(ctx).Model(&handled{}).Where("handler = ? AND event_id IN ?", h.name, ids).Pluck("event_id", &noted).Error
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return slices.Contains(noted, e.ID) }), err
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
