package books

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// maxLine bounds a line in bytes.
const maxLine = 1 << 16

// LineError says that a file is no export of books, or not a whole one: what was expected at a line.
type LineError struct {
	Line int64
	Err  error
}

// Error implements error.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }

// Unwrap implements errors.Unwrap.
func (e *LineError) Unwrap() error { return e.Err }

// reader brings the lines of an export into a scratch database.
type reader struct {
	*encoder
	in     *bufio.Reader
	line   int64
	head   Header
	at     int // the record that stood last, by its place in records
	key    []byte
	counts map[string]int64
	tx     *sql.Tx
	insert []*sql.Stmt // by record
	rows   []reflect.Value
}

// load reads a whole export into the scratch database. Error: *LineError.
func load(ctx context.Context, d *db.DB, file io.Reader) (Header, error) {
	in, err := plainText(file)
	if err != nil {
		return Header{}, err
	}
	pool, err := d.SQL()
	if err != nil {
		return Header{}, err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return Header{}, err
	}
	r := &reader{encoder: newEncoder(), in: in, tx: tx, counts: map[string]int64{}}
	if err := r.all(ctx); err != nil {
		return r.head, errors.Join(err, tx.Rollback())
	}
	return r.head, tx.Commit()
}

// plainText unpacks a file that is packed.
func plainText(file io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(file, maxLine)
	if mark, err := in.Peek(2); err != nil || !bytes.Equal(mark, []byte{0x1f, 0x8b}) {
		return in, nil //nolint:nilerr // an empty file is told by its missing first line
	}
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return nil, &LineError{1, fmt.Errorf("expected a gzip file: %w", err)}
	}
	return bufio.NewReaderSize(unpacked, maxLine), nil
}

func (r *reader) all(ctx context.Context) error {
	if err := r.header(ctx); err != nil {
		return r.bad(err)
	}
	for {
		name, line, err := r.next()
		switch {
		case err != nil:
		case name == endName:
			if err = r.end(line); err == nil {
				return indexed(ctx, r.tx)
			}
		default:
			err = r.row(ctx, name, line)
		}
		if err != nil {
			return r.bad(err)
		}
	}
}

func (r *reader) bad(err error) error { return &LineError{r.line, err} }

// next is the next line without its end, and the name of its record.
func (r *reader) next() (name string, line []byte, err error) {
	r.line++
	line, err = r.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return "", nil, fmt.Errorf("expected at most %d bytes", maxLine)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "", nil, errors.New(`expected a whole line and, as the last one, the record "end": the file was cut off`)
	case err != nil:
		return "", nil, fmt.Errorf("cannot be read: %w", err)
	}
	line = line[:len(line)-1]
	rest, found := bytes.CutPrefix(line, []byte(opening))
	before, _, closed := bytes.Cut(rest, []byte{'"'})
	if !found || !closed {
		return "", nil, fmt.Errorf("expected a line that begins with %s", opening)
	}
	return string(before), line, nil
}

func (r *reader) header(ctx context.Context) error {
	name, line, err := r.next()
	if err != nil {
		return err
	}
	if name != headName {
		return fmt.Errorf("expected the record %q", headName)
	}
	if err := r.parseLine(headName, line, &r.head); err != nil {
		return err
	}
	if r.head.Format != Format {
		return fmt.Errorf("the format is %d, expected %d", r.head.Format, Format)
	}
	if r.head.Alliance.IsZero() {
		return errors.New("expected the alliance's id")
	}
	if err := r.prepare(ctx); err != nil {
		return err
	}
	_, err = r.tx.ExecContext(ctx, "INSERT INTO "+headTable+" (alliance_id, seq, line) VALUES (?, ?, 1)", r.head.Alliance, r.head.Seq)
	if err == nil {
		_, err = r.tx.ExecContext(ctx, "INSERT INTO "+streetTable+" (id, slug, line) VALUES (?, ?, 1)", r.head.Alliance, r.head.Slug)
	}
	return err
}

func (r *reader) prepare(ctx context.Context) error {
	for _, rec := range records {
		columns := append(rec.columns(), "alliance_id", lineColumn)
		insert, err := r.tx.PrepareContext(ctx, "INSERT INTO "+rec.table+" ("+strings.Join(columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")")
		if err != nil {
			return err
		}
		r.insert, r.rows = append(r.insert, insert), append(r.rows, reflect.New(rec.row))
	}
	return nil
}

func (r *reader) row(ctx context.Context, name string, line []byte) error {
	at := slices.IndexFunc(records, func(rec record) bool { return rec.name == name })
	switch {
	case at < 0:
		return fmt.Errorf("the record %q is not known", name)
	case at < r.at:
		return fmt.Errorf("a %s after a %s: expected the records in their order", name, records[r.at].name)
	case at > r.at:
		r.at, r.key = at, nil
	}
	row := r.rows[at]
	row.Elem().SetZero()
	if err := r.parseLine(name, line, row.Interface()); err != nil {
		return err
	}
	if err := r.follows(records[at], row.Elem()); err != nil {
		return err
	}
	r.counts[name]++
	_, err := r.insert[at].ExecContext(ctx, append(values(row.Elem()), r.head.Alliance, r.line)...)
	return err
}

// values are a row's fields as the database takes them.
func values(row reflect.Value) []any {
	all := make([]any, row.NumField(), row.NumField()+2)
	for i := range all {
		all[i] = row.Field(i).Interface()
	}
	return all
}

// follows holds the rows of a kind in the order of their keys, none twice. Transfers' numbers are the audit's own matter.
func (r *reader) follows(rec record, row reflect.Value) error {
	if rec.table == "ledger_transfers" {
		return nil
	}
	var key []byte
	columns := rec.columns()
	for _, column := range rec.key {
		key = appendKey(key, row.Field(slices.Index(columns, column)).Interface())
	}
	if r.key != nil && bytes.Compare(r.key, key) >= 0 {
		return fmt.Errorf("expected a %s with a greater %s than the line before", rec.name, strings.Join(rec.key, ", "))
	}
	r.key = key
	return nil
}

func appendKey(key []byte, value any) []byte {
	switch v := value.(type) {
	case models.ID:
		return append(key, v[:]...)
	case int64:
		return binary.BigEndian.AppendUint64(key, uint64(v))
	case string:
		return append(append(key, v...), 0)
	}
	panic(fmt.Sprintf("a %T is no part of a key", value))
}

// end compares what was promised, what was sent and what came.
func (r *reader) end(line []byte) error {
	var end trailer
	if err := r.parseLine(endName, line, &end); err != nil {
		return err
	}
	for _, rec := range records {
		if n := r.counts[rec.name]; end.Counts[rec.name] != n || r.head.Counts[rec.name] != n {
			return fmt.Errorf("the header counts %d lines of %s and the end %d, but there are %d", r.head.Counts[rec.name], rec.name, end.Counts[rec.name], n)
		}
	}
	if _, err := r.in.Peek(1); !errors.Is(err, io.EOF) {
		r.line++
		return fmt.Errorf("expected nothing after the record %q", endName)
	}
	return nil
}
