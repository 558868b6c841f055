package db

import (
	"strings"

	"gorm.io/gorm"
)

// Insert writes many rows of one table at a fraction of what gorm's reflection costs. MySQL gets statements of many rows,
// one round trip for hundreds; SQLite, which has no round trips, one prepared statement that is run for each row.
type Insert struct {
	Into   string   // "table (column, column)"
	Width  int      // how many columns there are
	Key    string   // the unique column whose row is updated when it is there; empty: that is an error
	Update []string // the columns to update then
}

// rowsAtOnce bounds a statement for MySQL: well within max_allowed_packet and 65,535 parameters.
const rowsAtOnce = 500

// Exec inserts rows, given as their values one after the other.
func (i Insert) Exec(tx *gorm.DB, values []any) error {
	if tx.Name() == string(SQLite) {
		return i.prepared(tx, values)
	}
	for step := rowsAtOnce * i.Width; len(values) > 0; {
		n := min(step, len(values))
		if err := tx.Exec(i.statement(n/i.Width)+i.onDuplicate(), values[:n]...).Error; err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

func (i Insert) prepared(tx *gorm.DB, values []any) error {
	ctx := tx.Statement.Context
	stmt, err := tx.Statement.ConnPool.PrepareContext(ctx, i.statement(1)+i.onConflict())
	if err != nil {
		return err
	}
	defer func() { _ = stmt.Close() }()
	for ; len(values) > 0; values = values[i.Width:] {
		if _, err := stmt.ExecContext(ctx, values[:i.Width]...); err != nil {
			return err
		}
	}
	return nil
}

func (i Insert) statement(rows int) string {
	row := "(" + strings.Repeat("?, ", i.Width-1) + "?)"
	return "INSERT INTO " + i.Into + " VALUES " + strings.Repeat(row+", ", rows-1) + row
}

func (i Insert) onConflict() string {
	if i.Key == "" {
		return ""
	}
	return " ON CONFLICT (" + i.Key + ") DO UPDATE SET " + i.assign("excluded.", "")
}

func (i Insert) onDuplicate() string {
	if i.Key == "" {
		return ""
	}
	return " ON DUPLICATE KEY UPDATE " + i.assign("VALUES(", ")")
}

func (i Insert) assign(before, after string) string {
	sets := make([]string, len(i.Update))
	for n, column := range i.Update {
		sets[n] = column + " = " + before + column + after
	}
	return strings.Join(sets, ", ")
}
