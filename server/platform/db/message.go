package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"reflect"
	"strings"

	"gorm.io/gorm"
)

// Query is rows that are looked for: FindAll sends several together.
type Query struct {
	Of   *gorm.DB // what narrows them, of the transaction that asks
	Into any      // a pointer to a slice
	Then func()   // what to do with them; nil: nothing
}

// FindAll finds the rows of several queries, one after the other, for one round trip to MySQL: each costs as long as the
// work itself, and many are needed before anything can be decided. What waits to be written (Late) goes with them, first.
// SQLite has no way to go; there it is a loop.
func FindAll(tx *gorm.DB, queries ...Query) error {
	if tx.Name() != string(SQLite) && len(queries) > 0 {
		return ask(tx, queries)
	}
	for _, q := range queries {
		if err := q.Of.Find(q.Into).Error; err != nil {
			return err
		}
		q.then()
	}
	return nil
}

func (q Query) then() {
	if q.Then != nil {
		q.Then()
	}
}

// ask sends queries in one message and hands out what is found, in their order.
func ask(tx *gorm.DB, queries []Query) (err error) {
	var m message
	if w := waiting(tx); w != nil {
		m, *w = *w, message{}
	}
	for _, q := range queries {
		if err := m.dry(q.Of.Session(&gorm.Session{DryRun: true}).Find(q.Into)); err != nil {
			return err
		}
	}
	rows, err := tx.Statement.ConnPool.QueryContext(tx.Statement.Context, m.text(), m.values...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for i, q := range queries {
		if err := found(tx, rows, i, q); err != nil {
			return err
		}
	}
	for rows.NextResultSet() { // whatever went wrong after the last rows
	}
	return rows.Err()
}

// found takes over the rows of the query that is in a message at that place.
func found(tx *gorm.DB, rows *sql.Rows, place int, q Query) error {
	if place > 0 && !rows.NextResultSet() {
		return cmp.Or(rows.Err(), errors.New("fewer answers than questions"))
	}
	if rows.Next() {
		if err := tx.ScanRows(rows, q.Into); err != nil {
			return err
		}
	} else {
		reflect.ValueOf(q.Into).Elem().SetLen(0)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	q.then()
	return nil
}

// message is statements on their way to the database, in their order, and their values.
type message struct {
	statements []string
	values     []any
}

func (m *message) add(statement string, values []any) {
	m.statements, m.values = append(m.statements, statement), append(m.values, values...)
}

// dry adds what gorm would have run, if it would have: what it refuses to run, such as a change of a whole table, never waits.
func (m *message) dry(made *gorm.DB) error {
	if made.Error == nil {
		m.add(made.Statement.SQL.String(), made.Statement.Vars)
	}
	return made.Error
}

func (m *message) text() string { return strings.Join(m.statements, "; ") }

type lateKey struct{}

// waiting is what a transaction has still to write; nil when nothing of it waits.
func waiting(tx *gorm.DB) *message {
	w, _ := tx.Statement.Context.Value(lateKey{}).(*message)
	return w
}

// Late runs fn, and lets what it writes by Insert, Update.Late, Create, Set, Delete and Later wait for what else there is to
// write, so that all of it is one message to MySQL. Nobody sees that it waits: before anything else is asked or done in the
// transaction it is written, and when fn ends. Only its errors come later.
func Late(tx *gorm.DB, fn func(tx *gorm.DB) error) error {
	if tx.Name() == string(SQLite) || waiting(tx) != nil {
		return fn(tx)
	}
	tx = tx.WithContext(context.WithValue(tx.Statement.Context, lateKey{}, &message{}))
	if err := fn(tx); err != nil {
		return err
	}
	return settle(tx)
}

// settle writes what waits.
func settle(tx *gorm.DB) error {
	w := waiting(tx)
	if w == nil || len(w.statements) == 0 {
		return nil
	}
	m := *w
	*w = message{}
	_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, m.text(), m.values...)
	return err
}

// forget drops what waits: what it belongs to is undone.
func forget(tx *gorm.DB) {
	if w := waiting(tx); w != nil {
		*w = message{}
	}
}

// settleFirst makes every statement of gorm's wait for what stands before it.
func settleFirst(g *gorm.DB) error {
	before := func(tx *gorm.DB) {
		if !tx.DryRun && tx.Error == nil {
			_ = tx.AddError(settle(tx))
		}
	}
	const name = "onestreet:settle"
	c := g.Callback()
	return errors.Join(
		c.Query().Before("gorm:query").Register(name, before), c.Row().Before("gorm:row").Register(name, before),
		c.Raw().Before("gorm:raw").Register(name, before), c.Create().Before("gorm:create").Register(name, before),
		c.Update().Before("gorm:update").Register(name, before), c.Delete().Before("gorm:delete").Register(name, before),
	)
}

// Later runs a statement whose result nobody needs; in Late it waits. Its values are single ones.
func Later(tx *gorm.DB, statement string, values ...any) error {
	if w := waiting(tx); w != nil {
		w.add(statement, values)
		return nil
	}
	_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, statement, values...)
	return err
}

// Create inserts rows, a pointer to a slice of them; in Late they wait, unless the database is to fill something in.
func Create(tx *gorm.DB, rows any) error {
	if w := waiting(tx); w != nil {
		made := tx.Session(&gorm.Session{DryRun: true}).Create(rows)
		if made.Error != nil || len(made.Statement.Schema.FieldsWithDefaultDBValue) == 0 {
			return w.dry(made)
		}
	}
	return tx.Create(rows).Error
}

// Set gives a column of rows a value; in Late it waits.
func Set(of *gorm.DB, column string, value any) error {
	if w := waiting(of); w != nil {
		return w.dry(of.Session(&gorm.Session{DryRun: true}).Update(column, value))
	}
	return of.Update(column, value).Error
}

// Delete removes rows, whose model is given; in Late it waits.
func Delete(of *gorm.DB, model any) error {
	if w := waiting(of); w != nil {
		return w.dry(of.Session(&gorm.Session{DryRun: true}).Delete(model))
	}
	return of.Delete(model).Error
}
