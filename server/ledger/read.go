package ledger

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The audit reads a ledger at several times the speed of a row of 24 columns: the database joins the ids and the leaf to
// one value and the short texts to another. A mark stands before each id, so that bytes moved from one column to its
// neighbour are seen; none of the short texts holds a line feed. The reason, which may, comes by itself.
var (
	idColumns = []string{
		"id", "debit_id", "credit_id", "settles_id", "reverses_id", "member_id", "store_id", "visit_id", "campaign_id", "coupon_id",
		"redemption_id", "referral_id",
	}
	wordColumns = []string{"reference", "step", "kind", "unit", "at", "recorded_at", "expires_at"}
)

const (
	notNull   = 3 // the first of the ids that are never NULL
	idWidth   = 1 + len(models.ID{})
	packWidth = 12*idWidth + 1 + 32
	mark      = '|'
)

func packedSelect(dialect string) string {
	pack, words := slices.Clone(idColumns), slices.Clone(wordColumns)
	for i := range pack[notNull:] {
		pack[notNull+i] = "COALESCE(" + pack[notNull+i] + ", x'00000000000000000000000000000000')"
	}
	pack = append(pack, "leaf")
	if dialect == string(db.SQLite) {
		words[6] = "COALESCE(" + words[6] + ", '')"
		return "SELECT seq, amount, CAST(x'7c' || " + strings.Join(pack, " || x'7c' || ") + " AS BLOB), " + strings.Join(words, " || x'0a' || ") +
			", reason FROM ledger_transfers"
	}
	for i, column := range words[4:] {
		words[4+i] = "COALESCE(CAST(" + column + " AS CHAR CHARACTER SET ascii), '')"
	}
	return "SELECT seq, amount, CONCAT(x'7c', " + strings.Join(pack, ", x'7c', ") + "), CONCAT_WS(CHAR(10), " + strings.Join(words, ", ") +
		"), reason FROM ledger_transfers"
}

// errRow says that a stored row cannot be what the ledger wrote.
var errRow = errors.New("cannot be read")

// packedRow is a row as it comes from the database; what it points to is good until the next one.
type packedRow struct {
	seq                         int64
	amount, pack, words, reason sql.RawBytes
	step, kind, unit            text
	at, recordedAt              moment
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

func (p *packedRow) scan(rows *sql.Rows) error {
	return rows.Scan(&p.seq, &p.amount, &p.pack, &p.words, &p.reason)
}

// transfer unpacks a row and returns it with its leaf.
func (p *packedRow) transfer(t *models.Transfer) (leaf []byte, err error) {
	t.ID, t.Seq = models.ID{}, p.seq
	if leaf, err = unpackIDs(t, p.pack); err != nil {
		return nil, err
	}
	if t.Amount, err = strconv.ParseInt(string(p.amount), 10, 64); err != nil {
		return nil, fmt.Errorf("%w: its amount is %q", errRow, p.amount)
	}
	if string(p.reason) != t.Reason {
		t.Reason = string(p.reason)
	}
	return leaf, p.unpackWords(t)
}

func unpackIDs(t *models.Transfer, pack []byte) (leaf []byte, err error) {
	if len(pack) != packWidth {
		return nil, fmt.Errorf("%w: its ids and its leaf have %d bytes, expected %d", errRow, len(pack), packWidth)
	}
	for i, id := range [...]*models.ID{
		&t.ID, &t.DebitID, &t.CreditID, &t.SettlesID, &t.ReversesID, &t.MemberID, &t.StoreID, &t.VisitID, &t.CampaignID, &t.CouponID,
		&t.RedemptionID, &t.ReferralID,
	} {
		if pack[i*idWidth] != mark {
			return nil, fmt.Errorf("%w: its %s has not 16 bytes", errRow, idColumns[i])
		}
		*id = models.ID(pack[i*idWidth+1 : (i+1)*idWidth])
	}
	return pack[packWidth-32:], nil
}

func (p *packedRow) unpackWords(t *models.Transfer) error {
	var words [7][]byte
	rest := []byte(p.words)
	for i := range words {
		word, after, more := bytes.Cut(rest, []byte{'\n'})
		if more != (i < len(words)-1) {
			return fmt.Errorf("%w: one of its words holds a line feed", errRow)
		}
		words[i], rest = word, after
	}
	t.Reference = string(words[0])
	t.Step, t.Kind, t.Unit = models.TransferStep(p.step.of(words[1])), p.kind.of(words[2]), models.Unit(p.unit.of(words[3]))
	return p.unpackTimes(t, words[4], words[5], words[6])
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
