package calendar

import (
	"context"
	"time"

	"onestreet/models"
)

// OwnPlace is the reader's own place, or where the reader stands on the waiting list.
type OwnPlace struct {
	State        models.SignUpState `json:"state" enum:"signed_up,checked_in,missed,waiting,offered"`
	At           time.Time          `json:"at" doc:"when it was taken, or when the reader was checked in, or began to wait"`
	Companions   int                `json:"companions" doc:"people who come along"`
	Ahead        int64              `json:"ahead,omitempty" doc:"how many wait before the reader"`
	Places       int                `json:"places,omitempty" doc:"places that are offered: fewer than asked when no more are free"`
	OfferedUntil *time.Time         `json:"offered_until,omitempty" doc:"then they go to the next"`
	Moved        *Moved             `json:"moved,omitempty" doc:"the date was moved since the reader agreed to it: keep the places, or give them back"`
}

// Moved is from where a date was moved.
type Moved struct {
	At       time.Time  `json:"at"`
	WasAt    *time.Time `json:"was_at,omitempty" doc:"when it would have begun"`
	WasPlace string     `json:"was_place,omitempty"`
}

// movedFrom tells a guest of a move that was not agreed to yet.
func movedFrom(r models.SignUp, o models.Occurrence) *Moved {
	if !r.Asked(o) {
		return nil
	}
	return &Moved{At: *o.MovedAt, WasAt: o.WasAt, WasPlace: o.WasPlace}
}

// TermsView is how people sign up for an event's dates.
type TermsView struct {
	PerMember     int               `json:"per_member" doc:"places a sign-up takes at most, 1 to 10, the member's own included"`
	WaitingPlaces int               `json:"waiting_places" doc:"how many may wait, at most 1,000; 0: no waiting list"`
	OfferMinutes  int               `json:"offer_minutes" doc:"how long an offer to one who waits stands, 10 to 4,320"`
	CancelHours   int               `json:"cancel_hours" doc:"places are given back until so many hours before the start, 0 to 336"`
	Who           models.Welcome    `json:"who" enum:"everyone,members,level,circle"`
	Level         models.Level      `json:"level" enum:"none,micro,weak,strong,super" doc:"with who=level: at least so close to the host"`
	Circle        models.ID         `json:"circle_id,omitzero" required:"false" doc:"with who=circle: one that the host keeps, or an open one of the street; absent for a reader who may not know of it"`
	NoShows       int               `json:"no_shows" doc:"who stayed away so often in 180 days does not sign up; 0: nobody minds"`
	Fee           models.Fee        `json:"fee" enum:"free,points,door"`
	Points        int64             `json:"points" doc:"a person, with fee=points, taken with the places and paid back with them"`
	Price         int64             `json:"price" doc:"fen a person, with fee=door"`
	Questions     []models.Question `json:"questions" nullable:"false"`
	GiftPoints    int64             `json:"gift_points,omitempty" doc:"what the host gives each member who is checked in, 0 to 1,000"`
	GiftCampaign  models.ID         `json:"gift_campaign_id,omitzero" required:"false" doc:"a campaign of the host's: a coupon for each of them"`
}

func termsView(t models.SignUpTerms) TermsView {
	return TermsView{
		PerMember: t.PerMember, WaitingPlaces: t.WaitingPlaces, OfferMinutes: t.OfferMinutes, CancelHours: t.CancelHours, Who: t.Who,
		Level: t.Level, Circle: t.Circle, NoShows: t.NoShows, Fee: t.Fee, Points: t.Points, Price: t.Price, Questions: t.Questions,
		GiftPoints: t.GiftPoints, GiftCampaign: t.GiftCampaign,
	}
}

func (v TermsView) terms(event, alliance models.ID) models.SignUpTerms {
	return models.SignUpTerms{
		EventID: event, AllianceID: alliance, PerMember: v.PerMember, WaitingPlaces: v.WaitingPlaces, OfferMinutes: v.OfferMinutes,
		CancelHours: v.CancelHours, Who: v.Who, Level: v.Level, Circle: v.Circle, NoShows: v.NoShows, Fee: v.Fee, Points: v.Points, Price: v.Price,
		Questions: v.Questions, GiftPoints: v.GiftPoints, GiftCampaign: v.GiftCampaign,
	}
}

func idsOf(list []models.Occurrence) []models.ID {
	ids := make([]models.ID, len(list))
	for i, o := range list {
		ids[i] = o.ID
	}
	return ids
}

func (s *Service) mine(ctx context.Context, member models.ID, list []models.Occurrence) (map[models.ID]*OwnPlace, error) {
	found := map[models.ID]*OwnPlace{}
	if member.IsZero() {
		return found, nil
	}
	var rows []models.SignUp
	err := s.DB.Read(ctx).Where("member_id = ? AND occurrence_id IN ?", member, idsOf(list)).Find(&rows).Error
	dates := make(map[models.ID]models.Occurrence, len(list))
	for _, o := range list {
		dates[o.ID] = o
	}
	for _, r := range rows {
		m := &OwnPlace{State: r.State, At: r.SignedUpAt, Companions: r.Companions, Moved: movedFrom(r, dates[r.OccurrenceID])}
		if r.CheckedInAt != nil {
			m.At = *r.CheckedInAt
		}
		found[r.OccurrenceID] = m
	}
	if err != nil {
		return nil, err
	}
	return found, s.waited(ctx, member, list, found)
}

// waited adds where the member waits. An offer whose time is over is none, even if it was not passed on yet.
func (s *Service) waited(ctx context.Context, member models.ID, list []models.Occurrence, found map[models.ID]*OwnPlace) error {
	var rows []models.Waiter
	read, now := s.DB.Read(ctx), s.Clock.Now()
	if err := read.Where("member_id = ? AND occurrence_id IN ?", member, idsOf(list)).Find(&rows).Error; err != nil {
		return err
	}
	for _, w := range rows {
		m := &OwnPlace{State: models.SignUpState(w.State), At: w.Since, Companions: w.Companions}
		found[w.OccurrenceID] = m
		if w.Runs(now) {
			m.Places, m.OfferedUntil = w.Places, w.OfferedUntil
			continue
		}
		if w.State == models.Offered {
			delete(found, w.OccurrenceID)
			continue
		}
		err := read.Model(&models.Waiter{}).Where("occurrence_id = ? AND state = ? AND arrival < ?", w.OccurrenceID, models.Waiting, w.Arrival).Count(&m.Ahead).Error
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) termsOfAll(ctx context.Context, list []models.Occurrence) (map[models.ID]models.SignUpTerms, error) {
	var rows []models.SignUpTerms
	events := make([]models.ID, len(list))
	terms := make(map[models.ID]models.SignUpTerms, len(list))
	for i, o := range list {
		events[i] = o.EventID
		terms[o.EventID] = models.DefaultTerms(o.EventID, o.AllianceID)
	}
	err := s.DB.Read(ctx).Where("event_id IN ?", events).Find(&rows).Error
	for _, t := range rows {
		terms[t.EventID] = t
	}
	return terms, err
}
