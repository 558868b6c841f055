package models

import "time"

var _ = table(&Store{})

// StoreStatus says whether a store takes part in the street.
type StoreStatus string

// The states of a store: a coordinator moves it between them.
const (
	StoreActive    StoreStatus = "active"
	StoreSuspended StoreStatus = "suspended" // for a while: its links stop, what it has earned goes on
	StoreLeft      StoreStatus = "left"      // departed: nobody owes it for its members any more
)

// Store is a shop of the street: its sign, its face, its hours and its place in the row.
type Store struct {
	ID            ID `gorm:"primaryKey"`
	AllianceID    ID
	Slug          string
	Name          string
	ShortName     string
	Color         string
	ColorNight    string
	Front         string // key of the drawing
	Position      int    // place in the street, from the west
	Width         int    // of the drawn front, in the drawing's units
	PersonaName   string // the human face that speaks for the store
	PersonaFace   string
	StoryTitle    string
	Story         string
	Address       string
	Hours         []Hours `gorm:"serializer:json"`
	MarketHours   []Span  `gorm:"serializer:json"` // on market days, instead of the weekday's; empty: as on any day
	Live          string  // at most six characters over the lit window
	LiveUntil     *time.Time
	Status        StoreStatus
	SuspendReason string // why it is suspended or has left
	Version       int64
	CreatedAt     time.Time
}

// TableName implements gorm's Tabler.
func (Store) TableName() string { return "stores" }

// Ref is the store as others name it.
func (s Store) Ref() StoreRef {
	return StoreRef{ID: s.ID, Slug: s.Slug, Name: s.Name, ShortName: s.ShortName, Color: s.Color, ColorNight: s.ColorNight, Front: s.Front}
}

// LiveAt is what the store says is happening in it now; empty when it is over.
func (s Store) LiveAt(now time.Time) string {
	if s.LiveUntil != nil && !now.Before(*s.LiveUntil) {
		return ""
	}
	return s.Live
}

// Active tells whether the store takes part in the street: a coordinator has neither suspended it nor let it go.
func (s Store) Active() bool { return s.Status == StoreActive }

// Left tells whether the store has left the street.
func (s Store) Left() bool { return s.Status == StoreLeft }
