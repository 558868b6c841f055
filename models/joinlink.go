package models

import (
	"crypto/rand"
	"time"
)

var _ = table(&JoinLink{}, &LinkTouch{})

// JoinLink is a code through which people join: a store's, a staff member's, or a member's in the name of the store
// that brought them in. Kind says where it hangs; TouchImport is the invitation to one imported customer, TouchCoupon a
// campaign's secret link, and one of TouchMember with a campaign a member's gift to a friend. Its code is unique over all
// streets, since a link names no street.
type JoinLink struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID
	Code       string
	Kind       TouchKind
	Label      string
	AccountID  ID // the staff member, for TouchStaff: cannot refer themselves
	MemberID   ID // who invites, for TouchMember
	CustomerID ID // who is invited, for TouchImport
	CampaignID ID // of which it brings a coupon; zero: none
	CreatedAt  time.Time
	ExpiresAt  *time.Time
}

// TableName implements gorm's Tabler.
func (JoinLink) TableName() string { return "join_links" }

// Expired tells whether the link is over.
func (l JoinLink) Expired(now time.Time) bool { return l.ExpiresAt != nil && !now.Before(*l.ExpiresAt) }

// linkAlphabet leaves out what people misread for something else: 0 o 1 i l.
const linkAlphabet = "23456789abcdefghjkmnpqrstuvwxyz"

// NewLinkCode is a fresh code of eight characters that are easy to read aloud; about 40 bits of chance.
func NewLinkCode() string { return linkCode(8) }

// NewSecretLinkCode is a code that nobody guesses, of links that bring a coupon: twelve characters, about 59 bits.
func NewSecretLinkCode() string { return linkCode(12) }

func linkCode(length int) string {
	code := make([]byte, 0, length)
	var b [1]byte
	for len(code) < cap(code) {
		_, _ = rand.Read(b[:]) // never fails (crypto/rand)
		if i := int(b[0] & 31); i < len(linkAlphabet) {
			code = append(code, linkAlphabet[i])
		}
	}
	return string(code)
}

// LinkTouch is one device seen at one join link: what a Touch is decided from. The device is a random id in a signed cookie; it says nothing of who holds it.
type LinkTouch struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	DeviceID   ID
	LinkID     ID
	StoreID    ID
	Kind       TouchKind
	At         time.Time
}

// TableName implements gorm's Tabler.
func (LinkTouch) TableName() string { return "touches" }
