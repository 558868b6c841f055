package db

import (
	"strings"

	"gorm.io/gorm"
)

// Update sets rows of one table to values of their own each, in statements of many rows. A row is found by Key, compared
// as it is: ids, numbers and hashes, not texts. When says what must hold besides; in it t is the row, and v what was given
// for it.
type Update struct {
	Table string
	Key   []string
	Set   []string
	Given []string // further values that When needs
	When  string   // empty: nothing
}

// Exec updates rows, given as their values one after the other: key, set, given. It returns how many it found to hold and
// to be otherwise before.
func (u Update) Exec(tx *gorm.DB, values []any) (changed int64, err error) {
	err = u.inParts(tx, values, func(statement string, values []any) error {
		done := tx.Exec(statement, values...)
		changed += done.RowsAffected
		return done.Error
	})
	return changed, err
}

// Late is Exec for whom it does not matter how many rows there were: in db.Late they wait.
func (u Update) Late(tx *gorm.DB, values []any) error {
	return u.inParts(tx, values, func(statement string, values []any) error { return Later(tx, statement, values...) })
}

// Counted is Exec that says how many rows there were when it has been carried out; in db.Late they wait (db.Counted).
func (u Update) Counted(tx *gorm.DB, values []any, then func(changed int64) error) error {
	changed, left := int64(0), len(values)
	return u.inParts(tx, values, func(statement string, values []any) error {
		left -= len(values)
		last := left == 0
		return Counted(tx, func(n int64) error {
			if changed += n; last {
				return then(changed)
			}
			return nil
		}, statement, values...)
	})
}

// inParts runs statements of so many rows as one may have.
func (u Update) inParts(tx *gorm.DB, values []any, run func(statement string, values []any) error) error {
	width, most, write := len(u.Key)+len(u.Set)+len(u.Given), valuesMySQL, u.joining
	if tx.Name() == string(SQLite) {
		most, write = valuesSQLite, u.from
	}
	for step := max(most/width, 1) * width; len(values) > 0; {
		n := min(step, len(values))
		if err := run(write(n/width), values[:n]); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// joining is the statement of MySQL and MariaDB.
func (u Update) joining(rows int) string {
	columns := u.columns()
	named, plain := make([]string, len(columns)), make([]string, len(columns))
	for i, column := range columns {
		named[i], plain[i] = "? AS "+column, "?"
	}
	given := "SELECT " + strings.Join(named, ", ") + strings.Repeat(" UNION ALL SELECT "+strings.Join(plain, ", "), rows-1)
	return "UPDATE " + u.Table + " AS t JOIN (" + given + ") AS v ON " + u.found() + " SET " + u.assign("t.") + u.when(" WHERE ")
}

// from is the statement of SQLite.
func (u Update) from(rows int) string {
	columns := u.columns()
	row := "(" + strings.Repeat("?, ", len(columns)-1) + "?)"
	return "WITH v(" + strings.Join(columns, ", ") + ") AS (VALUES " + strings.Repeat(row+", ", rows-1) + row + ") UPDATE " +
		u.Table + " AS t SET " + u.assign("") + " FROM v WHERE " + u.found() + u.when(" AND ")
}

func (u Update) columns() []string {
	columns := make([]string, 0, len(u.Key)+len(u.Set)+len(u.Given))
	return append(append(append(columns, u.Key...), u.Set...), u.Given...)
}

func (u Update) found() string {
	same := make([]string, len(u.Key))
	for i, column := range u.Key {
		same[i] = "t." + column + " = v." + column
	}
	return strings.Join(same, " AND ")
}

func (u Update) assign(row string) string {
	sets := make([]string, len(u.Set))
	for i, column := range u.Set {
		sets[i] = row + column + " = v." + column
	}
	return strings.Join(sets, ", ")
}

func (u Update) when(before string) string {
	if u.When == "" {
		return ""
	}
	return before + "(" + u.When + ")"
}
