package models

import "time"

var _ = table(&Member{}, &Privacy{})

// Member is an account in an alliance's pool; a phone joins a pool once, for ever, so (alliance, account) is unique and
// the row stays when the member leaves: then it is a number and a pseudonym, nothing personal.
//
//	joins → member → leaves → pseudonym → joins again → the same member, with no new referral
type Member struct {
	ID            ID `gorm:"primaryKey"`
	AllianceID    ID
	AccountID     ID
	Number        int64 // 1, 2, 3 … in the alliance, without gaps
	Name          string
	Face          string
	OriginStoreID ID // the store that brought the member in: set at joining; only a decision over an objection changes it
	InviterID     ID // the member who did, where there is one; goes with the origin store
	JoinLinkID    ID
	DeviceID      ID     // the browser that joined; zero when it refused the cookie
	Secret        string // base32, of the rotating code; empty after leaving
	BirthMonth    int    // 1 to 12; 0: not told
	BirthDay      int    // 1 to 31; 0: not told
	MarketLetters bool   // wants a letter the evening before market day
	Pseudonym     string // what the books say: "会员 0386"
	JoinedAt      time.Time
	LeftAt        *time.Time
}

// TableName implements gorm's Tabler.
func (Member) TableName() string { return "members" }

// Left tells whether the member has left the street.
func (m Member) Left() bool { return m.LeftAt != nil }

// Ref is the member as the street sees them; who left is their pseudonym.
func (m Member) Ref() PersonRef {
	name := m.Name
	if name == "" {
		name = m.Pseudonym
	}
	return PersonRef{ID: m.ID, Name: name, Face: m.Face}
}

// Privacy is what a member allows one store: to see the phone, and to send messages. Phone is consent only: a store
// sees the number when it also is the origin store or one that the member bought from.
type Privacy struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID
	StoreID    ID
	Phone      bool
	Muted      bool
	UpdatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Privacy) TableName() string { return "member_privacy" }
