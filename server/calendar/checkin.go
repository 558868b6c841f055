package calendar

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/relation"
)

// CheckIn notes that a member has come, and records the visit. A guest without a place takes one at the door while there
// is room. first tells that the member has never been checked in at an event of this store before.
// Errors: not_found, member_left, event_cancelled, event_over, event_full, already_checked_in (with when and by whom).
func (s *Service) CheckIn(ctx context.Context, desk Desk, id, member models.ID) (guest Guest, first bool, err error) {
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		o, err := desk.occurrence(tx, id)
		if err != nil {
			return err
		}
		if err := s.open(o); err != nil {
			return err
		}
		if first, err = firstTime(tx, o, member); err != nil {
			return err
		}
		return s.arrive(tx, desk, o, member)
	})
	if err != nil {
		return Guest{}, false, err
	}
	guest, err = s.guest(ctx, desk.Alliance, id, member)
	return guest, first, err
}

func (s *Service) open(o models.Occurrence) error {
	if o.State == models.EventStateCancelled {
		return ErrCancelled
	}
	if !o.TakesCheckIns(s.Clock.Now()) {
		return ErrOver
	}
	return nil
}

// firstTime tells whether the member has come to no other event of the host so far.
func firstTime(tx *gorm.DB, o models.Occurrence, member models.ID) (bool, error) {
	hosted := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Occurrence{}).Select("id").
		Where("alliance_id = ? AND store_id = ? AND id <> ?", o.AllianceID, o.StoreID, o.ID)
	var earlier int64
	err := tx.Model(&models.SignUp{}).
		Where("member_id = ? AND state = ? AND occurrence_id IN (?)", member, models.CheckedIn, hosted).Count(&earlier).Error
	return earlier == 0, err
}

func (s *Service) arrive(tx *gorm.DB, desk Desk, o models.Occurrence, member models.ID) error {
	now := s.Clock.Now()
	if err := s.mark(tx, desk, o, member, now); err != nil {
		return err
	}
	_, err := s.Relation.Record(tx, relation.Visit{
		Alliance: desk.Alliance, Store: desk.Store, Member: member, Kind: models.VisitCheckIn, By: desk.Account,
		Reference: "check_in:" + o.ID.String() + ":" + member.String(), At: now,
	})
	if err != nil {
		return err
	}
	return s.Outbox.Add(tx, desk.Alliance, models.EventCheckInMade,
		models.CheckInMade{OccurrenceID: o.ID, MemberID: member, StoreID: desk.Store})
}

// mark turns the member's place into a checked-in one, or takes one at the door. The update's condition and the row's
// unique key let one scan win, however many doors there are.
func (s *Service) mark(tx *gorm.DB, desk Desk, o models.Occurrence, member models.ID, now time.Time) error {
	if done, err := claim(tx, desk, o, member, now); done || err != nil {
		return err
	}
	row := models.SignUp{
		AllianceID: o.AllianceID, OccurrenceID: o.ID, MemberID: member, State: models.CheckedIn, WalkIn: true,
		SignedUpAt: now, CheckedInAt: &now, CheckedInBy: desk.Account,
	}
	if err := s.scannedBefore(tx, row); err != nil {
		return err
	}
	err := s.take(tx, row, anyTime)
	if !errors.Is(err, ErrSignedUp) {
		return err
	}
	if err := s.scannedBefore(tx, row); err != nil { // by another door, just now
		return err
	}
	return err
}

func claim(tx *gorm.DB, desk Desk, o models.Occurrence, member models.ID, now time.Time) (bool, error) {
	marked := tx.Model(&models.SignUp{}).
		Where("occurrence_id = ? AND member_id = ? AND state = ?", o.ID, member, models.SignedUp).
		Updates(map[string]any{"state": models.CheckedIn, "checked_in_at": now, "checked_in_by": desk.Account})
	return marked.RowsAffected == 1, marked.Error
}

// scannedBefore refuses a second scan, and says when the first was and by whom. It reads without a lock: several doors
// that ask at once must not wait for each other.
func (s *Service) scannedBefore(tx *gorm.DB, want models.SignUp) error {
	var row models.SignUp
	err := tx.Where("occurrence_id = ? AND member_id = ?", want.OccurrenceID, want.MemberID).Take(&row).Error
	if db.IsNotFound(err) || err == nil && row.CheckedInAt == nil {
		return nil
	}
	if err != nil {
		return err
	}
	street, err := s.Pool.Alliance(tx.Statement.Context, row.AllianceID)
	if err != nil {
		return err
	}
	names, err := accountNames(tx, []models.ID{row.CheckedInBy})
	if err != nil {
		return err
	}
	at, by := street.Local(*row.CheckedInAt), names[row.CheckedInBy]
	return ErrCheckedIn.Say(at.Format("1 月 2 日 15:04 ")+"由"+by+"签到了", "Checked in on "+at.Format("2 January 15:04")+" by "+by+".")
}
