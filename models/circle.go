package models

import "time"

var _ = table(&Circle{}, &CircleMember{})

// CircleAccess says how one comes into a circle.
type CircleAccess string

// The ways in. An open circle can be read by everyone on the street who is logged in; to speak one joins.
const (
	CircleOpen       CircleAccess = "open"
	CircleInvitation CircleAccess = "invitation"
	CircleLevel      CircleAccess = "level" // who is close enough to the circle's store when they come in
)

// CircleState is where an account stands in a circle.
type CircleState string

// The states: invited → member; who leaves or is removed has no row.
const (
	CircleInvited  CircleState = "invited"
	CircleMemberIn CircleState = "member"
)

// Lengths of what a circle says of itself, in characters.
const (
	CircleNameLength  = 24
	CircleAboutLength = 200
)

// Circle is a sub-community with a feed of its own, whose name is the circle's id. StoreID is the store that keeps it; zero:
// the street does.
type Circle struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Name       string
	About      string
	Access     CircleAccess
	Level      Level // at least this close to the store, when Access is by level
	CreatedBy  ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Circle) TableName() string { return "circles" }

// KeptBy tells whether a host keeps the circle: a store its own, and the street, under its own id, those of no store.
func (c Circle) KeptBy(host ID) bool {
	return c.StoreID == host || c.StoreID.IsZero() && c.AllianceID == host
}

// NamedBy tells whether a host may say that something is for the circle: one that it keeps, or an open one. Any other is not its
// business, not even whether there is such a circle.
func (c Circle) NamedBy(host ID) bool { return c.KeptBy(host) || c.Access == CircleOpen }

// CircleMember is an account in a circle, or one that is invited.
type CircleMember struct {
	CircleID   ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID // zero: staff or a coordinator who is no member of the pool
	State      CircleState
	Moderator  bool
	At         time.Time
}

// TableName implements gorm's Tabler.
func (CircleMember) TableName() string { return "circle_members" }
