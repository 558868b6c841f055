package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

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

func packedSelect(dialect string) string {
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
	joined := "CONCAT(" + strings.Join(append(parts, "reason"), ", ") + ")"
	return "SELECT " + asBytes(dialect, joined) + " FROM ledger_transfers"
}

// timeText is a time as text; empty where there is none.
func timeText(dialect, column string) string {
	if dialect != string(db.SQLite) {
		column = "CAST(" + column + " AS CHAR CHARACTER SET ascii)"
	}
	return "COALESCE(" + column + ", '')"
}

func asBytes(dialect, joined string) string {
	if dialect == string(db.SQLite) {
		return "CAST(" + joined + " AS BLOB)"
	}
	return joined
}

// errRow says that a stored row cannot be what the ledger wrote.
var errRow = errors.New("cannot be read")

// packedRow is a row as it comes from the database; what it points to is good until the next one.
type packedRow struct {
	joined           sql.RawBytes
	step, kind, unit text
	at, recordedAt   moment
}

// text keeps the last of a column's few values, so that the same need not be made anew for every row.
type text string

func (t *text) of(b []byte) string {
	if string(*t) != string(b) {
		*t = text(b)
	}
	return string(*t)
}

// moment keeps the last time that was read, for many rows tell the same.
type moment struct {
	text string
	at   time.Time
}

func (m *moment) of(b []byte) (at time.Time, err error) {
	if m.text != string(b) {
		if m.at, err = parseMoment(string(b)); err != nil {
			return at, err
		}
		m.text = string(b)
	}
	return m.at, nil
}

// parseMoment reads a time as MySQL and SQLite write it: "2026-10-17 02:30:00.5", with "+00:00" on SQLite; always UTC.
func parseMoment(s string) (time.Time, error) {
	at, err := time.Parse("2006-01-02 15:04:05.999999999", strings.TrimSuffix(s, "+00:00"))
	if err != nil {
		return at, fmt.Errorf("%w: its time is %q", errRow, s)
	}
	return at, nil
}

func (p *packedRow) scan(rows *sql.Rows) error { return rows.Scan(&p.joined) }

// transfer unpacks a row and returns it with its leaf.
func (p *packedRow) transfer(t *models.Transfer) (leaf []byte, err error) {
	t.ID, t.Seq = models.ID{}, 0
	seq, rest, _ := bytes.Cut(p.joined, []byte{'\n'})
	if t.Seq, err = number("seq", seq); err != nil {
		return nil, err
	}
	if len(rest) < packWidth {
		return nil, fmt.Errorf("%w: it has %d bytes", errRow, len(p.joined))
	}
	if leaf, err = unpackIDs(t, rest[:packWidth]); err != nil {
		return nil, err
	}
	return leaf, p.unpackWords(t, rest[packWidth:])
}

func number(column string, digits []byte) (int64, error) {
	n, err := strconv.ParseInt(string(digits), 10, 64)
	if err != nil {
		err = fmt.Errorf("%w: its %s is %q", errRow, column, digits)
	}
	return n, err
}

func unpackIDs(t *models.Transfer, pack []byte) (leaf []byte, err error) {
	for i, id := range [...]*models.ID{
		&t.ID, &t.DebitID, &t.CreditID, &t.SettlesID, &t.ReversesID, &t.MemberID, &t.StoreID, &t.VisitID, &t.CampaignID, &t.CouponID,
		&t.RedemptionID, &t.ReferralID,
	} {
		if pack[i*idWidth] != mark {
			return nil, fmt.Errorf("%w: its %s has not 16 bytes", errRow, idColumns[max(i-1, 0)])
		}
		*id = models.ID(pack[i*idWidth+1 : (i+1)*idWidth])
	}
	if pack[packWidth-33] != mark {
		return nil, fmt.Errorf("%w: its %s has not 16 bytes", errRow, idColumns[len(idColumns)-1])
	}
	return pack[packWidth-32:], nil
}

func (p *packedRow) unpackWords(t *models.Transfer, rest []byte) (err error) {
	var words [8][]byte
	for i := range words {
		end := bytes.IndexByte(rest, '\n')
		if end < 0 {
			return fmt.Errorf("%w: its %s is cut short", errRow, wordColumns[i])
		}
		words[i], rest = rest[:end], rest[end+1:]
	}
	if t.Amount, err = number("amount", words[0]); err != nil {
		return err
	}
	t.Reference = string(words[1])
	t.Step, t.Kind, t.Unit = models.TransferStep(p.step.of(words[2])), p.kind.of(words[3]), models.Unit(p.unit.of(words[4]))
	if string(rest) != t.Reason {
		t.Reason = string(rest)
	}
	return p.unpackTimes(t, words[5], words[6], words[7])
}

func (p *packedRow) unpackTimes(t *models.Transfer, at, recordedAt, expiresAt []byte) (err error) {
	if t.At, err = p.at.of(at); err != nil {
		return err
	}
	if t.RecordedAt, err = p.recordedAt.of(recordedAt); err != nil {
		return err
	}
	t.ExpiresAt = nil
	if len(expiresAt) > 0 {
		expires, err := parseMoment(string(expiresAt))
		t.ExpiresAt = &expires
		return err
	}
	return nil
}

// span is a stretch of an alliance's transfers: those after a seq, at most so many; 0 is no bound.
type span struct {
	alliance models.ID
	after    int64
	most     int
}

func (s span) sql() (where string, args []any) {
	where, args = " WHERE alliance_id = ? AND seq > ? ORDER BY seq", []any{s.alliance, s.after}
	if s.most > 0 {
		where, args = where+" LIMIT ?", append(args, s.most)
	}
	return where, args
}

// eachTransfer reads transfers in order as a stream, so that a ledger of any length fits in memory, until f
// returns false. A row that cannot be read is handed over with the reason. The transfer is good until f returns.
func eachTransfer(r *gorm.DB, of span, f func(t *models.Transfer, leaf []byte, unreadable error) bool) (err error) {
	where, args := of.sql()
	rows, err := r.Raw(packedSelect(r.Name())+where, args...).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var p packedRow
	t := models.Transfer{AllianceID: of.alliance}
	for rows.Next() {
		var leaf []byte
		unreadable := p.scan(rows)
		if unreadable == nil {
			leaf, unreadable = p.transfer(&t)
		}
		if !f(&t, leaf, unreadable) {
			return nil
		}
	}
	return rows.Err()
}
