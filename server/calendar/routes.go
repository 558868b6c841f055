package calendar

import (
	"context"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// Routes adds the feature's operations.
func (s *Service) Routes(api *web.API) {
	s.seriesRoutes(api)
	s.feedRoutes(api)
	s.signUpRoutes(api)
	s.doorRoutes(api)
	s.hostRoutes(api)
	s.paperRoutes(api)
	s.importRoutes(api)
	web.Get(api, "/calendar", op("calendar", "A month with lunar dates, market days and what is on", identity.Anyone, 0), s.getMonth)
	web.Get(api, "/calendar/agenda", op("agenda", "What comes, grouped by day", identity.Anyone, 0), s.getAgenda)
	web.Get(api, "/calendar/day", op("calendar-day", "A day on the street: open stores, events by the hour, market", identity.Anyone, 0), s.getDay)
	web.Get(api, "/occurrences/{occurrence}", op("occurrence", "One date of an event", identity.Anyone, 0), s.getOccurrence)
	api.Raw(http.MethodGet, "/occurrences/{occurrence}/event.ics", op("occurrence-ics", "The date as an iCalendar file", identity.Anyone, 0), s.getICS)
	api.Raw(http.MethodGet, "/occurrences/{occurrence}/card.jpg", op("occurrence-card", "The picture that goes with a link to the date", identity.Anyone, 0), s.getCard)
	web.Get(api, "/stores/{store}/events", op("store-events", "A store's events, the newest first", identity.AtHost, 0), s.getEvents)
	web.Post(api, "/stores/{store}/events", op("event-publish", "Put an event into the calendar", identity.PlansHost, http.StatusCreated).Once(), s.postEvent)
	web.Patch(api, "/stores/{store}/events/{event}", op("event-change", "Edit an event; another time or place is told to those signed up", identity.PlansHost, 0), s.patchEvent)
	web.Put(api, "/stores/{store}/events/{event}/leaflet", op("event-leaflet", "Say what to bring to an event, and hang its pictures up", identity.PlansHost, 0), s.putLeaflet)
	web.Post(api, "/stores/{store}/events/{event}/cancel", op("event-cancel", "Call an event off; those signed up are told", identity.PlansHost, 0), s.cancelEvent)
	web.Get(api, "/stores/{store}/occurrences/{occurrence}/guests", op("guests", "Who comes", identity.AtHost, 0), s.getGuests)
	web.Post(api, "/stores/{store}/occurrences/{occurrence}/check-ins", op("check-in", "Note that a member has come", identity.AtHost, http.StatusCreated).Once(), s.postCheckIn)
}

func op(id, summary string, who web.Guard, status int) web.Op {
	return web.Op{ID: id, Summary: summary, Tag: "calendar", Who: who, Status: status}
}

type monthInput struct {
	Month string `query:"month" pattern:"^[0-9]{4}-(0[1-9]|1[0-2])$" doc:"YYYY-MM; the present month without it"`
}

func (s *Service) getMonth(ctx context.Context, in *monthInput) (*web.Reply[MonthView], error) {
	p := identity.From(ctx)
	m, err := s.Month(ctx, p.AllianceID, p.MemberID, in.Month, web.Locale(ctx))
	return web.OK(m), err
}

type agendaInput struct {
	From   string `query:"from" doc:"YYYY-MM-DD; today without it"`
	Cursor string `query:"cursor"`
}

func (s *Service) getAgenda(ctx context.Context, in *agendaInput) (*web.Reply[AgendaView], error) {
	p := identity.From(ctx)
	v, err := s.Agenda(ctx, p.AllianceID, p.MemberID, in.From, in.Cursor, web.Locale(ctx))
	return web.OK(v), err
}

type dayInput struct {
	Date string `query:"date" doc:"YYYY-MM-DD; today without it"`
}

func (s *Service) getDay(ctx context.Context, in *dayInput) (*web.Reply[StreetDay], error) {
	p := identity.From(ctx)
	v, err := s.Day(ctx, p.AllianceID, p.MemberID, in.Date, web.Locale(ctx))
	return web.OK(v), err
}

type occurrenceInput struct {
	Occurrence models.ID `path:"occurrence"`
}

func (s *Service) getOccurrence(ctx context.Context, in *occurrenceInput) (*web.Reply[OccurrenceView], error) {
	return s.shown(ctx, in.Occurrence)
}

func (s *Service) shown(ctx context.Context, id models.ID) (*web.Reply[OccurrenceView], error) {
	p := identity.From(ctx)
	v, err := s.View(ctx, p.AllianceID, p.MemberID, id)
	return web.OK(v), err
}

func (s *Service) getICS(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := models.ParseID(c.Params("occurrence"))
	if err != nil {
		return models.ErrNotFound
	}
	text, o, err := s.ICS(ctx, identity.From(ctx).AllianceID, id, web.Locale(ctx))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="event.ics"`)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	c.Set(fiber.HeaderLastModified, o.UpdatedAt.UTC().Format(http.TimeFormat))
	return c.SendString(text)
}

func deskOf(ctx context.Context, store models.ID) Desk {
	p := identity.From(ctx)
	return Desk{Alliance: p.AllianceID, Store: store, Account: p.AccountID}
}

type eventsInput struct {
	Store  models.ID `path:"store"`
	Cursor string    `query:"cursor"`
	Limit  int       `query:"limit" minimum:"1" maximum:"100"`
}

func (s *Service) getEvents(ctx context.Context, in *eventsInput) (*web.Reply[web.Page[EventView]], error) {
	page, err := s.Events(ctx, deskOf(ctx, in.Store), in.Cursor, web.Limit(in.Limit, 50, 100))
	return web.OK(page), err
}

type postEventInput struct {
	Store models.ID `path:"store"`
	Body  struct {
		Title    string    `json:"title" doc:"1 to 40 characters"`
		Story    string    `json:"story,omitempty" doc:"at most 2,000 characters"`
		Place    string    `json:"place" doc:"1 to 60 characters"`
		StartsAt time.Time `json:"starts_at" doc:"in the future, at most two years ahead"`
		EndsAt   time.Time `json:"ends_at" doc:"after the start, at most seven days later"`
		Capacity int       `json:"capacity" doc:"1 to 10,000"`
	}
}

func (s *Service) postEvent(ctx context.Context, in *postEventInput) (*web.Reply[EventView], error) {
	e, err := s.Publish(ctx, deskOf(ctx, in.Store), models.EventPlan(in.Body))
	return s.eventReply(ctx, e, err)
}

type eventInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
}

type patchEventInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  struct {
		Title    *string    `json:"title,omitempty"`
		Story    *string    `json:"story,omitempty"`
		Place    *string    `json:"place,omitempty"`
		StartsAt *time.Time `json:"starts_at,omitempty"`
		EndsAt   *time.Time `json:"ends_at,omitempty"`
		Capacity *int       `json:"capacity,omitempty" doc:"not below the number of those signed up"`
	}
}

func (s *Service) patchEvent(ctx context.Context, in *patchEventInput) (*web.Reply[EventView], error) {
	b := in.Body
	e, err := s.Change(ctx, deskOf(ctx, in.Store), in.Event,
		Change{Title: b.Title, Story: b.Story, Place: b.Place, StartsAt: b.StartsAt, EndsAt: b.EndsAt, Capacity: b.Capacity})
	return s.eventReply(ctx, e, err)
}

func (s *Service) cancelEvent(ctx context.Context, in *eventInput) (*web.Reply[EventView], error) {
	e, err := s.Cancel(ctx, deskOf(ctx, in.Store), in.Event)
	return s.eventReply(ctx, e, err)
}

func (s *Service) eventReply(ctx context.Context, e models.Event, err error) (*web.Reply[EventView], error) {
	if err != nil {
		return nil, err
	}
	views, err := s.EventViews(ctx, e.AllianceID, []models.Event{e})
	if err != nil {
		return nil, err
	}
	return web.OK(views[0]), nil
}

type hostedInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
}

func (s *Service) getGuests(ctx context.Context, in *hostedInput) (*web.Reply[GuestList], error) {
	list, err := s.Guests(ctx, deskOf(ctx, in.Store), in.Occurrence)
	return web.OK(list), err
}

type checkInInput struct {
	Store      models.ID `path:"store"`
	Occurrence models.ID `path:"occurrence"`
	Body       struct {
		Code     string    `json:"code,omitempty" maxLength:"80" doc:"eight digits, or the text of the member's QR code"`
		MemberID models.ID `json:"member_id,omitzero" required:"false" doc:"from the list of guests, when the member has no phone at hand"`
		Came     *int      `json:"came,omitempty" doc:"how many came, the member included: 1 to 10; as many as said without it"`
		DoorID   models.ID `json:"door_id,omitzero" required:"false" doc:"where they stand, when that is a door"`
	}
}

// CheckInView is a guest who has come.
type CheckInView struct {
	Guest Guest `json:"guest"`
	First bool  `json:"first" doc:"the member's first check-in at an event of this store"`
}

func (s *Service) postCheckIn(ctx context.Context, in *checkInInput) (*web.Reply[CheckInView], error) {
	desk := deskOf(ctx, in.Store)
	member, err := s.who(ctx, desk.Alliance, in.Body.Code, in.Body.MemberID)
	if err != nil {
		return nil, err
	}
	guest, first, err := s.CheckIn(ctx, desk, CheckIn{Occurrence: in.Occurrence, Member: member, Came: in.Body.Came, Door: in.Body.DoorID})
	return web.OK(CheckInView{Guest: guest, First: first}), err
}

// who finds the member at the door, by code or from the list.
func (s *Service) who(ctx context.Context, alliance models.ID, code string, id models.ID) (models.ID, error) {
	if code != "" {
		m, _, err := s.Pool.ResolveCode(ctx, alliance, code)
		return m.ID, err
	}
	if id.IsZero() {
		return id, ErrWho
	}
	m, err := s.Pool.Member(ctx, alliance, id)
	if err == nil && m.Left() {
		err = ErrLeft
	}
	return m.ID, err
}
