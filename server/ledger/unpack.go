package ledger

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"onestreet/models"
)

// errRow says that a stored row cannot be what the ledger wrote.
var errRow = errors.New("cannot be read")

// packedRow unpacks rows as they come from the database.
type packedRow struct {
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

// transfer unpacks a joined row and returns it with its leaf.
func (p *packedRow) transfer(joined []byte, t *models.Transfer) (leaf []byte, err error) {
	t.ID, t.Seq = models.ID{}, 0
	seq, rest, _ := bytes.Cut(joined, []byte{'\n'})
	if t.Seq, err = number("seq", seq); err != nil {
		return nil, err
	}
	if len(rest) < packWidth {
		return nil, fmt.Errorf("%w: it has %d bytes", errRow, len(joined))
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
