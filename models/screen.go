package models

import "time"

var _ = table(&ScreenLink{})

// ScreenLink lets a screen in a shop window show the street's feed, until it is taken back. Who has the token sees
// what every visitor sees, and nothing more.
type ScreenLink struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Token      string
	Label      string // where the screen stands
	CreatedAt  time.Time
	SeenAt     *time.Time // when a screen last asked
	RevokedAt  *time.Time
}

// TableName implements gorm's Tabler.
func (ScreenLink) TableName() string { return "screen_links" }
