package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// feedEvery is how often programs should ask again, in the words of RFC 5545, 3.3.6.
const feedEvery = "PT3H"

// Feed is the calendar of a street or of one of its stores, to be subscribed to. Rules of the moon go out as the dates they
// give, half a year ahead, each an entry of its own with a UID that stays when the date is moved: there is no program that
// reads RSCALE.
type Feed struct {
	service *Service
	street  models.Alliance
	store   models.StoreRef // zero: the whole street
	locale  string
	Tag     string // ETag: the same as long as nothing changed
}

// FeedOf is the feed of a street, or of one store. Error: not_found, also for another street's store.
func (s *Service) FeedOf(ctx context.Context, alliance, store models.ID, locale string) (Feed, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return Feed{}, err
	}
	f := Feed{service: s, street: street, locale: locale}
	if !store.IsZero() {
		refs, err := s.Pool.Refs(ctx, alliance)
		if err != nil {
			return Feed{}, err
		}
		found := false
		if f.store, found = refs[store]; !found {
			return Feed{}, models.ErrNotFound
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

// tag tells the feed's state without writing it: how many dates, how often they were changed, when last; and the same of
// their events, whose words are in it.
func (f Feed) tag(ctx context.Context) (string, error) {
	var dates struct {
		N       int64
		Changes int64
		Ended   int64
	}
	err := f.dates(ctx).Select("COUNT(*) AS n, COALESCE(SUM(sequence), 0) AS changes, COALESCE(SUM(CASE WHEN state = ? THEN 1 ELSE 0 END), 0) AS ended",
		models.EventStateCancelled).Take(&dates).Error
	if err != nil {
		return "", err
	}
	var newest []models.Event
	err = f.service.DB.Read(ctx).Select("id, updated_at").Where("alliance_id = ?", f.street.ID).Order("updated_at DESC").Limit(1).Find(&newest).Error
	if err != nil {
		return "", err
	}
	text := fmt.Sprintln(f.street.Name, f.street.Location(), f.store.Name, f.locale, dates.N, dates.Changes, dates.Ended)
	for _, e := range newest {
		text += e.UpdatedAt.UTC().Format(time.RFC3339Nano)
	}
	sum := sha256.Sum256([]byte(text))
	return `"` + hex.EncodeToString(sum[:12]) + `"`, nil
}

// Text writes the feed.
func (f Feed) Text(ctx context.Context) (string, error) {
	var list []models.Occurrence
	if err := f.dates(ctx).Order("starts_at, id").Limit(feedMost).Find(&list).Error; err != nil {
		return "", err
	}
	views, err := f.service.Views(ctx, f.street.ID, models.ID{}, list)
	if err != nil {
		return "", err
	}
	cal, zone := f.head(), f.street.Location()
	if len(list) > 0 {
		cal.AddVTimezone(timezone(zone, list[0].StartsAt, list[len(list)-1].EndsAt))
	}
	for i, view := range views {
		cal.AddVEvent(f.service.entry(view, list[i], zone, f.locale))
	}
	return cal.Serialize(ics.WithNewLineWindows), nil
}

func (f Feed) head() *ics.Calendar {
	name := f.street.Name
	if f.store.Name != "" {
		name = f.store.Name
	}
	cal := ics.NewCalendarFor("Onestreet")
	cal.SetProductId("-//Onestreet//Calendar 1.0//ZH")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(plainLine(name))
	cal.SetXWRCalName(plainLine(name))
	cal.SetRefreshInterval(feedEvery, ics.WithValue("DURATION"))
	cal.SetXPublishedTTL(feedEvery)
	return cal
}
