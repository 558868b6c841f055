package calendar

import (
	"bytes"
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// The waiting list. Places that are free are offered in the order of arrival, each for some time:
//
//	waiting ── a place is free ──▶ offered ── taken ──▶ a sign-up
//	                                  │
//	                                  └── let pass, or the time is over ──▶ gone; the next is offered them
//
// Places that are offered are held: nobody else gets them. When fewer are free than the first in line would like, these are
// offered: no place stays empty, and nobody is passed over. An offer that has run out is passed on by whoever locks the
// occurrence next, the job at the latest; both find it under the same lock, so it is passed on once.

// offerOn offers what is free to those who wait, and writes the counts.
func (h *holding) offerOn(tx *gorm.DB) error {
	if h.o.State == models.EventStatePublished && !h.o.Started(h.now) {
		if err := h.offer(tx); err != nil {
			return err
		}
	}
	return h.save(tx)
}

func (h *holding) offer(tx *gorm.DB) error {
	if h.o.Waiting == 0 || h.o.Free() == 0 {
		return nil
	}
	var line []models.Waiter
	err := tx.Where("occurrence_id = ? AND state = ?", h.o.ID, models.Waiting).Order("arrival").Limit(h.o.Free()).Find(&line).Error
	for i := 0; err == nil && i < len(line) && h.o.Free() > 0; i++ {
		err = h.offerTo(tx, line[i])
	}
	return err
}

func (h *holding) offerTo(tx *gorm.DB, w models.Waiter) error {
	places, until := min(w.People(), h.o.Free()), h.terms.OfferUntil(h.o, h.now)
	made := tx.Model(&models.Waiter{}).Where("id = ? AND state = ?", w.ID, models.Waiting).
		UpdateColumns(map[string]any{"state": models.Offered, "places": places, "offered_until": until})
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error
	}
	h.o.Held += places
	return h.Outbox.Add(tx, h.o.AllianceID, models.EventOfferMade,
		models.OfferMade{OccurrenceID: h.o.ID, MemberID: w.MemberID, Places: places, Until: until})
}

// passOn takes back the offers that have run out.
func (h *holding) passOn(tx *gorm.DB) error {
	if h.o.Held == 0 {
		return nil
	}
	var late []models.Waiter
	err := tx.Where("occurrence_id = ? AND state = ? AND offered_until <= ?", h.o.ID, models.Offered, h.now).Order("arrival").Find(&late).Error
	if err != nil || len(late) == 0 {
		return err
	}
	for _, w := range late {
		if err := h.strike(tx, w, models.EventOfferExpired); err != nil {
			return err
		}
	}
	return h.offerOn(tx)
}

// letGo takes one off the list and offers what was held on.
func (h *holding) letGo(tx *gorm.DB, w models.Waiter, why string) error {
	if err := h.strike(tx, w, why); err != nil {
		return err
	}
	return h.offerOn(tx)
}

func (h *holding) strike(tx *gorm.DB, w models.Waiter, why string) error {
	gone := tx.Where("id = ?", w.ID).Delete(&models.Waiter{})
	if gone.Error != nil || gone.RowsAffected == 0 {
		return gone.Error
	}
	h.o.Waiting, h.o.Held = h.o.Waiting-1, h.o.Held-w.Places
	return h.tell(tx, why, w.MemberID)
}

// Accept takes the places that a member is offered. Errors: not_found, no_offer, few_points, event_started, event_cancelled.
func (s *Service) Accept(ctx context.Context, alliance, member, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := occurrence(tx, alliance, id); err != nil {
			return err
		}
		h, err := s.hold(tx, id)
		if err != nil {
			return err
		}
		return h.accept(tx, member)
	})
}

func (h *holding) accept(tx *gorm.DB, member models.ID) error {
	switch {
	case h.o.State == models.EventStateCancelled:
		return ErrCancelled
	case h.o.Started(h.now):
		return ErrStarted
	}
	w, err := db.Find[models.Waiter](tx, "occurrence_id = ? AND member_id = ? AND state = ?", h.o.ID, member, models.Offered)
	if err != nil {
		return db.IfNone(err, ErrNoOffer)
	}
	if err := h.purses(tx, member); err != nil {
		return err
	}
	paid, err := h.affords(member, w.Places)
	if err != nil {
		return err
	}
	if err := tx.Where("id = ?", w.ID).Delete(&models.Waiter{}).Error; err != nil {
		return err
	}
	row := models.SignUp{
		ID: models.NewID(), AllianceID: h.o.AllianceID, OccurrenceID: h.o.ID, MemberID: member, State: models.SignedUp,
		SignedUpAt: h.now, Arrival: w.Arrival, Companions: w.Places - 1, Answers: w.Answers, Paid: paid,
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	if err := h.charge(tx, row); err != nil {
		return err
	}
	h.o.Waiting, h.o.Held, h.o.Taken = h.o.Waiting-1, h.o.Held-w.Places, h.o.Taken+w.Places
	if err := h.tell(tx, models.EventSignUpMade, member); err != nil {
		return err
	}
	return h.offerOn(tx)
}

// PassOffersOn takes back the offers that have run out and lets go those who still wait when it has begun: a job, safe on
// every node and after a crash, since all it knows is in the database.
func (s *Service) PassOffersOn(ctx context.Context) error {
	now := s.Clock.Now()
	var due []models.ID
	read := s.DB.Read(ctx)
	err := read.Model(&models.Waiter{}).Where("state = ? AND offered_until <= ?", models.Offered, now).Distinct().Pluck("occurrence_id", &due).Error
	if err != nil {
		return err
	}
	var begun []models.ID
	err = read.Model(&models.Occurrence{}).Where("waiting > 0 AND (starts_at <= ? OR state = ?)", now, models.EventStateCancelled).Pluck("id", &begun).Error
	if err != nil {
		return err
	}
	due = append(due, begun...)
	slices.SortFunc(due, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range slices.Compact(due) {
		if err := s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.settleLine(tx, id) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) settleLine(tx *gorm.DB, id models.ID) error {
	h, err := s.hold(tx, id)
	if err != nil {
		return err
	}
	if h.o.State == models.EventStatePublished && !h.o.Started(h.now) {
		return nil // hold has passed on what had run out
	}
	var line []models.Waiter
	if err := tx.Where("occurrence_id = ?", id).Order("arrival").Find(&line).Error; err != nil {
		return err
	}
	for _, w := range line {
		if err := h.strike(tx, w, models.EventLineClosed); err != nil {
			return err
		}
	}
	return h.save(tx)
}

// afterEdit offers the places that an organiser has added; whoever signed up for another time or place than now may give
// theirs back until the start (mayGiveBack).
func (s *Service) afterEdit(tx *gorm.DB, id models.ID, moved bool) error {
	if moved {
		if err := tx.Model(&models.Occurrence{}).Where("id = ?", id).UpdateColumn("moved_at", s.Clock.Now()).Error; err != nil {
			return err
		}
	}
	h, err := s.hold(tx, id)
	if err != nil {
		return err
	}
	return h.offerOn(tx)
}
