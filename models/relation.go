package models

import "time"

var _ = table(&Relation{})

// Relation is a member and a store: what the store wrote down about the member (the portrait, seen by that store and
// the member only) and the facts with the level that follows from them. Facts are recomputed from visits and
// participations on every change, never counted up, so that they cannot drift.
type Relation struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID // unique with MemberID
	MemberID   ID

	Remark string   // the name the staff use, such as "王阿姨"
	Tags   []string `gorm:"serializer:json"`
	Note   string

	Visits       int64      // of any kind
	Purchases    int64      // bought, ever
	Spent        int64      // fen, ever
	TookPart     int64      // check-ins, posts, comments and talks, ever
	Brought      int64      // members brought by this one who bought here
	LastVisitAt  *time.Time // nil: never
	LastActiveAt *time.Time // the last visit or participation: silence counts from here
	Level        Level
	FallsAt      *time.Time // when silence takes the next level; nil: nothing to lose
	Complaint    string     // what has not been settled yet; "" none
	ComplainedAt *time.Time
	UpdatedAt    time.Time
}

// TableName implements gorm's Tabler.
func (Relation) TableName() string { return "relations" }
