package notify

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// signedUp confirms a place to its member, and counts on the host's desk.
func (s *Service) signedUp(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.SignUpChanged) error {
	o, f, err := s.occasion(tx, e.AllianceID, p.OccurrenceID)
	if err != nil {
		return err
	}
	if err := s.countOnDesk(tx, e, o, f); err != nil {
		return err
	}
	_, err = db.Find[models.SignUp](tx, "occurrence_id = ? AND member_id = ?", o.ID, p.MemberID)
	if err != nil {
		return db.IfNone(err, nil) // given back before this was told
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.MemberID, store: o.StoreID, kind: models.NoticeSignedUp,
		reference: fmt.Sprintf("sign-up:%s:%d", o.ID, e.ID), link: linkTo(o), at: e.At, facts: f,
	})
}

// givenBack counts on the host's desk.
func (s *Service) givenBack(_ context.Context, tx *gorm.DB, e outbox.Event, p models.SignUpChanged) error {
	o, f, err := s.occasion(tx, e.AllianceID, p.OccurrenceID)
	if err != nil {
		return err
	}
	return s.countOnDesk(tx, e, o, f)
}

// countOnDesk keeps one line an occurrence on its host's desk: how many come.
func (s *Service) countOnDesk(tx *gorm.DB, e outbox.Event, o models.Occurrence, f facts) error {
	f.Number, f.Count = int64(o.Taken), int64(o.Capacity)
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: o.StoreID, kind: models.DeskSignUps, reference: "occurrence:" + o.ID.String(),
		at: e.At, facts: f, latest: true,
	})
}

// eventMoved tells everyone who has a place about the new time or place.
func (s *Service) eventMoved(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventChanged) error {
	return s.tellGuests(tx, e, p, models.NoticeEventMoved)
}

// eventCancelled tells everyone who has a place that it is off.
func (s *Service) eventCancelled(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventChanged) error {
	return s.tellGuests(tx, e, p, models.NoticeEventCancelled)
}

func (s *Service) tellGuests(tx *gorm.DB, e outbox.Event, p models.EventChanged, kind models.NoticeKind) error {
	var places []models.SignUp
	dates := tx.Session(&gorm.Session{NewDB: true}).Model(&models.Occurrence{}).Select("id").
		Where("event_id = ? AND alliance_id = ?", p.EventID, e.AllianceID)
	if !p.OccurrenceID.IsZero() {
		dates = dates.Where("id = ?", p.OccurrenceID)
	}
	err := tx.Where("occurrence_id IN (?)", dates).Order("occurrence_id, member_id").Find(&places).Error
	if err == nil && kind == models.NoticeEventMoved {
		places, err = andThoseWhoWait(tx, dates, places)
	}
	for i := 0; err == nil && i < len(places); i++ {
		err = s.tellGuest(tx, e, places[i], kind)
	}
	return err
}

// andThoseWhoWait adds the waiting lists: they wait for another time now. When it is off, they are told as the line closes.
func andThoseWhoWait(tx *gorm.DB, dates *gorm.DB, places []models.SignUp) ([]models.SignUp, error) {
	var line []models.Waiter
	err := tx.Where("occurrence_id IN (?)", dates).Order("occurrence_id, member_id").Find(&line).Error
	for _, w := range line {
		places = append(places, models.SignUp{OccurrenceID: w.OccurrenceID, MemberID: w.MemberID})
	}
	return places, err
}

func (s *Service) tellGuest(tx *gorm.DB, e outbox.Event, place models.SignUp, kind models.NoticeKind) error {
	o, f, err := s.occasion(tx, e.AllianceID, place.OccurrenceID)
	if err != nil {
		return err
	}
	if kind == models.NoticeEventMoved && o.State == models.EventStateCancelled {
		return nil // called off meanwhile: that is what they are told
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: place.MemberID, store: o.StoreID, kind: kind,
		reference: fmt.Sprintf("%s:%s:%d", kind, o.ID, e.ID), link: linkTo(o), at: e.At, facts: f,
	})
}

func linkTo(o models.Occurrence) string { return "/calendar/" + o.ID.String() }

// occasion reads an occurrence with what is told of it.
func (s *Service) occasion(tx *gorm.DB, alliance, id models.ID) (models.Occurrence, facts, error) {
	o, err := db.Find[models.Occurrence](tx, "id = ? AND alliance_id = ?", id, alliance)
	if err != nil {
		return o, facts{}, err
	}
	event, err := db.Find[models.Event](tx, "id = ?", o.EventID)
	if err != nil {
		return o, facts{}, err
	}
	host, err := s.Pool.HostName(tx.Statement.Context, alliance, o.StoreID)
	if err != nil {
		return o, facts{}, err
	}
	event = event.On(o)
	return o, facts{Store: host, Title: event.Title, Place: event.Place, Bring: event.Bring, From: o.StartsAt, Until: o.EndsAt}, nil
}
