package calendar

import (
	"net/http"

	"gorm.io/gorm"

	"onestreet/models"
)

// What a sign-up's first answer says on record.
const (
	saidSeated  = `"seated"`
	saidWaiting = `"waiting"`
)

// seat answers one sign-up of a batch. While anybody waits, whoever comes later waits too: nobody is passed over.
func (h *holding) seat(in SignUp) (seated, error) {
	first, err := h.answered.To(in.ask)
	if err != nil || first != nil {
		return seated{waiting: string(first) == saidWaiting, repeated: true}, err
	}
	if in.Alliance != h.o.AllianceID {
		return seated{}, models.ErrNotFound
	}
	if err := h.takes(in); err != nil {
		return seated{}, err
	}
	answers, err := h.terms.Accept(in.Answers)
	if err != nil {
		return seated{}, err
	}
	if in.Answers = answers; h.o.Waiting == 0 && h.o.Free() > in.Companions {
		return seated{}, h.give(in)
	}
	return h.wait(in)
}

// takes refuses who cannot come, or not with so many.
func (h *holding) takes(in SignUp) error {
	row, has := h.has[in.Member]
	switch {
	case h.o.State == models.EventStateCancelled:
		return ErrCancelled
	case h.o.Started(h.now):
		return ErrStarted
	case has && row.State == models.CheckedIn:
		return ErrAttended
	case has:
		return ErrSignedUp
	case h.waits[in.Member]:
		return ErrWaiting
	case in.Companions < 0 || in.Companions >= h.terms.PerMember:
		return ErrTooMany.With(h.terms.PerMember).At("/companions")
	}
	return h.shut[in.Member]
}

func (h *holding) give(in SignUp) error {
	paid, err := h.affords(in.Member, 1+in.Companions)
	if err != nil {
		return err
	}
	row := models.SignUp{
		ID: models.NewID(), AllianceID: h.o.AllianceID, OccurrenceID: h.o.ID, MemberID: in.Member, State: models.SignedUp,
		SignedUpAt: h.now, Arrival: h.number(), Companions: in.Companions, Answers: in.Answers, Paid: paid,
	}
	h.o.Taken += row.People()
	h.has[in.Member] = row
	h.seats = append(h.seats, row)
	h.answered.Add(in.ask, http.StatusCreated, []byte(saidSeated))
	return nil
}

// wait puts a member at the end of the waiting list.
func (h *holding) wait(in SignUp) (seated, error) {
	switch {
	case !in.Wait || h.terms.WaitingPlaces == 0:
		return seated{}, h.fullNow()
	case h.o.Waiting >= h.terms.WaitingPlaces:
		return seated{}, ErrWaitingFull.With(h.terms.WaitingPlaces)
	}
	h.queue = append(h.queue, models.Waiter{
		ID: models.NewID(), AllianceID: h.o.AllianceID, OccurrenceID: h.o.ID, MemberID: in.Member, Arrival: h.number(),
		State: models.Waiting, Companions: in.Companions, Answers: in.Answers, Since: h.now,
	})
	h.o.Waiting++
	h.waits[in.Member] = true
	h.answered.Add(in.ask, http.StatusCreated, []byte(saidWaiting))
	return seated{waiting: true}, nil
}

func (h *holding) fullNow() error {
	if free := h.o.Free(); h.o.Waiting == 0 && free > 0 {
		return ErrFewLeft.With(free)
	}
	return ErrFull.With(h.o.Capacity)
}

// shutOut says of some members why they do not come: not among those who are asked, or too often away without a word.
func (h *holding) shutOut(tx *gorm.DB, members []models.ID) (map[models.ID]error, error) {
	shut, err := h.notAsked(tx, members)
	if err != nil || h.terms.NoShows == 0 {
		return shut, err
	}
	away, err := h.noShows(tx, h.o.AllianceID, members)
	for m, n := range away {
		if n >= h.terms.NoShows {
			shut[m] = ErrNoShows.With(n)
		}
	}
	return shut, err
}

// notAsked names those who are not close enough to the host, or not in the circle that it is for.
func (h *holding) notAsked(tx *gorm.DB, members []models.ID) (map[models.ID]error, error) {
	switch h.terms.Who {
	case models.WelcomeCircle:
		return h.outside(tx, members)
	case models.WelcomeLevel:
		return h.notClose(tx, members)
	}
	return map[models.ID]error{}, nil
}

func (h *holding) notClose(tx *gorm.DB, members []models.ID) (map[models.ID]error, error) {
	known, err := h.Relation.Standing(tx.Statement.Context, h.o.AllianceID, h.o.StoreID, members)
	shut := map[models.ID]error{}
	for _, m := range members {
		if known[m].Level < h.terms.Level {
			shut[m] = ErrNotInvited
		}
	}
	return shut, err
}
