package models

import "time"

var _ = table(&EventThanks{}, &EventHost{})

// EventThanks is the letter that went to all who came to an occurrence: one an occurrence.
type EventThanks struct {
	OccurrenceID   ID `gorm:"primaryKey"`
	ID             ID // what a coupon with it was given for
	AllianceID     ID
	StoreID        ID // the host
	ByAccount      ID
	Words          string
	GiftCampaignID ID
	Guests         int // members it went to
	At             time.Time
}

// TableName implements gorm's Tabler.
func (EventThanks) TableName() string { return "event_thanks" }

// ThanksMax is how long the words of thanks are at most, in characters.
const ThanksMax = 200

// HostState is where a store that is asked to host an event stands.
type HostState string

// The states of a host. Who declines or leaves has no row any more.
const (
	HostAsked    HostState = "asked"
	HostAccepted HostState = "accepted"
)

// EventHost is a store that hosts an event together with the one that made it, which stays responsible: it plans, calls off
// and answers for it. Once a host has accepted, its staff see who comes and check guests in.
type EventHost struct {
	EventID    ID `gorm:"primaryKey"`
	StoreID    ID `gorm:"primaryKey"`
	AllianceID ID
	State      HostState
	AskedBy    ID // account
	AskedAt    time.Time
	AnsweredBy ID
	AnsweredAt *time.Time

	GiftCampaign ID `gorm:"column:gift_campaign_id"` // a campaign of its own: a coupon for each member who is checked in
}

// TableName implements gorm's Tabler.
func (EventHost) TableName() string { return "event_hosts" }

// HostsMax is how many stores host an event beside the one that made it.
const HostsMax = 12

// ResultsAfter is how long after its end an event is given to bring something; what the rest of the street sold to its guests
// is told when that time is over, so that nobody can watch one guest's purchases come in.
const ResultsAfter = 7 * 24 * time.Hour
