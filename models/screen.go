package models

import "time"

var _ = table(&Screen{}, &ScreenPick{})

// Bounds of screens: how many a store has at once, and the length of a name in characters.
const (
	ScreensMost      = 8
	ScreenNameLength = 24
)

// Screen is a link that shows the street on a TV in a store's window. Its secret is not kept: it follows from the id and the
// server's key, and Mark is the keyed hash by which it is found. Link is the store's join link that its code leads to.
type Screen struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Name       string
	Mark       []byte
	LinkID     ID
	PickedOnly bool // shows only what the store said itself or picked
	MadeBy     ID
	CreatedAt  time.Time
	SeenAt     *time.Time // when its TV was last heard of
	RevokedAt  *time.Time
}

// TableName implements gorm's Tabler.
func (Screen) TableName() string { return "screens" }

// ScreenPick is a post that a store wants on its screens.
type ScreenPick struct {
	StoreID    ID `gorm:"primaryKey"`
	PostID     ID `gorm:"primaryKey"`
	AllianceID ID
	PickedBy   ID
	At         time.Time
}

// TableName implements gorm's Tabler.
func (ScreenPick) TableName() string { return "screen_picks" }
