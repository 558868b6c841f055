package models

import "time"

var _ = table(&PostTerm{}, &FeedRead{}, &Pin{})

// PostTerm says that a term (see server/feed/words) stands in a post or in one of its comments. What is taken down has none.
type PostTerm struct {
	AllianceID ID     `gorm:"primaryKey"`
	Term       string `gorm:"primaryKey"`
	PostID     ID     `gorm:"primaryKey"`
}

// TableName implements gorm's Tabler.
func (PostTerm) TableName() string { return "post_terms" }

// FeedRead is up to where an account has read a feed, on whatever device. Seq only ever rises.
type FeedRead struct {
	AccountID  ID     `gorm:"primaryKey"`
	AllianceID ID     `gorm:"primaryKey"`
	Feed       string `gorm:"primaryKey"`
	Seq        int64
	At         time.Time
}

// TableName implements gorm's Tabler.
func (FeedRead) TableName() string { return "feed_reads" }

// How many notices stand at the top of a feed and of a store's page, and for how many days at most.
const (
	FeedPins  = 3
	StorePins = 1
	PinDays   = 90
)

// StorePlace is where the notice of a store's page stands.
func StorePlace(store ID) string { return "store:" + store.String() }

// Pin is a post that stands at the top of a feed or of a store's page until EndsAt. Slot counts from 1. Seq is the place of
// the item that told of it; 0 on a store's page.
type Pin struct {
	AllianceID ID     `gorm:"primaryKey"`
	Place      string `gorm:"primaryKey"`
	PostID     ID     `gorm:"primaryKey"`
	Slot       int
	PinnedBy   ID
	Seq        int64
	EndsAt     time.Time
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Pin) TableName() string { return "pins" }
