package ledger

import (
	"time"

	"gorm.io/gorm"
)

// Span is a part of an alliance's ledger: what happened from Since to just before To, and stands behind the transfer
// number After up to the number UpTo. A zero field is open on its side.
type Span struct {
	Since, To   time.Time
	After, UpTo int64
}

// Numbered is the span of the transfers behind one number up to another; it is empty when they are the same.
func Numbered(after, upTo int64) Span {
	if upTo == 0 {
		upTo = -1 // not open: there is nothing yet
	}
	return Span{After: after, UpTo: upTo}
}

// of are the transfers in the span.
func (s Span) of(r *gorm.DB) *gorm.DB { return s.narrow(r.Table("ledger_transfers"), "") }

// narrow adds the span's conditions; alias stands before the columns, such as "t.".
func (s Span) narrow(tx *gorm.DB, alias string) *gorm.DB {
	if !s.Since.IsZero() {
		tx = tx.Where(alias+"at >= ?", s.Since.UTC())
	}
	if !s.To.IsZero() {
		tx = tx.Where(alias+"at < ?", s.To.UTC())
	}
	if s.After > 0 {
		tx = tx.Where(alias+"seq > ?", s.After)
	}
	if s.UpTo != 0 {
		tx = tx.Where(alias+"seq <= ?", s.UpTo)
	}
	return tx
}

// Empty tells whether no transfer can be in the span: it ends where it begins.
func (s Span) Empty() bool { return s.UpTo != 0 && s.UpTo <= s.After }
