package models

import "time"

var _ = table(&Series{})

// Series says how an event comes again. Its dates are occurrences, made ahead as rows; each keeps in Slot the moment that
// the rule gave it, also when it is moved or cancelled, so none is made twice.
//
// When an organiser changes the dates from one on, the series follows the new rule from there; those before it stay as they
// were made.
type Series struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	EventID    ID
	StoreID    ID         // the host
	Rule       string     // as package recur reads it, with its start, zone, end and exceptions
	Minutes    int        // how long a date lasts
	Capacity   int        // places of each date
	BeginsAt   time.Time  // its dates come after this moment
	MadeUntil  time.Time  // occurrences are made up to here
	EndsAt     *time.Time // from then on there are no dates any more; nil: as the rule says
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`

	Title, Story, Place string // of the dates that it makes; empty: the event's
}

// TableName implements gorm's Tabler.
func (Series) TableName() string { return "event_series" }

// Limits of a series: how far ahead its dates are made, and how many a year may have.
const (
	SeriesAhead   = 190 * 24 * time.Hour
	SeriesYearMax = 400
)
