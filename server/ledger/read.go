package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The audit reads a ledger at several times the speed of a row of 24 columns: the database joins a row to one value. The
// number in the ledger comes first; then the ids and the leaf with a mark before each, so that bytes moved from one column
// to its neighbour are seen; then what is short and holds no line feed, a line each; the reason, which may, is the rest.
var (
	idColumns = []string{
		"id", "debit_id", "credit_id", "settles_id", "reverses_id", "member_id", "store_id", "visit_id", "campaign_id", "coupon_id",
		"redemption_id", "referral_id",
	}
	wordColumns = []string{"amount", "reference", "step", "kind", "unit", "at", "recorded_at", "expires_at"}
)

const (
	notNull   = 3 // the first of the ids that may be NULL
	firstTime = 5 // the first of the words that is a time
	idWidth   = 1 + len(models.ID{})
	packWidth = 12*idWidth + 1 + 32
	mark      = '|'
)

func packedColumns(dialect string) string {
	const bar, line, none = "'|'", "CHAR(10)", "CAST(x'00000000000000000000000000000000' AS CHAR)"
	parts := []string{"seq", line}
	for i, column := range idColumns {
		if i >= notNull {
			column = "COALESCE(" + column + ", " + none + ")"
		}
		parts = append(parts, bar, column)
	}
	parts = append(parts, bar, "leaf")
	for i, column := range wordColumns {
		if i >= firstTime {
			column = timeText(dialect, column)
		}
		parts = append(parts, column, line)
	}
	return "CONCAT(" + strings.Join(append(parts, "reason"), ", ") + ")"
}

// timeText is a time as text; empty where there is none, which SQLite's CONCAT sees to itself.
func timeText(dialect, column string) string {
	if dialect == string(db.SQLite) {
		return column
	}
	return "COALESCE(CAST(" + column + " AS CHAR CHARACTER SET ascii), '')"
}

// span is a stretch of an alliance's transfers: those after a seq, at most so many.
type span struct {
	alliance models.ID
	after    int64
	most     int
}

// eachTransfer reads transfers in order as a stream, so that a ledger of any length fits in memory, until f
// returns false. A row that cannot be read is handed over with the reason. The transfer is good until f returns.
func eachTransfer(r *gorm.DB, of span, f func(t *models.Transfer, leaf []byte, unreadable error) bool) error {
	var p packedRow
	t := models.Transfer{AllianceID: of.alliance}
	read := eachRow
	if r.Name() == string(db.SQLite) {
		read = eachRowInBundles
	}
	return read(r, of, func(joined []byte) bool {
		leaf, unreadable := p.transfer(joined, &t)
		return f(&t, leaf, unreadable)
	})
}

func eachRow(r *gorm.DB, of span, f func(joined []byte) bool) (err error) {
	query := "SELECT " + packedColumns(r.Name()) + " FROM ledger_transfers WHERE alliance_id = ? AND seq > ? ORDER BY seq LIMIT ?"
	rows, err := r.Raw(query, of.alliance, of.after, of.most).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var joined sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&joined); err != nil {
			return err
		}
		if !f(joined) {
			return nil
		}
	}
	return rows.Err()
}

// bundleSize is how many rows SQLite joins to one: handing a row over costs more than reading it.
const bundleSize = 500

// bundle is several rows as one value: the length of each, a colon, the row. last is the seq of the last one, whatever
// was made of it by hand.
type bundle struct {
	Rows   int
	Last   any
	Joined []byte
}

func eachRowInBundles(r *gorm.DB, of span, f func(joined []byte) bool) error {
	query := "SELECT COUNT(*), MAX(seq), CAST(GROUP_CONCAT(CONCAT(OCTET_LENGTH(joined), ':', joined), '') AS BLOB) FROM (SELECT seq, " +
		packedColumns(r.Name()) + " AS joined FROM ledger_transfers WHERE alliance_id = ? AND seq > ? ORDER BY seq LIMIT ?)"
	after := any(of.after)
	for left := of.most; left > 0; {
		var b bundle
		asked := min(left, bundleSize)
		if err := r.Raw(query, of.alliance, after, asked).Row().Scan(&b.Rows, &b.Last, &b.Joined); err != nil {
			return err
		}
		if more, err := b.each(f); !more || err != nil || b.Rows < asked {
			return err
		}
		after, left = b.Last, left-b.Rows
	}
	return nil
}

// each takes the rows out of the bundle, until f returns false.
func (b bundle) each(f func(joined []byte) bool) (more bool, err error) {
	rest := b.Joined
	for range b.Rows {
		digits, after, _ := bytes.Cut(rest, []byte{':'})
		size, err := strconv.Atoi(string(digits))
		if err != nil || size > len(after) {
			return false, fmt.Errorf("%w: a bundle of %d transfers is cut short", errRow, b.Rows)
		}
		if !f(after[:size]) {
			return false, nil
		}
		rest = after[size:]
	}
	return true, nil
}
