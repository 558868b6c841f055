package db

import (
	"bytes"
	"database/sql/driver"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// Insert writes many rows of one table at a fraction of what gorm's reflection costs, in statements of many rows.
type Insert struct {
	Into   string   // "table (column, column)"
	Width  int      // how many columns there are
	Key    string   // the unique columns whose row is updated when it is there; empty: that is an error
	Update []string // the columns to update then; none: what is there stays as it is
}

// How many values a statement may have. MySQL takes 65,535, and every round trip saved counts. SQLite's driver parses a
// statement at each run, and looks for each value among all of them: in between it is fastest.
const (
	valuesMySQL  = 12_000
	valuesSQLite = 200
)

// Exec inserts rows, given as their values one after the other; in Late they wait.
func (i Insert) Exec(tx *gorm.DB, values []any) error {
	switch {
	case tx.Name() != string(SQLite):
		return execRows(tx, rowwise{before: "INSERT INTO " + i.Into + " VALUES ", after: i.onDuplicate(), width: i.Width, most: valuesMySQL}, values)
	case len(values) > i.Width:
		return i.execFactored(tx, values)
	}
	return execRows(tx, rowwise{before: "INSERT INTO " + i.Into + " VALUES ", after: i.onConflict(), width: i.Width, most: valuesSQLite}, values)
}

// execFactored gives once what all rows hold alike, much of it nothing at all: SQLite then parses and binds for each row
// only the values in which the rows differ.
func (i Insert) execFactored(tx *gorm.DB, values []any) error {
	values, err := resolve(values)
	if err != nil {
		return err
	}
	alike := i.alike(values)
	columns, common := i.choose(alike, values)
	return execRows(tx, rowwise{
		before: "INSERT INTO " + i.Into + " SELECT " + columns + " FROM (VALUES ", after: ") WHERE true" + i.onConflict(),
		common: common, width: i.Width - len(common), most: valuesSQLite,
	}, differing(alike, values))
}

// resolve asks the values for what the database gets, so that they can be compared.
func resolve(values []any) ([]any, error) {
	resolved := make([]any, len(values))
	for n, v := range values {
		var err error
		if resolved[n], err = driver.DefaultParameterConverter.ConvertValue(v); err != nil {
			return nil, err
		}
	}
	return resolved, nil
}

// alike tells of each column whether all rows hold the same in it. The first always counts as different: something must
// say how many rows there are.
func (i Insert) alike(values []any) []bool {
	alike := make([]bool, i.Width)
	for c := 1; c < i.Width; c++ {
		alike[c] = true
		for n := c + i.Width; n < len(values) && alike[c]; n += i.Width {
			alike[c] = same(values[c], values[n])
		}
	}
	return alike
}

func same(a, b any) bool {
	left, isBytes := a.([]byte)
	if !isBytes {
		_, isBytes = b.([]byte)
		return !isBytes && a == b
	}
	right, isBytes := b.([]byte)
	return isBytes && bytes.Equal(left, right)
}

// choose lists the columns of a row as a SELECT from those that differ, and the values of those that are alike.
func (i Insert) choose(alike []bool, values []any) (columns string, common []any) {
	chosen := make([]string, i.Width)
	for c := range chosen {
		if alike[c] {
			chosen[c], common = "?", append(common, values[c])
			continue
		}
		chosen[c] = "column" + strconv.Itoa(c+1-len(common)) // as SQLite names the columns of VALUES
	}
	return strings.Join(chosen, ", "), common
}

func differing(alike []bool, values []any) []any {
	kept := make([]any, 0, len(values))
	for n, v := range values {
		if !alike[n%len(alike)] {
			kept = append(kept, v)
		}
	}
	return kept
}

// rowwise is a statement that takes rows: so many values each, at most so many values in one run.
type rowwise struct {
	before, after string
	common        []any // values that come before those of the rows
	width, most   int
}

// execRows runs a statement for all rows. It goes past gorm, which would look at each value by reflection.
func execRows(tx *gorm.DB, s rowwise, values []any) error {
	row := "(" + strings.Repeat("?, ", s.width-1) + "?)"
	for step := max(s.most/s.width, 1) * s.width; len(values) > 0; {
		n := min(step, len(values))
		statement := s.before + strings.Repeat(row+", ", n/s.width-1) + row + s.after
		args := slices.Concat(s.common, values[:n])
		if err := Later(tx, statement, args...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

func (i Insert) onConflict() string {
	switch {
	case i.Key == "":
		return ""
	case len(i.Update) == 0:
		return " ON CONFLICT (" + i.Key + ") DO NOTHING"
	}
	return " ON CONFLICT (" + i.Key + ") DO UPDATE SET " + i.assign("excluded.", "")
}

func (i Insert) onDuplicate() string {
	switch first, _, _ := strings.Cut(i.Key, ","); {
	case i.Key == "":
		return ""
	case len(i.Update) == 0:
		return " ON DUPLICATE KEY UPDATE " + first + " = " + first
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
