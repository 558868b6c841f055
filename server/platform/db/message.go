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
// work itself, and many are needed before anything can be decided. What waits (Late) goes with them, first. What there is
// to do with the rows is done when all have come. SQLite has no way to go; there it is a loop.
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

// Ahead is FindAll for what is needed a little later: in Late the queries wait for whatever goes to the database next.
func Ahead(tx *gorm.DB, queries ...Query) error {
	w := waiting(tx)
	if w == nil {
		return FindAll(tx, queries...)
	}
	for _, q := range queries {
		if err := w.query(q); err != nil {
			return err
		}
	}
	return nil
}

func (q Query) then() {
	if q.Then != nil {
		q.Then()
	}
}

// ask sends queries in one message, behind what waits.
func ask(tx *gorm.DB, queries []Query) error {
	var m message
	if w := waiting(tx); w != nil {
		m, *w = *w, message{}
	}
	for _, q := range queries {
		if err := m.query(q); err != nil {
			return err
		}
	}
	return m.send(tx)
}

// message is statements on their way to the database, in their order, their values, and who wants to know their answers.
type message struct {
	statements []string
	values     []any
	answers    []answer
}

// answer is what comes back of a statement, and what to do with it when all is there.
type answer struct {
	into any // a pointer to a slice, or to a number
	then func() error
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

func (m *message) query(q Query) error {
	if err := m.dry(q.Of.Session(&gorm.Session{DryRun: true}).Find(q.Into)); err != nil {
		return err
	}
	m.answers = append(m.answers, answer{q.Into, func() error { q.then(); return nil }})
	return nil
}

// count adds a statement of which it is to be known how many rows it changed.
func (m *message) count(then func(changed int64) error, statement string, values []any) {
	var changed int64
	m.add(statement, values)
	m.add("SELECT ROW_COUNT()", nil)
	m.answers = append(m.answers, answer{&changed, func() error { return then(changed) }})
}

func (m *message) text() string { return strings.Join(m.statements, "; ") }

// send carries a message out, and then does in their order what is to be done with its answers.
func (m *message) send(tx *gorm.DB) error {
	if len(m.answers) == 0 {
		_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, m.text(), m.values...)
		return err
	}
	if err := m.receive(tx); err != nil {
		return err
	}
	for _, a := range m.answers {
		if err := a.then(); err != nil {
			return err
		}
	}
	return nil
}

// receive hands out what the statements find, in their order.
func (m *message) receive(tx *gorm.DB) (err error) {
	rows, err := tx.Statement.ConnPool.QueryContext(tx.Statement.Context, m.text(), m.values...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for i, a := range m.answers {
		if i > 0 && !rows.NextResultSet() {
			return cmp.Or(rows.Err(), errors.New("fewer answers than questions"))
		}
		if err := a.take(tx, rows); err != nil {
			return err
		}
	}
	for rows.NextResultSet() { // whatever went wrong after the last rows
	}
	return rows.Err()
}

// take takes over the rows that are one statement's.
func (a answer) take(tx *gorm.DB, rows *sql.Rows) error {
	if rows.Next() {
		if err := tx.ScanRows(rows, a.into); err != nil {
			return err
		}
	} else if into := reflect.ValueOf(a.into).Elem(); into.Kind() == reflect.Slice {
		into.SetLen(0)
	}
	return rows.Err()
}

type lateKey struct{}

// waiting is what a transaction has still to write; nil when nothing of it waits.
func waiting(tx *gorm.DB) *message {
	w, _ := tx.Statement.Context.Value(lateKey{}).(*message)
	return w
}

// Late runs fn, and lets what it writes by Insert, Update.Late, Create, Set, Delete, Later and Counted, and what it asks Ahead,
// wait for what else there is to do, so that all of it is one message to MySQL. Nobody sees that it waits: before anything else is asked or done in the
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

// settle carries out what waits.
func settle(tx *gorm.DB) error {
	w := waiting(tx)
	if w == nil || len(w.statements) == 0 {
		return nil
	}
	m := *w
	*w = message{}
	return m.send(tx)
}

// Settle carries out what waits in Late: for who needs now what was asked Ahead. Where nothing waits it does nothing.
func Settle(tx *gorm.DB) error { return settle(tx) }

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
			_ = tx.AddError(settle(tx.Session(&gorm.Session{NewDB: true}))) // tx is a statement that is half made
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

// Counted runs a statement and says how many rows it changed; in Late both wait, and an error of then is one of whatever
// goes to the database next. then may read, and must change nothing. The statement's values are single ones.
func Counted(tx *gorm.DB, then func(changed int64) error, statement string, values ...any) error {
	if w := waiting(tx); w != nil {
		w.count(then, statement, values)
		return nil
	}
	done, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, statement, values...)
	if err != nil {
		return err
	}
	changed, err := done.RowsAffected()
	return cmp.Or(err, then(changed))
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
