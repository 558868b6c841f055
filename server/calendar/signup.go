package calendar

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// SignUp is a member asking for places at an occurrence: one's own and one for each companion. Wait says that the member
// would wait when there are not so many.
type SignUp struct {
	Alliance, Member, Occurrence models.ID
	Companions                   int
	Answers                      models.Answers
	Wait                         bool

	ask *web.Ask
}

// seated is what became of a sign-up: places, or the waiting list.
type seated struct {
	waiting  bool
	repeated bool // the first answer again
}

// signUpsAtOnce bounds how many sign-ups share a commit.
const signUpsAtOnce = 256

// SignUp takes places for a member, or a place on the waiting list. Sign-ups that come at the same moment share one commit,
// in the order in which they came; each gets its own answer.
// Errors: not_found, already_signed_up, already_waiting, event_full, waiting_full, event_started, event_cancelled,
// too_many_places, not_invited, circle_only, circle_gone, no_shows, few_points, invalid (an answer).
func (s *Service) SignUp(ctx context.Context, in SignUp) (waiting bool, err error) {
	got, err := s.signUps.Do(ctx, in)
	return got.waiting, err
}

// signUpAll answers a batch in one transaction, occurrence by occurrence, in the order of their ids: two nodes lock rows in
// the same order.
func (s *Service) signUpAll(tx *gorm.DB, batch []SignUp) ([]db.Answer[seated], error) {
	answers := make([]db.Answer[seated], len(batch))
	for _, group := range byOccurrence(batch) {
		if err := s.signUpGroup(tx, batch, group, answers); err != nil {
			return nil, err
		}
	}
	return answers, nil
}

func byOccurrence(batch []SignUp) [][]int {
	groups := map[models.ID][]int{}
	var keys []models.ID
	for i, in := range batch {
		if groups[in.Occurrence] == nil {
			keys = append(keys, in.Occurrence)
		}
		groups[in.Occurrence] = append(groups[in.Occurrence], i)
	}
	slices.SortFunc(keys, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	ordered := make([][]int, len(keys))
	for i, k := range keys {
		ordered[i] = groups[k]
	}
	return ordered
}

// signUpGroup seats those who ask for one occurrence, in the order in which they asked.
func (s *Service) signUpGroup(tx *gorm.DB, batch []SignUp, group []int, answers []db.Answer[seated]) error {
	h, err := s.hold(tx, batch[group[0]].Occurrence)
	if errors.Is(err, models.ErrNotFound) {
		for _, i := range group {
			answers[i].Err = err
		}
		return nil
	}
	if err != nil {
		return err
	}
	if err := h.know(tx, batch, group); err != nil {
		return err
	}
	for _, i := range group {
		answers[i].Value, answers[i].Err = h.seat(batch[i])
	}
	return h.store(tx)
}

// GiveBack returns a member's places, or leaves the waiting list; who was offered places lets them pass. What is free then
// is offered to those who wait.
// Errors: not_found, not_signed_up, already_attended, event_started, give_back_closed.
func (s *Service) GiveBack(ctx context.Context, alliance, member, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := occurrence(tx, alliance, id); err != nil {
			return err
		}
		return s.giveBack(tx, member, id, true)
	})
}

// giveBack frees what a member has at an occurrence. inTime keeps the time until which places are given back; who leaves
// the street need not.
func (s *Service) giveBack(tx *gorm.DB, member, id models.ID, inTime bool) error {
	h, err := s.hold(tx, id)
	if err != nil {
		return err
	}
	w, err := db.Find[models.Waiter](tx, "occurrence_id = ? AND member_id = ?", id, member)
	if err == nil {
		return h.letGo(tx, w, models.EventSignUpCancelled)
	}
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	row, err := db.Find[models.SignUp](tx, "occurrence_id = ? AND member_id = ?", id, member)
	if err != nil {
		return db.IfNone(err, ErrNotSignedUp)
	}
	if err := h.mayGiveBack(row, inTime); err != nil {
		return err
	}
	return h.free(tx, row)
}

// mayGiveBack refuses what is too late. Whoever signed up for another time or place than it is now may go until the start.
func (h *holding) mayGiveBack(row models.SignUp, inTime bool) error {
	until := h.terms.GivesBackUntil(h.o)
	moved := row.Asked(h.o)
	switch {
	case row.State != models.SignedUp:
		return ErrAttended
	case h.o.Started(h.now):
		return ErrStarted
	case inTime && !moved && h.terms.CancelHours > 0 && !h.now.Before(until):
		at := models.SaidMoment(h.street.Local(until))
		return ErrGiveBackClosed.Say("退位子到 "+at.ZH+" 为止，有事跟店里说一声", "Places were given back until "+at.EN+". Please tell the store.")
	}
	return nil
}

// Keep notes that a member comes all the same to a date that was moved. Keeping twice is keeping.
// Errors: not_found, not_signed_up, event_cancelled, event_started.
func (s *Service) Keep(ctx context.Context, alliance, member, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		o, err := occurrence(tx, alliance, id)
		switch {
		case err != nil:
			return err
		case o.State == models.EventStateCancelled:
			return ErrCancelled
		case o.Started(s.Clock.Now()):
			return ErrStarted
		}
		row, err := db.Find[models.SignUp](tx, "occurrence_id = ? AND member_id = ? AND state = ?", id, member, models.SignedUp)
		if err != nil {
			return db.IfNone(err, ErrNotSignedUp)
		}
		return tx.Model(&models.SignUp{}).Where("id = ?", row.ID).UpdateColumn("kept_at", s.Clock.Now()).Error
	})
}

// free deletes a sign-up and offers its places on.
func (h *holding) free(tx *gorm.DB, row models.SignUp) error {
	gone := tx.Where("id = ? AND state = ?", row.ID, models.SignedUp).Delete(&models.SignUp{})
	if gone.Error == nil && gone.RowsAffected == 0 {
		return ErrNotSignedUp
	}
	if gone.Error != nil {
		return gone.Error
	}
	if err := h.payBack(tx, row, "退了位子"); err != nil {
		return err
	}
	h.o.Taken -= row.People()
	if err := h.tell(tx, models.EventSignUpCancelled, row.MemberID); err != nil {
		return err
	}
	return h.offerOn(tx)
}
