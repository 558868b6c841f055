package calendar

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Doors: phones at the entrance that check guests in when there is no network (docs/decisions/32-doors.md).
//
//	a clerk opens this phone as a door ─▶ the list, and some places for people who come without one
//	     no network: a name or a code, a signed line in its log
//	     back: the log, line by line ─▶ in │ before (told when and by whom) │ refused
//
// Who comes into the books first has checked the guest in; the second door is told, and there is one visit.

// NewDoor makes a phone a door. DeviceTime is what its clock says now.
type NewDoor struct {
	Name       string // 1 to 20 characters
	PublicKey  []byte // SubjectPublicKeyInfo, P-256
	DeviceTime time.Time
}

// OpenDoor makes a phone a door of an occurrence that the desk's store hosts.
// Errors: not_found, event_cancelled, event_over, door_name, door_key, too_many_doors.
func (s *Service) OpenDoor(ctx context.Context, desk Desk, occurrence models.ID, n NewDoor) (models.Door, error) {
	n.Name = strings.Join(strings.Fields(n.Name), " ")
	if long := utf8.RuneCountInString(n.Name); long < 1 || long > models.DoorNameMax {
		return models.Door{}, ErrDoorName
	}
	if _, err := models.ParseTillKey(n.PublicKey); err != nil {
		return models.Door{}, ErrDoorKey
	}
	var d models.Door
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.holdFor(tx, desk, occurrence)
		if err != nil {
			return err
		}
		if err := h.open(); err != nil {
			return err
		}
		var others int64
		if err := tx.Model(&models.Door{}).Where("occurrence_id = ? AND closed_at IS NULL", occurrence).Count(&others).Error; err != nil {
			return err
		}
		if others >= models.DoorsMax {
			return ErrTooManyDoors
		}
		d = models.Door{
			ID: models.NewID(), AllianceID: desk.Alliance, OccurrenceID: occurrence, StoreID: desk.Store, Name: n.Name, PublicKey: n.PublicKey,
			OpenedBy: desk.Account, OpenedAt: h.now, SeenAt: h.now, ClockOffset: ahead(h.now, n.DeviceTime).Milliseconds(),
		}
		if err := tx.Create(&d).Error; err != nil {
			return err
		}
		return h.fillRoom(tx, &d)
	})
	return d, err
}

// ContactDoor measures a door's clock and sets places aside for it. A door brings its log first. Errors: not_found, door_closed.
func (s *Service) ContactDoor(ctx context.Context, desk Desk, id models.ID, deviceTime time.Time) (models.Door, error) {
	return s.atDoor(ctx, desk, id, func(tx *gorm.DB, h *holding, d *models.Door) error {
		if d.ClosedAt != nil {
			return ErrDoorClosed
		}
		d.SeenAt, d.ClockOffset = h.now, ahead(h.now, deviceTime).Milliseconds()
		if err := tx.Model(d).Select("seen_at", "clock_offset").Updates(d).Error; err != nil {
			return err
		}
		return h.fillRoom(tx, d)
	})
}

// CloseDoor takes a phone off the door: the places that it holds are everybody's again. What it brings afterwards is taken
// while there is room. Closing twice changes nothing. Error: not_found.
func (s *Service) CloseDoor(ctx context.Context, desk Desk, id models.ID) (models.Door, error) {
	return s.atDoor(ctx, desk, id, func(tx *gorm.DB, h *holding, d *models.Door) error {
		if d.ClosedAt != nil {
			return nil
		}
		h.o.Held -= d.Open()
		d.Room, d.ClosedAt = d.Used, &h.now
		if err := tx.Model(d).Select("room", "closed_at").Updates(d).Error; err != nil {
			return err
		}
		return h.offerOn(tx)
	})
}

// atDoor runs fn with a door of the desk's store, under the lock of its occurrence.
func (s *Service) atDoor(ctx context.Context, desk Desk, id models.ID, fn func(tx *gorm.DB, h *holding, d *models.Door) error) (models.Door, error) {
	var d models.Door
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		known, err := doorOf(tx, desk, id)
		if err != nil {
			return err
		}
		h, err := s.holdFor(tx, desk, known.OccurrenceID)
		if err != nil {
			return err
		}
		if d, err = doorOf(tx, desk, id); err != nil { // as it is under the lock
			return err
		}
		h.changed(tx)
		return fn(tx, h, &d)
	})
	return d, err
}

// doorOf reads a door of a store. Error: not_found.
func doorOf(tx *gorm.DB, desk Desk, id models.ID) (models.Door, error) {
	return db.Find[models.Door](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, desk.Alliance, desk.Store)
}

// holdFor locks an occurrence that the desk's store hosts. Error: not_found.
func (s *Service) holdFor(tx *gorm.DB, desk Desk, id models.ID) (*holding, error) {
	if _, err := desk.hosted(tx, id); err != nil {
		return nil, err
	}
	return s.hold(tx, id)
}

// fillRoom sets places aside for a door, from two hours before the start: until then they are for those who sign up. Nobody
// is passed over for it: while people wait for places, none is set aside.
func (h *holding) fillRoom(tx *gorm.DB, d *models.Door) error {
	if h.now.Before(h.o.StartsAt.Add(-models.DoorRoomAhead)) || h.o.Waiting > 0 {
		return h.save(tx)
	}
	more := models.DoorRoomFor(h.o.Free(), d.Open()) - d.Open()
	if more <= 0 {
		return h.save(tx)
	}
	d.Room += more
	h.o.Held += more
	if err := tx.Model(d).Select("room").Updates(d).Error; err != nil {
		return err
	}
	return h.save(tx)
}

// place takes n more places: what the door where the guests stand holds first, then what is free. Errors: event_full, few_left.
func (h *holding) place(tx *gorm.DB, n int) error {
	if n <= 0 {
		return nil
	}
	own := 0
	if h.door != nil {
		own = min(n, h.door.Open())
	}
	if free := h.o.Free() + own; free < n {
		if free > 0 {
			return ErrFewLeft.With(free)
		}
		return ErrFull.With(h.o.Capacity)
	}
	h.o.Taken += n
	if own == 0 {
		return nil
	}
	h.o.Held -= own
	h.door.Used += own
	done := tx.Model(&models.Door{}).Where("id = ? AND used + ? <= room", h.door.ID, own).UpdateColumn("used", gorm.Expr("used + ?", own))
	return done.Error
}

// at knows the door where the guests stand, if it is one. Error: not_found.
func (h *holding) at(tx *gorm.DB, desk Desk, door models.ID) error {
	if door.IsZero() {
		return nil
	}
	d, err := doorOf(tx, desk, door)
	if err == nil && d.OccurrenceID != h.o.ID {
		err = models.ErrNotFound
	}
	h.door = &d
	return err
}

// changed tells the open lists of the occurrence to look again.
func (h *holding) changed(tx *gorm.DB) {
	alliance, occurrence, event, host := h.o.AllianceID, h.o.ID, h.o.EventID, h.o.StoreID
	db.AfterCommit(tx, func() {
		stores := []models.ID{host}
		h.DB.Read(context.Background()).Model(&models.EventHost{}).Where("event_id = ? AND state = ?", event, models.HostAccepted).Pluck("store_id", &stores)
		for _, store := range append(stores, host) {
			h.Signal(alliance, "desk:"+store.String(), "desk.changed", map[string]any{"occurrence": occurrence})
		}
	})
}

// ahead is how far the server's clock is ahead of a phone's.
func ahead(now, device time.Time) time.Duration { return now.Sub(device).Truncate(time.Millisecond) }

// Neighbours are people who are no members and are let in at the door.
type Neighbours struct {
	Occurrence models.ID
	People     int       // 1 to 10
	Door       models.ID // where they stand, when that is a door
}

// LetIn gives neighbours who are no members places at the door, while there is room and the event is for everyone.
// Errors: not_found, event_cancelled, event_over, event_full, few_left, came, members_only.
func (s *Service) LetIn(ctx context.Context, desk Desk, n Neighbours) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		h, err := s.holdFor(tx, desk, n.Occurrence)
		if err != nil {
			return err
		}
		if err := errors.Join(h.at(tx, desk, n.Door), h.open()); err != nil {
			return err
		}
		return h.letIn(tx, n.People)
	})
}

func (h *holding) letIn(tx *gorm.DB, people int) error {
	switch {
	case h.terms.Who != models.WelcomeEveryone:
		return ErrMembersOnly
	case people < 1 || people > models.PerMemberMax:
		return ErrCame
	}
	if err := h.place(tx, people); err != nil {
		return err
	}
	h.o.Unnamed += people
	h.changed(tx)
	return h.offerOn(tx)
}
