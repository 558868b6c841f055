package db

import (
	"strings"

	"gorm.io/gorm"
)

// Insert writes many rows of one table at a fraction of what gorm's reflection costs, in statements of many rows.
type Insert struct {
	Into   string   // "table (column, column)"
	Width  int      // how many columns there are
	Key    string   // the unique column whose row is updated when it is there; empty: that is an error
	Update []string // the columns to update then
}

// How many values a statement may have. MySQL takes 65,535, and every round trip saved counts. SQLite's driver parses a
// statement at each run, and looks for each value among all of them: in between it is fastest.
const (
	valuesMySQL  = 12_000
	valuesSQLite = 100
)

// Exec inserts rows, given as their values one after the other.
func (i Insert) Exec(tx *gorm.DB, values []any) error {
	most, update := valuesMySQL, i.onDuplicate()
	if tx.Name() == string(SQLite) {
		most, update = valuesSQLite, i.onConflict()
	}
	for step := max(most/i.Width, 1) * i.Width; len(values) > 0; {
		n := min(step, len(values))
		if err := tx.Exec(i.statement(n/i.Width)+update, values[:n]...).Error; err != nil {
			return err
		}
		values = values[n:]
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
