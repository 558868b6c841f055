package calendar

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Events that are for a circle. Who is in it, or keeps it, when they sign up may come, and so may who begins to wait then: leaving the
// circle afterwards takes nothing away, neither the places nor the turn. The event itself stands in the calendar for all to read, as
// those for a level do; the circle's name is told only to whom the circle would be shown.

// AskedIn says what a circle that an event is for is to a reader.
type AskedIn string

// What it is.
const (
	AskedInside  AskedIn = "inside"  // the reader is in it, or keeps it
	AskedOutside AskedIn = "outside" // the reader may see it, and is not in it
	AskedUnknown AskedIn = "unknown" // the reader may not know of it
	AskedGone    AskedIn = "gone"    // it is no more
)

// AskedCircle is the circle that an event is for. ID and Name are absent where the reader may not know of it.
type AskedCircle struct {
	ID     models.ID           `json:"id,omitzero" required:"false"`
	Name   string              `json:"name,omitempty"`
	Access models.CircleAccess `json:"access,omitempty" enum:"open,invitation,level" doc:"how one comes in"`
	State  AskedIn             `json:"state" enum:"inside,outside,unknown,gone" doc:"unknown: a closed circle that the reader may not know of"`
}

// askedCircles is what is known of the circles that some events are for, and where the reader stands in them.
type askedCircles struct {
	reader  *identity.Principal
	circles map[models.ID]models.Circle
	places  map[models.ID]models.CircleState
}

// circlesAsked reads the circles that terms name. The reader is who asked: what the answer says goes to nobody else.
func (s *Service) circlesAsked(ctx context.Context, alliance models.ID, terms map[models.ID]models.SignUpTerms) (k askedCircles, err error) {
	var ids []models.ID
	for _, t := range terms {
		if t.Who == models.WelcomeCircle {
			ids = append(ids, t.Circle)
		}
	}
	if k.reader = identity.From(ctx); len(ids) == 0 {
		return k, nil
	}
	var rows []models.Circle
	if err := s.DB.Read(ctx).Where("id IN ? AND alliance_id = ?", ids, alliance).Find(&rows).Error; err != nil {
		return k, err
	}
	k.circles, k.places = make(map[models.ID]models.Circle, len(rows)), map[models.ID]models.CircleState{}
	for _, c := range rows {
		k.circles[c.ID] = c
	}
	if k.reader.Visitor() {
		return k, nil
	}
	var mine []models.CircleMember
	err = s.DB.Read(ctx).Where("circle_id IN ? AND account_id = ?", ids, k.reader.AccountID).Find(&mine).Error
	for _, m := range mine {
		k.places[m.CircleID] = m.State
	}
	return k, err
}

// by is the circle that a host's event is for, as the reader may see it; nil when it is for none.
func (k askedCircles) by(host models.ID, t models.SignUpTerms) *AskedCircle {
	if t.Who != models.WelcomeCircle {
		return nil
	}
	c, known := k.circles[t.Circle]
	switch {
	case !known:
		return &AskedCircle{State: AskedGone}
	case !k.mayKnow(c, host):
		return &AskedCircle{State: AskedUnknown}
	}
	shown := &AskedCircle{ID: c.ID, Name: c.Name, Access: c.Access, State: AskedOutside}
	if k.places[c.ID] == models.CircleMemberIn || k.keeps(c) {
		shown.State = AskedInside
	}
	return shown
}

// mayKnow: everybody knows of an open circle, and who is logged in of one by level; of one by invitation those in it, invited to it, or
// who keep it. The host's staff know whom they ask.
func (k askedCircles) mayKnow(c models.Circle, host models.ID) bool {
	switch {
	case c.Access == models.CircleOpen, k.keeps(c), k.reader.AtLeast(host, models.RoleClerk):
		return true
	case k.reader.Visitor() || k.reader.AllianceID != c.AllianceID:
		return false
	}
	return c.Access == models.CircleLevel || k.places[c.ID] != ""
}

// keeps is pool.InCircle's keepers, for a screen.
func (k askedCircles) keeps(c models.Circle) bool {
	return k.reader.AllianceID == c.AllianceID && (k.reader.Coordinator || k.reader.AtLeast(c.StoreID, models.RoleManager))
}

// outside names those who are not in the circle that the event is for: every one of them, when there is no such circle any more.
func (h *holding) outside(tx *gorm.DB, members []models.ID) (map[models.ID]error, error) {
	shut, why := map[models.ID]error{}, ErrOutside
	c, err := db.Find[models.Circle](tx, "id = ? AND alliance_id = ?", h.terms.Circle, h.o.AllianceID)
	in := map[models.ID]bool{}
	switch {
	case errors.Is(err, models.ErrNotFound):
		why = ErrCircleGone
	case err != nil:
		return nil, err
	default:
		if in, err = h.Pool.InCircle(tx, c, members); err != nil {
			return nil, err
		}
	}
	for _, m := range members {
		if !in[m] {
			shut[m] = why
		}
	}
	return shut, nil
}
