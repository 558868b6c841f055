package outbox

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

type gatherKey struct{}

// gathering is the events of a transaction that are not written yet, by kind in the order in which the kinds came.
type gathering struct {
	kinds []string
	rows  map[string][]any
}

// Gather runs fn, and writes what it adds at once when it ends, the events of a kind one after the other: what many callers
// did in one transaction is told, and handled, together. The events of a kind keep their order.
func (o *Outbox) Gather(tx *gorm.DB, fn func(tx *gorm.DB) error) error {
	if gathered(tx) != nil {
		return fn(tx)
	}
	g := &gathering{rows: map[string][]any{}}
	if err := fn(tx.WithContext(context.WithValue(tx.Statement.Context, gatherKey{}, g))); err != nil {
		return err
	}
	var rows []any
	for _, kind := range g.kinds {
		rows = slices.Concat(rows, g.rows[kind])
	}
	if len(rows) == 0 {
		return nil
	}
	db.AfterCommit(tx, o.signal)
	return insertEvents.Exec(tx, rows)
}

// gathered is what a transaction gathers in; nil when it does not.
func gathered(tx *gorm.DB) *gathering {
	g, _ := tx.Statement.Context.Value(gatherKey{}).(*gathering)
	return g
}

func (o *Outbox) row(alliance models.ID, kind string, payload any) ([]any, error) {
	data, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("event %s: %w", kind, err)
	}
	now := o.clock.Now()
	return []any{alliance, kind, string(data), now, 0, now, ""}, nil
}

func (g *gathering) add(kind string, row []any) {
	if !slices.Contains(g.kinds, kind) {
		g.kinds = append(g.kinds, kind)
	}
	g.rows[kind] = append(g.rows[kind], row...)
}
