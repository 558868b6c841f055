package books

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// Export writes a street's books as of one moment: JSON Lines as docs/export.md has them, row by row, so that books of
// any length fit in memory. The same books give the same lines but for the header's time. Error: not_found.
func (s *Service) Export(ctx context.Context, alliance models.ID, w io.Writer) (Header, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return Header{}, err
	}
	head := Header{Format: Format, Alliance: alliance, Slug: street.Slug, At: s.Clock.Now().UTC(), Counts: map[string]int64{}}
	if head.Verifier, err = s.Ledger.VerifierKey(street); err != nil {
		return head, err
	}
	out := bufio.NewWriterSize(w, 1<<16)
	err = s.DB.Snapshot(ctx, func(r *gorm.DB) error {
		if err := count(r, &head); err != nil {
			return err
		}
		return (&writer{encoder: newEncoder(), out: out, r: r, head: head}).all()
	})
	return head, errors.Join(err, out.Flush())
}

// count fills in how many lines there will be.
func count(r *gorm.DB, head *Header) error {
	for _, rec := range records {
		var n int64
		if err := r.Table(rec.table).Where("alliance_id = ?", head.Alliance).Count(&n).Error; err != nil {
			return err
		}
		head.Counts[rec.name] = n
	}
	var err error
	head.Seq, err = ledger.Seq(r, head.Alliance)
	return err
}

type writer struct {
	*encoder
	out  *bufio.Writer
	r    *gorm.DB
	head Header
}

func (w *writer) all() error {
	if err := w.put(headName, w.head); err != nil {
		return err
	}
	end := trailer{Counts: map[string]int64{}}
	for _, rec := range records {
		n, err := w.rows(rec)
		if err != nil {
			return fmt.Errorf("%s: %w", rec.table, err)
		}
		end.Counts[rec.name] = n
	}
	return w.put(endName, end)
}

func (w *writer) put(name string, row any) error {
	line, err := w.line(name, row)
	if err != nil {
		return err
	}
	_, err = w.out.Write(line)
	return err
}

// rows writes a table's rows as they come from the database.
func (w *writer) rows(rec record) (n int64, err error) {
	rows, err := w.r.Raw("SELECT "+strings.Join(rec.columns(), ", ")+" FROM "+rec.table+
		" WHERE alliance_id = ? ORDER BY "+strings.Join(rec.key, ", "), w.head.Alliance).Rows()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := reflect.New(rec.row)
	into := fields(row.Elem())
	for rows.Next() {
		row.Elem().SetZero()
		if err := rows.Scan(into...); err != nil {
			return n, fmt.Errorf("row %d: %w", n+1, err)
		}
		utc(row.Elem())
		if err := w.put(rec.name, row.Interface()); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}
