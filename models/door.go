package models

import (
	"crypto/ecdsa"
	"fmt"
	"time"
)

var _ = table(&Door{}, &DoorEntry{})

// Door is a phone at the entrance of one occurrence that goes on without a network: it carries the list, and keeps a log that
// it signs with a key of its own, as a till does. Room is how many places are set aside for people who come without one while
// nobody can be asked; Used of them are taken. What is open of all doors stands in the occurrence's Held, so that whatever
// doors do out of sight, there are never more guests than places.
type Door struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	OccurrenceID ID
	StoreID      ID // the host whose staff stand there
	Name         string
	PublicKey    []byte // SubjectPublicKeyInfo, P-256
	Room         int
	Used         int
	OpenedBy     ID // account
	OpenedAt     time.Time
	SeenAt       time.Time
	ClockOffset  int64 // milliseconds that the server's clock was ahead at SeenAt
	LastSeq      int64
	ClosedAt     *time.Time
	TakenOffBy   ID // account of the organiser who took it off; zero: it went by itself
}

// TakenOff tells whether the organiser took the phone off the door: what it still brings is kept for a person to look at, and
// lets nobody in.
func (d Door) TakenOff() bool { return !d.TakenOffBy.IsZero() }

// TableName implements gorm's Tabler.
func (Door) TableName() string { return "doors" }

// Open is how many places the door may still give out of sight.
func (d Door) Open() int {
	if d.ClosedAt != nil {
		return 0
	}
	return d.Room - d.Used
}

// Limits of doors: how many one occurrence has, what one phone sets aside at most, the part of what is free that it takes, and
// how long before the start places are set aside: until then they are for those who sign up.
const (
	DoorsMax      = 20
	DoorRoomMost  = 20
	DoorRoomPart  = 5
	DoorRoomAhead = 2 * time.Hour
	DoorNameMax   = 20
)

// DoorRoomFor is how many places a door should hold, when so many are free beside those that it has open.
func DoorRoomFor(free, open int) int {
	return max(open, min(DoorRoomMost, (free+open+DoorRoomPart-1)/DoorRoomPart))
}

// DoorOutcome says what became of a line of a door's log.
type DoorOutcome string

// The outcomes.
const (
	DoorIn      DoorOutcome = "in"      // checked in
	DoorBefore  DoorOutcome = "before"  // had been checked in already; the line says when and by whom
	DoorRefused DoorOutcome = "refused" // should not have been let in
)

// DoorEntry is one line of a door's log: who was let in without a network, and what became of it. Lines are never changed.
type DoorEntry struct {
	DoorID       ID    `gorm:"primaryKey"`
	Seq          int64 `gorm:"primaryKey;autoIncrement:false"` // 1, 2, 3 …
	AllianceID   ID
	OccurrenceID ID
	MemberID     ID  // zero: neighbours who are no members
	People       int // who came, the member included
	Digits       string
	ByAccount    ID
	Signature    []byte
	Clock        time.Time // the phone's clock
	At           time.Time // the same moment by the server's clock, as well as it can be told
	Wild         bool
	ReceivedAt   time.Time
	Outcome      DoorOutcome
	Code         string // why it is not in: the error's stable code
	WhyZH        string
	WhyEN        string
}

// TableName implements gorm's Tabler.
func (DoorEntry) TableName() string { return "door_entries" }

// Why says in both languages why an entry let nobody in.
func (e DoorEntry) Why() Text { return Text{ZH: e.WhyZH, EN: e.WhyEN} }

// DoorLine is a guest as a door writes it into its log and signs it.
type DoorLine struct {
	Door    ID
	Seq     int64
	Member  ID // zero: neighbours who are no members
	People  int
	Digits  string // of the member's code, when it was scanned
	By      ID     // account
	Clock   time.Time
	Contact time.Time
	Since   time.Duration // negative: unknown
}

// Text is what the door signs: every field on its own line, times in milliseconds since 1970, nothing as a hyphen.
func (l DoorLine) Text() string {
	member, digits := "-", "-"
	if !l.Member.IsZero() {
		member = l.Member.String()
	}
	if l.Digits != "" {
		digits = l.Digits
	}
	return fmt.Sprintf("onestreet door log 1\n%s\n%d\n%s\n%d\n%s\n%s\n%d\n%d\n%d\n",
		l.Door, l.Seq, member, l.People, digits, l.By, l.Clock.UnixMilli(), l.Contact.UnixMilli(), l.Since.Milliseconds())
}

// SignedBy tells whether the key's owner signed the line (see DeviceSigned).
func (l DoorLine) SignedBy(key *ecdsa.PublicKey, signature []byte) bool {
	return DeviceSigned(key, l.Text(), signature)
}
