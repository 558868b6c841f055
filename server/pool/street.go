package pool

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// Persona is the human face that speaks for a store.
type Persona struct {
	Name string `json:"name"`
	Face string `json:"face"`
}

// StoreFront is a store as it stands in the street's header.
type StoreFront struct {
	models.StoreRef
	Position int     `json:"position" doc:"from the west, 1 upward"`
	Width    int     `json:"width" doc:"of the drawing, in its units"`
	Persona  Persona `json:"persona"`
	Open     bool    `json:"open"`
	OpensAt  string  `json:"opens_at" doc:"HH:MM in the street's time: the running span, else the next today, else today's last; empty on a day without hours"`
	ClosesAt string  `json:"closes_at"`
	Live     string  `json:"live" maxLength:"6" doc:"what is happening there now; mostly empty"`
}

// StorePage is a store's own page.
type StorePage struct {
	StoreFront
	StoryTitle string             `json:"story_title"`
	Story      string             `json:"story"`
	Address    string             `json:"address"`
	Hours      []models.Hours     `json:"hours" nullable:"false"`
	OnMarket   []models.Span      `json:"market_hours" nullable:"false" doc:"on market days, instead of the weekday's; empty: as on any day"`
	Status     models.StoreStatus `json:"status" enum:"active,suspended,left"`
}

// Street is the street as everyone sees it.
type Street struct {
	ID       models.ID    `json:"id"`
	Slug     string       `json:"slug"`
	Name     string       `json:"name"`
	TimeZone string       `json:"time_zone"`
	Stores   []StoreFront `json:"stores" nullable:"false"`
	Members  int64        `json:"members"`
	Now      time.Time    `json:"now"`
}

// Street shows a street with its open stores in order; suspended ones are not in it. Error: street_unknown.
func (s *Service) Street(ctx context.Context, alliance models.ID) (Street, error) {
	a, err := s.Alliance(ctx, alliance)
	if err != nil {
		return Street{}, ErrStreet
	}
	stores, err := s.Stores(ctx, alliance)
	if err != nil {
		return Street{}, err
	}
	now := s.Clock.Now()
	street := Street{ID: a.ID, Slug: a.Slug, Name: a.Name, TimeZone: a.TimeZone, Stores: []StoreFront{}, Now: now}
	for _, store := range stores {
		if store.Active() {
			street.Stores = append(street.Stores, front(a, store, now))
		}
	}
	err = s.DB.Read(ctx).Model(&models.Member{}).Where("alliance_id = ? AND left_at IS NULL", alliance).Count(&street.Members).Error
	return street, err
}

// Page shows a store's page. Error: not_found.
func (s *Service) Page(ctx context.Context, alliance, store models.ID) (StorePage, error) {
	page, _, err := s.page(ctx, alliance, store)
	return page, err
}

func (s *Service) page(ctx context.Context, alliance, id models.ID) (StorePage, models.Store, error) {
	store, err := s.Store(ctx, alliance, id)
	if err != nil {
		return StorePage{}, store, err
	}
	a, err := s.Alliance(ctx, alliance)
	return pageOf(a, store, s.Clock.Now()), store, err
}

func front(a models.Alliance, store models.Store, now time.Time) StoreFront {
	local := a.Local(now)
	opens, closes := models.Today(HoursAt(a, store, now), local)
	return StoreFront{
		StoreRef: store.Ref(), Position: store.Position, Width: store.Width,
		Persona: Persona{Name: store.PersonaName, Face: store.PersonaFace},
		Open:    OpenAt(a, store, now), OpensAt: opens, ClosesAt: closes, Live: store.LiveAt(now),
	}
}

func pageOf(a models.Alliance, store models.Store, now time.Time) StorePage {
	hours, onMarket := store.Hours, store.MarketHours
	if hours == nil {
		hours = []models.Hours{}
	}
	if onMarket == nil {
		onMarket = []models.Span{}
	}
	return StorePage{
		StoreFront: front(a, store, now), StoryTitle: store.StoryTitle, Story: store.Story, Address: store.Address,
		Hours: hours, OnMarket: onMarket, Status: store.Status,
	}
}

func tagged[T any](body T, version int64) *web.Reply[T] {
	reply := web.OK(body)
	reply.ETag = web.ETag(version)
	return reply
}
