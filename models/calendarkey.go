package models

import "time"

var _ = table(&CalendarKey{})

// CalendarKey is the secret address of a member's own calendar, one a member. Only a hash of it is kept: who lost it gets a
// new one, and then the old one is good for nothing.
type CalendarKey struct {
	MemberID   ID `gorm:"primaryKey"`
	AllianceID ID
	KeyHash    []byte // keyed hash, 32 bytes, unique
	CreatedAt  time.Time
	AskedAt    *time.Time // when a program last read it, to the hour
}

// TableName implements gorm's Tabler.
func (CalendarKey) TableName() string { return "calendar_keys" }
