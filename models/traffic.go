package models

import (
	"slices"
	"time"
)

var _ = table(&TrafficStreet{}, &TrafficDay{}, &TrafficHour{}, &TrafficPresence{}, &TrafficMove{}, &TrafficCrossing{}, &TrafficNews{})

// The rollups are what the street's figures are read from. Each row can be computed anew from visits, members and
// redemptions; a row whose figure is zero does not stand. Day is the street's local date, "2026-10-17".

// TrafficStreet is the row that whoever changes a street's rollups holds.
type TrafficStreet struct {
	AllianceID ID `gorm:"primaryKey"`
}

// TableName implements gorm's Tabler.
func (TrafficStreet) TableName() string { return "traffic_streets" }

// TrafficDay is one store's day. Members who came in without an origin store are counted under the alliance's own id.
type TrafficDay struct {
	AllianceID  ID     `gorm:"primaryKey"`
	Day         string `gorm:"primaryKey"`
	StoreID     ID     `gorm:"primaryKey"`
	Visits      int64
	Joined      int64 // new members whose origin the store is
	Redemptions int64 // coupons redeemed in the store that were not taken back
}

// TableName implements gorm's Tabler.
func (TrafficDay) TableName() string { return "traffic_days" }

// TrafficHour is one store's hour of a day, 0 to 23.
type TrafficHour struct {
	AllianceID ID     `gorm:"primaryKey"`
	Day        string `gorm:"primaryKey"`
	StoreID    ID     `gorm:"primaryKey"`
	Hour       int    `gorm:"primaryKey;autoIncrement:false"`
	Visits     int64
}

// TableName implements gorm's Tabler.
func (TrafficHour) TableName() string { return "traffic_hours" }

// TrafficPresence is one member's visits on the street in an hour of a day: it tells how many different members a figure
// is about.
type TrafficPresence struct {
	AllianceID ID     `gorm:"primaryKey"`
	Day        string `gorm:"primaryKey"`
	Hour       int    `gorm:"primaryKey;autoIncrement:false"`
	MemberID   ID     `gorm:"primaryKey"`
	Weekday    int    // 0 is Sunday
	Visits     int64
}

// TableName implements gorm's Tabler.
func (TrafficPresence) TableName() string { return "traffic_presences" }

// TrafficMove is how often a member went from one store to another on a day; see Moves.
type TrafficMove struct {
	AllianceID ID     `gorm:"primaryKey"`
	Day        string `gorm:"primaryKey"`
	FromID     ID     `gorm:"primaryKey"`
	ToID       ID     `gorm:"primaryKey"`
	MemberID   ID     `gorm:"primaryKey"`
	Moves      int64
}

// TableName implements gorm's Tabler.
func (TrafficMove) TableName() string { return "traffic_moves" }

// TrafficCrossing is how many coupons of one store a member redeemed in another (or in the same) on a day.
type TrafficCrossing struct {
	AllianceID  ID     `gorm:"primaryKey"`
	Day         string `gorm:"primaryKey"`
	IssuerID    ID     `gorm:"primaryKey"`
	RedeemerID  ID     `gorm:"primaryKey"`
	MemberID    ID     `gorm:"primaryKey"`
	Redemptions int64
}

// TableName implements gorm's Tabler.
func (TrafficCrossing) TableName() string { return "traffic_crossings" }

// NewsKind says what happened on the street.
type NewsKind string

// The kinds of news.
const (
	NewsJoined    NewsKind = "joined"    // a store brought a member in; Amount is the credit that waits
	NewsVested    NewsKind = "vested"    // that member has bought; Amount is the credit
	NewsRedeemed  NewsKind = "redeemed"  // a coupon of OtherID; Amount is what was taken off
	NewsReversed  NewsKind = "reversed"  // the same, taken back
	NewsCrowd     NewsKind = "crowd"     // Number visits today
	NewsGuests    NewsKind = "guests"    // Number places of the event Title are taken
	NewsPublished NewsKind = "published" // the event Title
	NewsStarted   NewsKind = "started"   // the campaign Title
	NewsObjected  NewsKind = "objected"  // to a credit of OtherID
	NewsDecided   NewsKind = "decided"   // for the store, over the objection between it and OtherID
)

// TrafficNews is one line of the street's ticker: what happened in which store, without saying to whom. Like a notice it
// keeps facts; the words come when it is read. Amount is fen, signed.
type TrafficNews struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Kind       NewsKind
	Reference  string // unique in the alliance
	StoreID    ID
	OtherID    ID
	Amount     int64
	Number     int64
	Title      string
	At         time.Time
}

// TableName implements gorm's Tabler.
func (TrafficNews) TableName() string { return "traffic_news" }

// Move is a member going from one store to another.
type Move struct{ From, To ID }

// Moves counts how often a member went from one store to another, from the member's visits of one local day in any
// order: of two visits that follow each other, the second in another store, each pair is a move. Who comes back to the
// first store has moved back. Visits of one moment follow each other in the order of their ids.
func Moves(visits []Visit) map[Move]int64 {
	sorted := slices.Clone(visits)
	slices.SortFunc(sorted, func(a, b Visit) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	moves := map[Move]int64{}
	for i := 1; i < len(sorted); i++ {
		if from, to := sorted[i-1].StoreID, sorted[i].StoreID; from != to {
			moves[Move{from, to}]++
		}
	}
	return moves
}
