package calendar

import (
	"bytes"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// DoorLine is one line of a door's log as it arrives, with the door's signature.
type DoorLine struct {
	models.DoorLine
	Signature []byte
}

// TakeDoorLog brings the lines of a door's log into the books, in their order, each in a transaction of its own: who was checked
// in stays so when a later line fails. It answers every line with what became of it; a line that has arrived before gets the
// same answer again. Errors: not_found, log_gap, log_differs, log_signature.
func (s *Service) TakeDoorLog(ctx context.Context, desk Desk, id models.ID, deviceTime time.Time, lines []DoorLine) ([]models.DoorEntry, error) {
	entries := make([]models.DoorEntry, 0, len(lines))
	for _, l := range lines {
		l.Door = id
		var e models.DoorEntry
		_, err := s.atDoor(ctx, desk, id, func(tx *gorm.DB, h *holding, d *models.Door) (err error) {
			e, err = h.takeLine(tx, desk, *d, l, ahead(h.now, deviceTime))
			return err
		})
		if err != nil {
			return entries, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// takeLine brings one line into the books.
func (h *holding) takeLine(tx *gorm.DB, desk Desk, d models.Door, l DoorLine, offset time.Duration) (models.DoorEntry, error) {
	if l.Seq <= d.LastSeq {
		e, err := db.Find[models.DoorEntry](tx, "door_id = ? AND seq = ?", d.ID, l.Seq)
		if err == nil && (!bytes.Equal(e.Signature, l.Signature) || e.MemberID != l.Member || e.People != l.People) {
			err = ErrLogDiffers.With(l.Seq)
		}
		return e, err
	}
	if l.Seq != d.LastSeq+1 {
		return models.DoorEntry{}, ErrLogGap.With(d.LastSeq + 1)
	}
	key, err := models.ParseTillKey(d.PublicKey)
	if err != nil {
		return models.DoorEntry{}, err
	}
	if !l.SignedBy(key, l.Signature) {
		return models.DoorEntry{}, ErrLogSignature.With(l.Seq)
	}
	e, err := h.doorEntry(tx, desk, d, l, offset)
	if err != nil {
		return e, err
	}
	return e, h.enter(tx, desk, d, &e)
}

// doorEntry puts a line in the server's terms: who let them in, and when it was.
func (h *holding) doorEntry(tx *gorm.DB, desk Desk, d models.Door, l DoorLine, offset time.Duration) (models.DoorEntry, error) {
	e := models.DoorEntry{
		DoorID: d.ID, Seq: l.Seq, AllianceID: d.AllianceID, OccurrenceID: d.OccurrenceID, MemberID: l.Member, People: l.People, Digits: l.Digits,
		ByAccount: desk.Account, Signature: l.Signature, Clock: l.Clock, ReceivedAt: h.now,
	}
	clock := models.TillClock{Last: time.Duration(d.ClockOffset) * time.Millisecond, Now: offset, After: d.OpenedAt, Before: h.now}
	before, err := db.Find[models.DoorEntry](tx, "door_id = ? AND seq = ?", d.ID, l.Seq-1)
	if err == nil {
		clock.After = before.At
	} else if !errors.Is(err, models.ErrNotFound) {
		return e, err
	}
	e.At, e.Wild = clock.At(models.TillMoment{Clock: l.Clock, Contact: l.Contact, Since: l.Since})
	works, err := worksAt(tx, d, l.By)
	if works {
		e.ByAccount = l.By
	}
	return e, err
}

// worksAt tells whether an account may let people in at a door: as staff of its store, or for the street as a coordinator.
func worksAt(tx *gorm.DB, d models.Door, account models.ID) (bool, error) {
	grants := tx.Model(&models.Grant{}).Where("alliance_id = ? AND account_id = ?", d.AllianceID, account)
	if d.StoreID == d.AllianceID {
		grants = grants.Where("role = ?", models.RoleCoordinator)
	} else {
		grants = grants.Where("store_id = ?", d.StoreID)
	}
	var n int64
	err := grants.Count(&n).Error
	return n > 0, err
}

// enter decides what becomes of an entry and writes it, together with whatever it causes. What refuses a guest leaves nothing
// behind: it runs within a savepoint.
func (h *holding) enter(tx *gorm.DB, desk Desk, d models.Door, e *models.DoorEntry) error {
	before, door := h.o, d
	h.door = &door
	desk.Account = e.ByAccount
	var refused *models.Error
	err := tx.Transaction(func(tx *gorm.DB) error { return h.seen(tx, desk, e) })
	if err != nil && !errors.As(err, &refused) {
		return err
	}
	if e.Outcome = models.DoorIn; refused != nil {
		h.o, h.before = before, before
		e.Code, e.WhyZH, e.WhyEN = refused.Code, refused.Text.ZH, refused.Text.EN
		if e.Outcome = models.DoorRefused; errors.Is(refused, ErrCheckedIn) {
			e.Outcome = models.DoorBefore
		}
	}
	if err := tx.Create(e).Error; err != nil {
		return err
	}
	return tx.Model(&models.Door{}).Where("id = ? AND last_seq = ?", d.ID, e.Seq-1).Update("last_seq", e.Seq).Error
}

// seen lets in whom a line names.
func (h *holding) seen(tx *gorm.DB, desk Desk, e *models.DoorEntry) error {
	if h.door.TakenOff() {
		return ErrTakenOff
	}
	if e.MemberID.IsZero() {
		h.now = e.At
		if err := h.open(); err != nil {
			return err
		}
		return h.letIn(tx, e.People)
	}
	m, err := h.Pool.Member(tx.Statement.Context, e.AllianceID, e.MemberID)
	if err != nil {
		return err
	}
	if m.Left() {
		return ErrLeft
	}
	if err := h.proven(tx, m, e); err != nil {
		return err
	}
	return h.arrive(tx, desk, CheckIn{Occurrence: h.o.ID, Member: m.ID, Came: &e.People, At: e.At})
}

// proven asks the code of a guest who is not on the list: the list vouches for the others, but a phone without a network cannot
// tell whether the code that somebody shows is theirs.
func (h *holding) proven(tx *gorm.DB, m models.Member, e *models.DoorEntry) error {
	_, err := db.Find[models.SignUp](tx, "occurrence_id = ? AND member_id = ?", h.o.ID, m.ID)
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	if !h.Pool.CodeWas(m, e.Digits, e.At) {
		return ErrUnproven
	}
	return nil
}
