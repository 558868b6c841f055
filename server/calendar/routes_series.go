package calendar

import (
	"context"
	"net/http"
	"time"

	"onestreet/models"
	"onestreet/server/calendar/recur"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

func (s *Service) seriesRoutes(api *web.API) {
	web.Post(api, "/stores/{store}/series", op("series-publish", "Put an event that comes again into the calendar", identity.PlansHost, http.StatusCreated).Once(), s.postSeries)
	web.Post(api, "/stores/{store}/series/preview", op("series-preview", "The next dates of a rule, with their lunar names", identity.PlansHost, 0), s.postPreview)
	web.Patch(api, "/stores/{store}/events/{event}/series", op("series-change", "Change all dates to come, or those from one on", identity.PlansHost, 0), s.patchSeries)
	web.Patch(api, "/stores/{store}/occurrences/{occurrence}", op("occurrence-change", "Change a date of a series, alone or with others; those signed up are told", identity.PlansHost, 0), s.patchDate)
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/preview", op("occurrence-preview", "What a change would do, and who would be told", identity.PlansHost, 0), s.previewDate)
	web.Get(api, "/stores/{store}/events/{event}/series", op("series", "How an event comes again", identity.AtHost, 0), s.getSeries)
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/cancel", op("occurrence-cancel", "Call a date of a series off, alone or with others; those signed up are told", identity.PlansHost, 0), s.cancelDate)
	web.Get(api, "/market-rule", op("market-rule", "The street's market rule, and what goes by it", identity.Coordinator, 0), s.getMarket)
	web.Post(api, "/market-rule/preview", op("market-rule-preview", "The next market days of a rule", identity.Coordinator, 0), s.postMarketPreview)
}

type postSeriesInput struct {
	Store models.ID `path:"store"`
	Body  struct {
		Title    string  `json:"title" doc:"1 to 40 characters"`
		Story    string  `json:"story,omitempty" doc:"at most 2,000 characters"`
		Place    string  `json:"place" doc:"1 to 60 characters"`
		Minutes  int     `json:"minutes" minimum:"1" maximum:"10080" doc:"how long each date lasts"`
		Capacity int     `json:"capacity" doc:"1 to 10,000 places of each date"`
		Pattern  Pattern `json:"pattern"`
	}
}

func (s *Service) postSeries(ctx context.Context, in *postSeriesInput) (*web.Reply[EventView], error) {
	b := in.Body
	plan := models.EventPlan{
		Title: b.Title, Story: b.Story, Place: b.Place, Capacity: b.Capacity,
		StartsAt: b.Pattern.StartsAt, EndsAt: b.Pattern.StartsAt.Add(time.Duration(b.Minutes) * time.Minute),
	}
	e, err := s.PublishSeries(ctx, deskOf(ctx, in.Store), Repeated{EventPlan: plan, Pattern: b.Pattern})
	return s.eventReply(ctx, e, err)
}

type previewInput struct {
	Store models.ID `path:"store"`
	Body  Pattern
}

// previewed is how many dates a preview shows.
const previewed = 12

func (s *Service) postPreview(ctx context.Context, in *previewInput) (*web.Reply[recur.View], error) {
	v, err := s.Preview(ctx, identity.From(ctx).AllianceID, in.Body, previewed, web.Locale(ctx))
	return web.OK(v), err
}

type marketPreviewInput struct {
	Body struct {
		MarketRule string `json:"market_rule" maxLength:"500" doc:"lunar digits such as 3,6,9, or a rule of another kind in JSON"`
	}
}

func (s *Service) postMarketPreview(ctx context.Context, in *marketPreviewInput) (*web.Reply[MarketPreview], error) {
	v, err := s.MarketPreview(ctx, identity.From(ctx).AllianceID, in.Body.MarketRule, previewed, web.Locale(ctx))
	return web.OK(v), err
}

func (s *Service) getMarket(ctx context.Context, _ *struct{}) (*web.Reply[MarketSettings], error) {
	v, err := s.Market(ctx, identity.From(ctx).AllianceID, previewed, web.Locale(ctx))
	return web.OK(v), err
}

type patchSeriesInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  struct {
		From     models.ID `json:"from,omitzero" required:"false" doc:"an occurrence: this one and those after it; absent: all that are to come"`
		Title    *string   `json:"title,omitempty"`
		Story    *string   `json:"story,omitempty"`
		Place    *string   `json:"place,omitempty"`
		Minutes  *int      `json:"minutes,omitempty" minimum:"1" maximum:"10080"`
		Capacity *int      `json:"capacity,omitempty"`
		Pattern  *Pattern  `json:"pattern,omitempty"`
	}
}

func (s *Service) patchSeries(ctx context.Context, in *patchSeriesInput) (*web.Reply[EventView], error) {
	b := in.Body
	e, err := s.ChangeSeries(ctx, deskOf(ctx, in.Store), in.Event, SeriesChange{
		From: b.From, Title: b.Title, Story: b.Story, Place: b.Place, Pattern: b.Pattern, Minutes: b.Minutes, Capacity: b.Capacity,
	})
	return s.eventReply(ctx, e, err)
}

// DateEdit is a change to a date of a series, as the form sends it.
type DateEdit struct {
	Scope    Scope      `json:"scope,omitempty" enum:"one,following,all" default:"one" doc:"this date alone; it and those after it; all that are to come"`
	Title    *string    `json:"title,omitempty"`
	Story    *string    `json:"story,omitempty"`
	Place    *string    `json:"place,omitempty"`
	StartsAt *time.Time `json:"starts_at,omitempty" doc:"of this date; others follow at its hour"`
	EndsAt   *time.Time `json:"ends_at,omitempty"`
	Capacity *int       `json:"capacity,omitempty" doc:"not below the number of those signed up"`
	Pattern  *Pattern   `json:"pattern,omitempty" doc:"another rhythm; not for one date alone"`
}

func (b DateEdit) edit() Edit {
	e := Edit{Scope: b.Scope, Pattern: b.Pattern, Change: Change{
		Title: b.Title, Story: b.Story, Place: b.Place, StartsAt: b.StartsAt, EndsAt: b.EndsAt, Capacity: b.Capacity,
	}}
	if e.Scope == "" {
		e.Scope = ScopeOne
	}
	return e
}

type patchDateInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       DateEdit
}

func (s *Service) patchDate(ctx context.Context, in *patchDateInput) (*web.Reply[EventView], error) {
	e, err := s.EditDate(ctx, deskOf(ctx, in.Store), in.Occurrence, in.Body.edit())
	return s.eventReply(ctx, e, err)
}

type previewDateInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       struct {
		DateEdit
		Off bool `json:"off,omitempty" doc:"call it off instead of changing it"`
	}
}

func (s *Service) previewDate(ctx context.Context, in *previewDateInput) (*web.Reply[Effect], error) {
	effect, err := s.Rehearse(ctx, deskOf(ctx, in.Store), in.Occurrence, in.Body.edit(), in.Body.Off, web.Locale(ctx))
	return web.OK(effect), err
}

type cancelDateInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       *struct {
		Scope Scope `json:"scope,omitempty" enum:"one,following,all" default:"one"`
	}
}

func (s *Service) cancelDate(ctx context.Context, in *cancelDateInput) (*web.Reply[EventView], error) {
	scope := ScopeOne
	if in.Body != nil && in.Body.Scope != "" {
		scope = in.Body.Scope
	}
	e, err := s.CallOff(ctx, deskOf(ctx, in.Store), in.Occurrence, scope)
	return s.eventReply(ctx, e, err)
}

func (s *Service) getSeries(ctx context.Context, in *eventInput) (*web.Reply[SeriesView], error) {
	v, err := s.SeriesOf(ctx, deskOf(ctx, in.Store), in.Event)
	return web.OK(v), err
}
