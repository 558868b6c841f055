package models

import (
	"strings"
	"time"
	"unicode/utf8"
)

var _ = table(&Event{}, &Occurrence{})

// EventState is where an event or one of its dates stands.
type EventState string

// The states of events and occurrences. Cancelling is for good: those signed up have been told.
const (
	EventStatePublished EventState = "published"
	EventStateCancelled EventState = "cancelled"
)

// Event is an offline happening of a store, or of the street itself: a tasting, a lesson, a fair. Its dates are occurrences.
type Event struct {
	ID          ID `gorm:"primaryKey"`
	AllianceID  ID
	StoreID     ID // the host; the street itself: its AllianceID
	Title       string
	Story       string
	Place       string
	Capacity    int // places of each of its dates
	State       EventState
	CreatedBy   ID // account
	CreatedAt   time.Time
	UpdatedAt   time.Time `gorm:"autoUpdateTime:false"`
	CancelledAt *time.Time

	Bring    string    // what to bring
	Pictures []Picture `gorm:"serializer:json"` // the first is the cover

	Sequence int  // counts the changes of what all its dates share (RFC 5545)
	Rhythmic bool // calendar programs got it as one entry that repeats: they are told when it does no more
}

// TableName implements gorm's Tabler.
func (Event) TableName() string { return "events" }

// Occurrence is one date of an event, with its places. Taken is the people of its sign-ups and Unnamed, Held the places of
// the offers that run, Waiting the rows of those who wait; always: they change in one transaction under the row's lock, and
// the database holds Taken + Held ≤ Capacity and Waiting ≤ WaitingPlaces. Arrivals numbers sign-ups and those who wait in
// the order they came. Sequence counts the changes that calendar programs must notice (RFC 5545).
type Occurrence struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	EventID    ID
	StoreID    ID         // the host; the street itself: its AllianceID
	Slot       *time.Time // of a series: the moment its rule gave, also when the date was moved since
	StartsAt   time.Time
	EndsAt     time.Time
	Capacity   int
	Taken      int
	State      EventState
	Sequence   int
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`

	Held          int
	Unnamed       int // neighbours let in at the door who are no members
	Waiting       int
	WaitingPlaces int
	Arrivals      int64
	MovedAt       *time.Time // to another time or place, last
	WasAt         *time.Time // when it would have begun, and
	WasPlace      string     // where, before it was moved last

	Title, Story, Place string // of this date alone; empty: the event's
}

// OfStreet tells whether the street itself is the host: a coordinator acts for it.
func (o Occurrence) OfStreet() bool { return o.StoreID == o.AllianceID }

// On is the event as it is on one of its dates, which may have words of its own.
func (e Event) On(o Occurrence) Event {
	for own, of := range map[*string]*string{&o.Title: &e.Title, &o.Story: &e.Story, &o.Place: &e.Place} {
		if *own != "" {
			*of = *own
		}
	}
	return e
}

// TableName implements gorm's Tabler.
func (Occurrence) TableName() string { return "occurrences" }

// CheckInGrace is how long after its end an occurrence still takes check-ins, for lists kept on paper.
const CheckInGrace = 24 * time.Hour

// Started tells whether the occurrence has begun; then nobody signs up or gives a place back.
func (o Occurrence) Started(now time.Time) bool { return !now.Before(o.StartsAt) }

// Over tells whether the occurrence has ended; then it is not changed any more.
func (o Occurrence) Over(now time.Time) bool { return !now.Before(o.EndsAt) }

// TakesCheckIns tells whether guests may still be checked in. There is no early limit: people come before the hour.
func (o Occurrence) TakesCheckIns(now time.Time) bool { return now.Before(o.EndsAt.Add(CheckInGrace)) }

// Limits of what is written about an event, in characters; of its places; of its length; of how far ahead it is planned.
const (
	EventTitleMax    = 40
	EventStoryMax    = 2000
	EventPlaceMax    = 60
	EventCapacityMax = 10_000
	EventLengthMax   = 7 * 24 * time.Hour
	EventAheadMax    = 2 * 366 * 24 * time.Hour
)

// EventPlan is what the organiser writes.
type EventPlan struct {
	Title    string
	Story    string
	Place    string
	StartsAt time.Time
	EndsAt   time.Time
	Capacity int
}

// Trimmed returns the plan without blanks around its texts, and with its times in UTC and whole seconds, as calendar
// programs keep them.
func (p EventPlan) Trimmed() EventPlan {
	p.StartsAt, p.EndsAt = p.StartsAt.UTC().Truncate(time.Second), p.EndsAt.UTC().Truncate(time.Second)
	p.Title, p.Story, p.Place = strings.TrimSpace(p.Title), strings.TrimSpace(p.Story), strings.TrimSpace(p.Place)
	return p
}

// Check names every field that cannot be, as ErrInvalid with JSON pointers; nil when the plan can stand.
func (p EventPlan) Check(now time.Time) error {
	wrong := ErrInvalid
	note := func(bad bool, pointer, zh, en string) {
		if bad {
			wrong = wrong.Field(pointer, Text{ZH: zh, EN: en})
		}
	}
	note(p.Title == "", "/title", "给活动起个名字", "Give the event a name")
	note(utf8.RuneCountInString(p.Title) > EventTitleMax, "/title", "名字最多 40 个字", "A name has at most 40 characters")
	note(utf8.RuneCountInString(p.Story) > EventStoryMax, "/story", "介绍最多 2000 个字", "The description has at most 2,000 characters")
	note(p.Place == "", "/place", "写上在哪儿", "Say where it is")
	note(utf8.RuneCountInString(p.Place) > EventPlaceMax, "/place", "地点最多 60 个字", "The place has at most 60 characters")
	note(p.Capacity < 1 || p.Capacity > EventCapacityMax, "/capacity", "位子要在 1 到 10000 之间", "Places must be between 1 and 10,000")
	note(!p.StartsAt.After(now), "/starts_at", "开始时间已经过了", "The start is in the past")
	note(p.StartsAt.After(now.Add(EventAheadMax)), "/starts_at", "最多提前两年定", "An event is planned at most two years ahead")
	note(!p.EndsAt.After(p.StartsAt), "/ends_at", "结束要在开始之后", "The end must come after the start")
	note(p.EndsAt.Sub(p.StartsAt) > EventLengthMax, "/ends_at", "一场最长七天", "One date lasts at most seven days")
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}
