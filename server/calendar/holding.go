package calendar

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/platform/web"
)

// holding is an occurrence whose row is locked: whoever holds it knows how many places there are, on every node, until the
// commit. Changes go through its copy of the row; store and save write it under the database's CHECKs.
type holding struct {
	*Service
	now    time.Time
	street models.Alliance
	o      models.Occurrence
	before models.Occurrence // as it was when it was locked
	terms  models.SignUpTerms
	door   *models.Door // where the guests stand, when that is one

	has      map[models.ID]models.SignUp // places of those who ask
	waits    map[models.ID]bool
	shut     map[models.ID]error // why a member does not come
	unasked  string              // why a guest at the door could not have signed up; empty: they could
	purse    map[models.ID]int64 // points of those who ask, where places cost some
	answered *web.Answers
	seats    []models.SignUp // what is given now
	queue    []models.Waiter
}

// hold locks an occurrence and passes on the offers that have run out. Error: not_found.
func (s *Service) hold(tx *gorm.DB, id models.ID) (*holding, error) {
	o, err := db.Find[models.Occurrence](db.Lock(tx), "id = ?", id)
	if err != nil {
		return nil, err
	}
	h := &holding{Service: s, now: s.Clock.Now(), o: o, before: o}
	if h.terms, err = termsOf(tx, o.EventID, o.AllianceID); err != nil {
		return nil, err
	}
	if h.street, err = s.Pool.Alliance(tx.Statement.Context, o.AllianceID); err != nil {
		return nil, err
	}
	return h, h.passOn(tx)
}

// termsOf are an event's terms, or the default ones.
func termsOf(tx *gorm.DB, event, alliance models.ID) (models.SignUpTerms, error) {
	t, err := db.Find[models.SignUpTerms](tx, "event_id = ?", event)
	if errors.Is(err, models.ErrNotFound) {
		return models.DefaultTerms(event, alliance), nil
	}
	return t, err
}

// know reads of those who ask what seat must know, in a few statements however many they are.
func (h *holding) know(tx *gorm.DB, batch []SignUp, group []int) (err error) {
	members, asks := make([]models.ID, len(group)), make([]*web.Ask, len(group))
	for i, at := range group {
		members[i], asks[i] = batch[at].Member, batch[at].ask
	}
	if h.answered, err = web.AnswersTo(tx, asks); err != nil {
		return err
	}
	if err = h.purses(tx, members...); err != nil {
		return err
	}
	if err = h.knowPlaces(tx, members); err != nil {
		return err
	}
	h.shut, err = h.shutOut(tx, members)
	return err
}

func (h *holding) knowPlaces(tx *gorm.DB, members []models.ID) error {
	var rows []models.SignUp
	if err := tx.Where("occurrence_id = ? AND member_id IN ?", h.o.ID, members).Find(&rows).Error; err != nil {
		return err
	}
	h.has, h.waits = make(map[models.ID]models.SignUp, len(rows)), map[models.ID]bool{}
	for _, r := range rows {
		h.has[r.MemberID] = r
	}
	if h.o.Waiting == 0 {
		return nil
	}
	var waiting []models.ID
	err := tx.Model(&models.Waiter{}).Where("occurrence_id = ? AND member_id IN ?", h.o.ID, members).Pluck("member_id", &waiting).Error
	for _, id := range waiting {
		h.waits[id] = true
	}
	return err
}

// number gives out a number in the order of arrival.
func (h *holding) number() int64 {
	h.o.Arrivals++
	return h.o.Arrivals
}

// store writes what was given to a batch: the rows, the occurrence, the first answers, and who is told.
func (h *holding) store(tx *gorm.DB) error {
	if len(h.seats) > 0 {
		if err := tx.CreateInBatches(h.seats, rowsAtOnce).Error; err != nil {
			return err
		}
		if err := h.charge(tx, h.seats...); err != nil {
			return err
		}
	}
	if len(h.queue) > 0 {
		if err := tx.CreateInBatches(h.queue, rowsAtOnce).Error; err != nil {
			return err
		}
	}
	if err := h.offerOn(tx); err != nil {
		return err
	}
	if err := h.answered.Keep(tx, h.now); err != nil {
		return err
	}
	return h.tellAll(tx)
}

// rowsAtOnce bounds how many rows a statement writes.
const rowsAtOnce = 100

func (h *holding) tellAll(tx *gorm.DB) error {
	made, waiting := make([]models.SignUpChanged, len(h.seats)), make([]models.SignUpChanged, len(h.queue))
	for i, r := range h.seats {
		made[i] = models.SignUpChanged{OccurrenceID: h.o.ID, MemberID: r.MemberID}
	}
	for i, w := range h.queue {
		waiting[i] = models.SignUpChanged{OccurrenceID: h.o.ID, MemberID: w.MemberID}
	}
	if err := outbox.AddAll(h.Outbox, tx, h.o.AllianceID, models.EventSignUpMade, made); err != nil {
		return err
	}
	return outbox.AddAll(h.Outbox, tx, h.o.AllianceID, models.EventSignUpWaiting, waiting)
}

func (h *holding) tell(tx *gorm.DB, kind string, member models.ID) error {
	return h.Outbox.Add(tx, h.o.AllianceID, kind, models.SignUpChanged{OccurrenceID: h.o.ID, MemberID: member})
}

// save writes the counts. The condition and the database's CHECKs hold what the lock promises already.
func (h *holding) save(tx *gorm.DB) error {
	places := max(h.terms.WaitingPlaces, h.o.Waiting)
	if h.o.Taken == h.before.Taken && h.o.Held == h.before.Held && h.o.Waiting == h.before.Waiting && h.o.Arrivals == h.before.Arrivals && h.o.Unnamed == h.before.Unnamed {
		return nil
	}
	done := tx.Model(&models.Occurrence{}).Where("id = ? AND taken = ? AND held = ? AND waiting = ?", h.o.ID, h.before.Taken, h.before.Held, h.before.Waiting).
		UpdateColumns(map[string]any{
			"taken": h.o.Taken, "held": h.o.Held, "waiting": h.o.Waiting, "waiting_places": places, "arrivals": h.o.Arrivals, "unnamed": h.o.Unnamed,
		})
	if done.Error == nil && done.RowsAffected == 0 {
		return ErrFull.With(h.o.Capacity) // cannot be while the row is locked
	}
	h.before = h.o
	return done.Error
}
