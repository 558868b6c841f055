package models

import (
	"fmt"
	"sync"
	"time"
)

var _ = table(&Alliance{})

// Alliance is one street: the tenant that every other row belongs to, and the settings its stores agreed on.
// Amounts are in fen, shares in basis points.
type Alliance struct {
	ID              ID `gorm:"primaryKey"`
	Slug            string
	Name            string
	TimeZone        string // IANA name
	ReferralCredit  int64  // what the fund owes the origin store for one new member
	CommissionBPS   int64  // of what a member pays at another store
	CommissionCap   int64  // for one member in one month
	VestDays        int    // a referral posts within so many days of joining, or is void
	AttributionDays int    // how long a touch counts
	QuietDays       int    // silence after which a level falls by one
	PointsPerYuan   int64
	PointsRate      int64 // fen for 100 points, between a store that issues or honours them and the alliance
	TreasurerID     ID    // the store that keeps the alliance's purse; zero: the alliance itself
	InviterPoints   int64 // for the member who invited, when the referral posts
	K               int   // shared figures about fewer members are withheld
	MarketRule      string
	WeeklyLimit     int   // pushed messages a member gets in a week at most, whoever sends them
	LastNumber      int64 // the newest member's number; raised under the row's lock, so numbers have no gaps
	Roster          int64 // grows with every joining and leaving: tells caches of the members apart
	Version         int64
	CreatedAt       time.Time
}

// TableName implements gorm's Tabler.
func (Alliance) TableName() string { return "alliances" }

// NewAlliance is a street in China with the settings it starts with.
func NewAlliance(slug, name string, at time.Time) Alliance {
	return Alliance{
		ID: NewID(), Slug: slug, Name: name, TimeZone: "Asia/Shanghai",
		ReferralCredit: 200, CommissionBPS: 200, CommissionCap: 2000, VestDays: 60, AttributionDays: 30, QuietDays: 90,
		PointsPerYuan: 1, PointsRate: 100, InviterPoints: 200, K: 5, MarketRule: "3,6,9", WeeklyLimit: 3, Version: 1, CreatedAt: at,
	}
}

// Ref is the street as it is named where a store would be: as the host of an event of its own. Its slug is empty.
func (a Alliance) Ref() StoreRef {
	return StoreRef{ID: a.ID, Name: a.Name, ShortName: "街", Color: "#A5382A", ColorNight: "#7C2A20", Front: "street"}
}

// zones are the time zones that were asked for, by name: to look one up is to read a file, and a till does it a dozen times
// a bill.
var zones sync.Map

// Location is the street's time zone. A zone that this machine does not know counts as China's, UTC+8.
func (a Alliance) Location() *time.Location {
	if known, ok := zones.Load(a.TimeZone); ok {
		return known.(*time.Location)
	}
	if loc, err := time.LoadLocation(a.TimeZone); err == nil && a.TimeZone != "" {
		zones.Store(a.TimeZone, loc)
		return loc
	}
	return time.FixedZone("UTC+8", 8*60*60)
}

// Local is the wall clock of the street at a time.
func (a Alliance) Local(at time.Time) time.Time { return at.In(a.Location()) }

// LocalDate is the street's date at a time, "2026-10-17".
func (a Alliance) LocalDate(at time.Time) string { return a.Local(at).Format(time.DateOnly) }

// MemberAlias is what the books call a member of a number, whoever it is: "会员 0386".
func MemberAlias(number int64) Text {
	return Text{ZH: fmt.Sprintf("会员 %04d", number), EN: fmt.Sprintf("Member %04d", number)}
}
