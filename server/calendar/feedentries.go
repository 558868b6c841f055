package calendar

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/almanac"
	"onestreet/server/calendar/recur"
)

// What of a feed is one entry:
//
//	a date that stands alone               an entry, its UID the date's
//	a series by an RRULE                   one entry with the RRULE, its UID the event's; EXDATE where a date was left out
//	└─ a date moved, longer, called off    an entry of its own under the same UID, RECURRENCE-ID the moment that the rule gave
//	a series by the moon or market days    an entry a date, half a year ahead: there is no program that reads RSCALE
//	a date that its series' rule lacks     an entry, its UID the date's: those before "this and following", those kept for guests
//	a series by an RRULE that ended        one cancelled entry under the event's UID, so that stale subscriptions let it go
//
// SEQUENCE adds the changes of the event to those of the date, so it grows with either.

// day is a row of occurrences as feeds need it: they have thousands.
type day struct {
	ID        models.ID
	EventID   models.ID
	StoreID   models.ID
	Slot      *time.Time
	StartsAt  time.Time
	EndsAt    time.Time
	State     models.EventState
	Sequence  int
	UpdatedAt time.Time

	Title, Story, Place string // where it has its own
}

// dayOf is the same of a whole row.
func dayOf(o models.Occurrence) day {
	return day{
		ID: o.ID, EventID: o.EventID, StoreID: o.StoreID, Slot: o.Slot, StartsAt: o.StartsAt, EndsAt: o.EndsAt, State: o.State,
		Sequence: o.Sequence, UpdatedAt: o.UpdatedAt, Title: o.Title, Story: o.Story, Place: o.Place,
	}
}

// moment is one that an event's rule gave, in seconds.
type moment struct {
	event models.ID
	at    int64
}

// contents is what a feed is made of.
type contents struct {
	street  models.Alliance
	zone    *time.Location
	hosts   map[models.ID]models.StoreRef
	url     string
	days    []day
	events  map[models.ID]models.Event
	rhythms map[models.ID]rhythm // by event
	since   time.Time            // from when dates are known, and up to when
	until   time.Time
	there   map[moment]bool
}

// rhythm is a series that goes out as one entry.
type rhythm struct {
	series  models.Series
	zone    *time.Location
	outside recur.Outside
	first   time.Time
	slots   []time.Time        // the moments that its rule gives, up to where dates are known
	given   map[int64]struct{} // the same, in seconds
}

func (f Feed) contents(ctx context.Context) (contents, error) {
	now := f.service.Clock.Now()
	c := contents{street: f.street, zone: f.street.Location(), hosts: f.stores, url: f.service.PublicURL, since: now.Add(-feedBack), until: now.Add(2 * models.SeriesAhead)}
	var err error
	if c.days, err = f.days(ctx); err != nil {
		return c, err
	}
	if len(c.days) == feedMost {
		c.until = c.days[feedMost-1].StartsAt
	}
	if c.events, err = f.service.eventsByID(ctx, eventIDs(c.days)); err != nil {
		return c, err
	}
	if err := c.readRhythms(f.service.DB.Read(ctx)); err != nil || len(c.rhythms) == 0 {
		return c, err
	}
	return c, c.addOld(f.service.DB.Read(ctx))
}

// days reads the feed's dates, column by column: for thousands of rows the mapper's reflection costs as much as the database.
func (f Feed) days(ctx context.Context) ([]day, error) {
	rows, err := f.dates(ctx).Select("id, event_id, store_id, slot, starts_at, ends_at, state, sequence, updated_at, title, story, place").
		Order("starts_at, id").Limit(feedMost).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // its error is rows.Err's
	list := make([]day, 0, usualDays)
	for rows.Next() {
		var d day
		if err := rows.Scan(&d.ID, &d.EventID, &d.StoreID, &d.Slot, &d.StartsAt, &d.EndsAt, &d.State, &d.Sequence, &d.UpdatedAt, &d.Title, &d.Story, &d.Place); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// usualDays is how many dates a feed has, most often.
const usualDays = 256

func eventIDs(days []day) []models.ID {
	var ids []models.ID
	seen := map[models.ID]bool{}
	for _, d := range days {
		if !seen[d.EventID] {
			seen[d.EventID] = true
			ids = append(ids, d.EventID)
		}
	}
	return ids
}

// readRhythms finds the series that go out as one entry.
func (c *contents) readRhythms(r *gorm.DB) error {
	var list []models.Series
	if err := r.Where("event_id IN ?", eventIDs(c.days)).Find(&list).Error; err != nil {
		return err
	}
	c.rhythms = map[models.ID]rhythm{}
	for _, series := range list {
		if b, ok := c.rhythmOf(series); ok {
			c.rhythms[series.EventID] = b
		}
	}
	return nil
}

// rhythmOf tells a series for other programs. A rule that cannot be read any more makes no dates and no entry.
func (c *contents) rhythmOf(series models.Series) (b rhythm, ok bool) {
	rule, err := readRule(series.Rule, c.street)
	if err != nil {
		return b, false
	}
	var end time.Time
	if series.EndsAt != nil {
		end = *series.EndsAt
	}
	outside, ok := rule.Outside(series.BeginsAt, end)
	if !ok {
		return b, false
	}
	b = rhythm{series: series, zone: rule.Zone, outside: outside, first: rule.Instant(outside.Start, rule.Zone), given: map[int64]struct{}{}}
	until := lastOf(series, c.until)
	if series.MadeUntil.Before(until) {
		until = series.MadeUntil
	}
	answer, err := rule.Expand(recur.Window{From: recur.DateOf(outside.Start), To: almanac.At(until, rule.Zone)})
	for _, wall := range answer.Times {
		if at := rule.Instant(wall, rule.Zone); !wall.Before(outside.Start) && !at.After(until) {
			b.slots = append(b.slots, at)
			b.given[at.Unix()] = struct{}{}
		}
	}
	return b, err == nil
}

// addOld adds what was changed of such a series before the feed begins: its entry tells all of its dates.
func (c *contents) addOld(r *gorm.DB) error {
	ids := make([]models.ID, 0, len(c.rhythms))
	for id := range c.rhythms {
		ids = append(ids, id)
	}
	var old []day
	err := r.Model(&models.Occurrence{}).Where("event_id IN ? AND starts_at <= ? AND slot IS NOT NULL AND sequence > 0", ids, c.since).
		Order("starts_at, id").Limit(feedMost).Find(&old).Error
	for _, d := range old {
		if b := c.rhythms[d.EventID]; b.gave(d) {
			c.days = append(c.days, d)
		}
	}
	c.there = make(map[moment]bool, len(c.days))
	for _, d := range c.days {
		if d.Slot != nil {
			c.there[moment{d.EventID, d.Slot.Unix()}] = true
		}
	}
	return err
}

// gave tells whether a date is one of the series' rule.
func (b rhythm) gave(d day) bool {
	if d.Slot == nil {
		return false
	}
	_, found := b.given[d.Slot.Unix()]
	return found
}

// differs tells whether a date is not what the rule says of it.
func (b rhythm) differs(d day) bool {
	length := time.Duration(b.series.Minutes) * time.Minute
	return d.State == models.EventStateCancelled || !d.StartsAt.Equal(*d.Slot) || d.EndsAt.Sub(d.StartsAt) != length ||
		d.Title != b.series.Title || d.Story != b.series.Story || d.Place != b.series.Place
}

// leaves makes the entries, in an order that stays: the series first, then the dates.
func (c *contents) leaves() []leaf {
	var list []leaf
	told := map[models.ID]bool{}
	for _, d := range c.days {
		if e := c.events[d.EventID]; e.Rhythmic && !told[e.ID] {
			told[e.ID] = true
			list = append(list, c.wholeSeries(e, d))
		}
	}
	for _, d := range c.days {
		b, repeats := c.rhythms[d.EventID]
		switch {
		case repeats && b.gave(d) && b.differs(d):
			list = append(list, c.changedDate(b, d))
		case repeats && b.gave(d), c.endedWithSeries(d):
		default:
			list = append(list, c.leaf(d))
		}
	}
	return list
}

// endedWithSeries tells whether the cancelled entry of a series speaks for the date.
func (c *contents) endedWithSeries(d day) bool {
	e := c.events[d.EventID]
	return e.Rhythmic && d.Slot != nil && d.State == models.EventStateCancelled && e.State == models.EventStateCancelled
}

// wholeSeries is the entry of a series; of one that ended it is the word that it has. d is one of its dates.
func (c *contents) wholeSeries(e models.Event, d day) leaf {
	l := c.leaf(d)
	l.uid, l.sequence, l.made, l.changed, l.link = uid(e.ID), e.Sequence, e.CreatedAt, e.UpdatedAt, c.url+"/calendar"
	b, repeats := c.rhythms[e.ID]
	l.word(e.On(models.Occurrence{Title: b.series.Title, Story: b.series.Story, Place: b.series.Place}))
	if l.off = !repeats; l.off {
		return l
	}
	l.zone, l.repeats, l.lost = b.zone, &b.outside, c.leftOut(b)
	l.start, l.end = b.first, b.first.Add(time.Duration(b.series.Minutes)*time.Minute)
	return l
}

// leftOut is the moments of a rule for which there is no date.
func (c *contents) leftOut(b rhythm) []time.Time {
	var lost []time.Time
	for _, slot := range b.slots {
		if slot.After(c.since) && !c.there[moment{b.series.EventID, slot.Unix()}] {
			lost = append(lost, slot)
		}
	}
	return lost
}

func (c *contents) changedDate(b rhythm, d day) leaf {
	l := c.leaf(d)
	l.uid, l.zone, l.of = uid(d.EventID), b.zone, *d.Slot
	return l
}

// leaf is the entry of a date that stands alone.
func (c *contents) leaf(d day) leaf {
	e := c.events[d.EventID]
	changed := d.UpdatedAt
	if e.UpdatedAt.After(changed) {
		changed = e.UpdatedAt
	}
	l := leaf{
		uid: uid(d.ID), sequence: e.Sequence + d.Sequence, changed: changed, zone: c.zone,
		start: d.StartsAt, end: d.EndsAt, off: d.State == models.EventStateCancelled,
		host: c.hosts[d.StoreID].Name, link: c.url + "/calendar/" + d.ID.String(),
	}
	l.word(e.On(models.Occurrence{Title: d.Title, Story: d.Story, Place: d.Place}))
	return l
}

// word gives an entry the words of an event.
func (l *leaf) word(e models.Event) {
	l.title, l.story, l.place, l.bring = e.Title, e.Story, e.Place, e.Bring
}

func uid(id models.ID) string { return id.String() + "@onestreet" }
