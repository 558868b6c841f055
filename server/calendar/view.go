package calendar

import (
	"context"
	"maps"
	"slices"
	"time"

	"onestreet/models"
	"onestreet/server/platform/web"
)

// OccurrenceView is one date of an event as the API shows it, with what the reader has to do with it.
type OccurrenceView struct {
	ID       models.ID         `json:"id"`
	EventID  models.ID         `json:"event_id"`
	Title    string            `json:"title"`
	Story    string            `json:"story"`
	Place    string            `json:"place"`
	Bring    string            `json:"bring" doc:"what to bring; may be empty"`
	Pictures []EventPicture    `json:"pictures" nullable:"false" doc:"at most nine, the cover first"`
	Stores   []models.StoreRef `json:"stores" nullable:"false" doc:"the host first; the street itself has no slug"`
	StartsAt time.Time         `json:"starts_at"`
	EndsAt   time.Time         `json:"ends_at"`
	Capacity int               `json:"capacity"`
	Taken    int               `json:"taken"`
	Free     int               `json:"free" doc:"places that nobody has or is offered"`
	Waiting  int               `json:"waiting" doc:"how many are on the waiting list"`
	Lunar    string            `json:"lunar" doc:"the lunar date, such as 九月初八; empty beyond the almanac"`
	Repeats  bool              `json:"repeats" doc:"one date of a series"`
	Terms    TermsView         `json:"terms"`
	BackBy   time.Time         `json:"give_back_until" doc:"places are given back until then"`
	Circle   *AskedCircle      `json:"circle,omitempty" doc:"with terms.who=circle: the circle that it is for, as far as the reader may know"`
	State    models.EventState `json:"state" enum:"published,cancelled"`
	Mine     *OwnPlace         `json:"mine,omitempty" doc:"the reader's own place"`
	ICSURL   string            `json:"ics_url" doc:"the date as an iCalendar file"`
}

// EventView is an event with all its dates, as its organisers see it.
type EventView struct {
	ID          models.ID         `json:"id"`
	Title       string            `json:"title"`
	Story       string            `json:"story"`
	Place       string            `json:"place"`
	Capacity    int               `json:"capacity"`
	State       models.EventState `json:"state" enum:"published,cancelled"`
	Occurrences []OccurrenceView  `json:"occurrences" nullable:"false"`
	Hosts       []HostView        `json:"hosts" nullable:"false" doc:"stores that host it beside the one that made it, or are asked to"`
}

// Views shows occurrences of one street to a member (zero: nobody in particular), in the given order.
func (s *Service) Views(ctx context.Context, alliance, member models.ID, list []models.Occurrence) ([]OccurrenceView, error) {
	views := make([]OccurrenceView, 0, len(list))
	if len(list) == 0 {
		return views, nil
	}
	known, err := s.around(ctx, alliance, member, list)
	if err != nil {
		return nil, err
	}
	for _, o := range list {
		views = append(views, known.view(o))
	}
	return views, nil
}

// surroundings is what is shown with occurrences: their events and hosts, and the reader's places.
type surroundings struct {
	street models.Alliance
	stores map[models.ID]models.StoreRef
	events map[models.ID]models.Event
	terms  map[models.ID]models.SignUpTerms
	mine   map[models.ID]*OwnPlace
	hosts  map[models.ID][]models.EventHost
	asked  askedCircles
	locale string
}

func (s *Service) around(ctx context.Context, alliance, member models.ID, list []models.Occurrence) (k surroundings, err error) {
	k.locale = web.Locale(ctx)
	if k.street, err = s.Pool.Alliance(ctx, alliance); err != nil {
		return k, err
	}
	if k.stores, err = s.Pool.Hosts(ctx, alliance); err != nil {
		return k, err
	}
	if k.events, err = s.eventsOf(ctx, list); err != nil {
		return k, err
	}
	if k.terms, err = s.termsOfAll(ctx, list); err != nil {
		return k, err
	}
	if k.asked, err = s.circlesAsked(ctx, alliance, k.terms); err != nil {
		return k, err
	}
	if k.hosts, err = s.hostsOf(s.DB.Read(ctx), slices.Collect(maps.Keys(k.events))); err != nil {
		return k, err
	}
	k.mine, err = s.mine(ctx, member, list)
	return k, err
}

func (k surroundings) view(o models.Occurrence) OccurrenceView {
	e, terms := k.events[o.EventID].On(o), k.terms[o.EventID]
	circle := k.asked.by(o.StoreID, terms)
	if circle != nil {
		terms.Circle = circle.ID
	}
	return OccurrenceView{
		ID: o.ID, EventID: o.EventID, Title: e.Title, Story: e.Story, Place: e.Place, Bring: e.Bring, Pictures: picturesView(e.Pictures),
		Stores: k.hostRefs(o), Lunar: lunarName(o.StartsAt, k.street.Location(), k.locale), StartsAt: o.StartsAt, EndsAt: o.EndsAt,
		Capacity: o.Capacity, Taken: o.Taken, Free: o.Free(), Waiting: o.Waiting, State: o.State, Circle: circle,
		Repeats: o.Slot != nil, Terms: termsView(terms), BackBy: terms.GivesBackUntil(o), Mine: k.mine[o.ID],
		ICSURL: "/api/v1/occurrences/" + o.ID.String() + "/event.ics?street=" + k.street.Slug,
	}
}

// hostRefs are the hosts of an occurrence, the responsible one first.
func (k surroundings) hostRefs(o models.Occurrence) []models.StoreRef {
	refs := []models.StoreRef{k.stores[o.StoreID]}
	for _, h := range k.hosts[o.EventID] {
		if h.State == models.HostAccepted {
			refs = append(refs, k.stores[h.StoreID])
		}
	}
	return refs
}

func (s *Service) eventsOf(ctx context.Context, list []models.Occurrence) (map[models.ID]models.Event, error) {
	known := map[models.ID]bool{}
	for _, o := range list {
		known[o.EventID] = true
	}
	return s.eventsByID(ctx, slices.Collect(maps.Keys(known)))
}

func (s *Service) eventsByID(ctx context.Context, ids []models.ID) (map[models.ID]models.Event, error) {
	var rows []models.Event
	err := s.DB.Read(ctx).Where("id IN ?", ids).Find(&rows).Error
	found := make(map[models.ID]models.Event, len(rows))
	for _, e := range rows {
		found[e.ID] = e
	}
	return found, err
}

// View shows one occurrence. Error: not_found.
func (s *Service) View(ctx context.Context, alliance, member, id models.ID) (OccurrenceView, error) {
	o, err := s.Occurrence(ctx, alliance, id)
	if err != nil {
		return OccurrenceView{}, err
	}
	views, err := s.Views(ctx, alliance, member, []models.Occurrence{o})
	if err != nil {
		return OccurrenceView{}, err
	}
	return views[0], nil
}

// Cards shows events as the feed does: the date that comes next, or the last one when all are over. Events of other
// streets are not among them.
func (s *Service) Cards(ctx context.Context, alliance, member models.ID, events []models.ID) (map[models.ID]OccurrenceView, error) {
	cards := map[models.ID]OccurrenceView{}
	if len(events) == 0 {
		return cards, nil
	}
	var dates []models.Occurrence
	err := s.DB.Read(ctx).Where("alliance_id = ? AND event_id IN ?", alliance, events).Order("starts_at, id").Find(&dates).Error
	if err != nil {
		return nil, err
	}
	next := nextOfEach(dates, s.Clock.Now())
	views, err := s.Views(ctx, alliance, member, next)
	for _, v := range views {
		cards[v.EventID] = v
	}
	return cards, err
}

// nextOfEach picks one date an event from a list in order of time.
func nextOfEach(dates []models.Occurrence, now time.Time) []models.Occurrence {
	chosen := map[models.ID]models.Occurrence{}
	for _, o := range dates {
		if earlier, ok := chosen[o.EventID]; !ok || earlier.Over(now) {
			chosen[o.EventID] = o
		}
	}
	return slices.Collect(maps.Values(chosen))
}

// EventViews shows a store's events with all their dates, in the given order.
func (s *Service) EventViews(ctx context.Context, alliance models.ID, events []models.Event) ([]EventView, error) {
	views := make([]EventView, 0, len(events))
	ids := make([]models.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	if len(ids) == 0 {
		return views, nil
	}
	dates, err := s.shownDates(ctx, alliance, ids)
	if err != nil {
		return nil, err
	}
	hosts, err := s.hostViews(ctx, alliance, ids)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		views = append(views, EventView{
			ID: e.ID, Title: e.Title, Story: e.Story, Place: e.Place, Capacity: e.Capacity, State: e.State, Occurrences: dates[e.ID],
			Hosts: append([]HostView{}, hosts[e.ID]...),
		})
	}
	return views, nil
}

func (s *Service) hostViews(ctx context.Context, alliance models.ID, events []models.ID) (map[models.ID][]HostView, error) {
	rows, err := s.hostsOf(s.DB.Read(ctx), events)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Hosts(ctx, alliance)
	views := map[models.ID][]HostView{}
	for event, hosts := range rows {
		for _, h := range hosts {
			views[event] = append(views[event], HostView{Store: stores[h.StoreID], State: h.State, Gift: h.GiftCampaign})
		}
	}
	return views, err
}

func (s *Service) shownDates(ctx context.Context, alliance models.ID, events []models.ID) (map[models.ID][]OccurrenceView, error) {
	var rows []models.Occurrence
	err := s.DB.Read(ctx).Where("alliance_id = ? AND event_id IN ?", alliance, events).Order("starts_at, id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	views, err := s.Views(ctx, alliance, models.ID{}, rows)
	shown := map[models.ID][]OccurrenceView{}
	for _, v := range views {
		shown[v.EventID] = append(shown[v.EventID], v)
	}
	return shown, err
}
