package models

import "time"

// EventTalkCalled is the kind of TalkCalled.
const EventTalkCalled = "talk.called"

// TalkCalled tells that a post or a comment calls people by name, or answers one of them. AboutID is the post's or the
// comment's; StoreID is the store whose persona spoke, if one did.
type TalkCalled struct {
	PostID   ID        `json:"post_id"`
	AboutID  ID        `json:"about_id"`
	Members  []ID      `json:"members,omitempty"`
	Stores   []ID      `json:"stores,omitempty"`
	Answered ID        `json:"answered,omitzero"` // the member whose comment it answers
	StoreID  ID        `json:"store_id,omitzero"`
	At       time.Time `json:"at"`
}

// EventCircleInvited is the kind of InvitedToCircle.
const EventCircleInvited = "circle.invited"

// InvitedToCircle tells that a member is invited into a circle. StoreID is the store that keeps it, if one does.
type InvitedToCircle struct {
	CircleID ID        `json:"circle_id"`
	MemberID ID        `json:"member_id"`
	StoreID  ID        `json:"store_id,omitzero"`
	At       time.Time `json:"at"`
}
