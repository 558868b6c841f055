package models

import "time"

var _ = table(&TalkSeries{}, &TalkPart{}, &SeriesReader{}, &PlanItem{})

// SeriesState says where a series stands: running ⇄ paused, and ended for good.
type SeriesState string

// The states of a series. New parts come to a running one only.
const (
	SeriesRunning SeriesState = "running"
	SeriesPaused  SeriesState = "paused"
	SeriesEnded   SeriesState = "ended"
)

// Lengths of what a series and its parts say of themselves, in characters.
const (
	SeriesTitleLength = 24
	SeriesAboutLength = 200
)

// TalkSeries is what somebody tells in parts, such as a chef's nightly lesson. StoreID is the store whose persona tells it;
// zero: a neighbour does. Parts is the number of the last one.
type TalkSeries struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	AccountID  ID
	MemberID   ID
	Title      string
	About      string
	State      SeriesState
	Parts      int64
	CreatedAt  time.Time
	PartAt     *time.Time // when the last part came
}

// TableName implements gorm's Tabler.
func (TalkSeries) TableName() string { return "talk_series" }

// TalkPart is one part of a series: a post with a number. Numbers count from 1 without gaps and are never given again; a part
// that was taken down keeps its own.
type TalkPart struct {
	SeriesID   ID    `gorm:"primaryKey"`
	Number     int64 `gorm:"primaryKey;autoIncrement:false"`
	AllianceID ID
	PostID     ID
	Title      string
	At         time.Time
	ToldAt     *time.Time // when all who follow had been told
}

// TableName implements gorm's Tabler.
func (TalkPart) TableName() string { return "talk_parts" }

// SeriesReader is how far a member has read, and whether they follow.
type SeriesReader struct {
	SeriesID   ID `gorm:"primaryKey"`
	MemberID   ID `gorm:"primaryKey"`
	AllianceID ID
	Follows    bool
	ReadTo     int64
	At         time.Time // of the last change
}

// TableName implements gorm's Tabler.
func (SeriesReader) TableName() string { return "series_readers" }
