package calendar

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	ics "github.com/arran4/golang-ical"
	"gorm.io/gorm"

	"onestreet/models"
)

// What a feed shows: so long ago (a program that asks seldom must learn what was called off), and so many dates.
const (
	feedBack = 60 * 24 * time.Hour
	feedMost = 4000
)

// leafOctets is about how long an entry is.
const leafOctets = 1024

// feedEvery is how often programs should ask again, in the words of RFC 5545, 3.3.6.
const feedEvery = "PT3H"

// Feed is a calendar to be subscribed to: a street's, one of its stores', or a member's own (feedmine.go). feedentries.go tells what of it is one entry.
type Feed struct {
	service *Service
	street  models.Alliance
	stores  map[models.ID]models.StoreRef
	store   models.StoreRef // zero: the whole street
	name    string          // its own, where it is neither's
	locale  string
	Tag     string // ETag: the same as long as nothing changed
}

// FeedOf is the feed of a street, or of one store. Error: not_found, also for another street's store.
func (s *Service) FeedOf(ctx context.Context, alliance, store models.ID, locale string) (Feed, error) {
	f := Feed{service: s, locale: locale}
	var err error
	if f.street, err = s.Pool.Alliance(ctx, alliance); err != nil {
		return f, err
	}
	if f.stores, err = s.Pool.Hosts(ctx, alliance); err != nil {
		return f, err
	}
	if !store.IsZero() {
		found := false
		if f.store, found = f.stores[store]; !found {
			return f, models.ErrNotFound
		}
	}
	f.Tag, err = f.tag(ctx)
	return f, err
}

// dates are the occurrences of the feed.
func (f Feed) dates(ctx context.Context) *gorm.DB {
	query := f.service.DB.Read(ctx).Model(&models.Occurrence{}).
		Where("alliance_id = ? AND starts_at > ?", f.street.ID, f.service.Clock.Now().Add(-feedBack))
	if !f.store.ID.IsZero() {
		query = query.Where("store_id = ?", f.store.ID)
	}
	return query
}

// tally is what a feed shows, told in a few numbers.
type tally struct {
	N       int64
	Changes int64
	First   string
	Newest  string
}

// tag tells the feed's state without writing it: how many dates, how often they were changed, from when on and when last;
// the same of their events, whose words are in it; and the names of their hosts.
func (f Feed) tag(ctx context.Context) (string, error) {
	var dates, events tally
	err := f.dates(ctx).Select("COUNT(*) AS n, COALESCE(SUM(sequence), 0) AS changes, COALESCE(MIN(starts_at), '') AS first, COALESCE(MAX(updated_at), '') AS newest").
		Take(&dates).Error
	if err != nil {
		return "", err
	}
	err = f.service.DB.Read(ctx).Model(&models.Event{}).Where("alliance_id = ?", f.street.ID).
		Select("COUNT(*) AS n, COALESCE(SUM(sequence), 0) AS changes, '' AS first, COALESCE(MAX(updated_at), '') AS newest").Take(&events).Error
	return tagOf(f.street.Name, f.street.Location(), f.store.ID, f.store.Name, f.locale, dates, events, f.hosts()), err
}

// hosts are the names of the street's stores, in an order that stays.
func (f Feed) hosts() []string {
	var names []string
	for id, ref := range f.stores {
		names = append(names, id.String()+ref.Name)
	}
	slices.Sort(names)
	return names
}

func tagOf(parts ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// Text writes the feed as iCalendar (RFC 5545), or remembers it: as long as its tag is the same, so is its text, and a street's feed is read by many.
func (f Feed) Text(ctx context.Context) (string, error) {
	if text, known := f.service.feeds.of(f.Tag); known {
		return text, nil
	}
	c, err := f.contents(ctx)
	if err != nil {
		return "", err
	}
	text := f.write(c.leaves())
	f.service.feeds.keep(f.Tag, text)
	return text, nil
}

// feedsKept is how many feeds a node remembers; one of 2,000 dates is a megabyte.
const feedsKept = 12

// remembered keeps the last feeds by their tags.
type remembered struct {
	mu    sync.Mutex
	texts map[string]string
	order []string
}

func (w *remembered) of(tag string) (text string, known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	text, known = w.texts[tag]
	return text, known
}

func (w *remembered) keep(tag, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, known := w.texts[tag]; known {
		return
	}
	if len(w.order) == feedsKept {
		delete(w.texts, w.order[0])
		w.order = w.order[1:]
	}
	w.texts[tag], w.order = text, append(w.order, tag)
}

// write makes the file: its head, a description of every zone that its entries use, and the entries.
func (f Feed) write(leaves []leaf) string {
	cal := f.head()
	for _, zone := range zonesOf(leaves) {
		cal.AddVTimezone(zone)
	}
	const end = "END:VCALENDAR\r\n"
	w := icsLines{buf: make([]byte, 0, 4096+len(leaves)*leafOctets)}
	w.raw(strings.TrimSuffix(cal.Serialize(ics.WithNewLineWindows), end))
	for _, l := range leaves {
		l.write(&w, f.locale)
	}
	w.raw(end)
	return string(w.buf)
}

func (f Feed) head() *ics.Calendar {
	name := plainLine(cmp.Or(f.name, f.store.Name, f.street.Name))
	cal := ics.NewCalendarFor("Onestreet")
	cal.SetProductId(productID)
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(name)
	cal.SetXWRCalName(name)
	cal.SetXWRTimezone(f.street.Location().String())
	cal.SetRefreshInterval(feedEvery, ics.WithValue("DURATION"))
	cal.SetXPublishedTTL(feedEvery)
	return cal
}
