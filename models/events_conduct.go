package models

import "time"

// EventCaseDecided is the kind of CaseDecided.
const EventCaseDecided = "conduct.case_decided"

// CaseDecided tells that a moderator has decided on a text; WasHeld says that nobody had seen it yet.
type CaseDecided struct {
	CaseID  ID        `json:"case_id"`
	WasHeld bool      `json:"was_held"`
	At      time.Time `json:"at"`
}

// EventStrikeGiven is the kind of StrikeGiven.
const EventStrikeGiven = "conduct.strike_given"

// StrikeGiven tells that an advert was held against its author.
type StrikeGiven struct {
	StrikeID ID        `json:"strike_id"`
	At       time.Time `json:"at"`
}

// EventAppealDecided is the kind of AppealDecided.
const EventAppealDecided = "conduct.appeal_decided"

// AppealDecided tells that somebody answered an appeal.
type AppealDecided struct {
	StrikeID ID        `json:"strike_id"`
	At       time.Time `json:"at"`
}

// The kinds of MuteChanged.
const (
	EventMuted     = "conduct.muted"
	EventMuteEnded = "conduct.mute_ended" // its time is over, or a moderator ended it
)

// MuteChanged tells that a member may not speak until a time, or may again.
type MuteChanged struct {
	AccountID ID        `json:"account_id"`
	Until     time.Time `json:"until,omitzero"`
	At        time.Time `json:"at"`
}
