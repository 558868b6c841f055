package models

import (
	"slices"
	"time"
)

var _ = table(&PostReaction{}, &TalkEdit{}, &TalkMention{})

// Reaction is a word that a neighbour puts under a post without writing one.
type Reaction string

// The reactions there are.
const (
	ReactionThanks Reaction = "thanks"
	ReactionYum    Reaction = "yum"
	ReactionLaugh  Reaction = "laugh"
	ReactionHug    Reaction = "hug"
)

// Reactions lists them in the order in which they are shown.
var Reactions = []Reaction{ReactionThanks, ReactionYum, ReactionLaugh, ReactionHug}

// Known tells whether there is such a reaction.
func (r Reaction) Known() bool { return slices.Contains(Reactions, r) }

// PostReaction is one account's reaction to a post: one of each kind at most.
type PostReaction struct {
	PostID     ID       `gorm:"primaryKey"`
	AccountID  ID       `gorm:"primaryKey"`
	Kind       Reaction `gorm:"primaryKey"`
	AllianceID ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (PostReaction) TableName() string { return "post_reactions" }

// TalkEdit is what a post or a comment said before it was changed; At is when it was replaced.
type TalkEdit struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	PostID     ID
	AboutID    ID // the post's or the comment's
	Text       string
	At         time.Time
}

// TableName implements gorm's Tabler.
func (TalkEdit) TableName() string { return "talk_edits" }

// MentionKind says who is called.
type MentionKind string

// Who can be called by name.
const (
	MentionMember MentionKind = "member"
	MentionStore  MentionKind = "store"
)

// MostMentions is how many can be called in one post or comment: each is a letter in somebody's inbox.
const MostMentions = 5

// TalkMention is somebody called by name ("@Name") in a post or a comment. Name is as it stands in the text.
type TalkMention struct {
	AboutID    ID `gorm:"primaryKey"` // the post's or the comment's
	WhoID      ID `gorm:"primaryKey"`
	Kind       MentionKind
	AllianceID ID
	PostID     ID
	Name       string
}

// TableName implements gorm's Tabler.
func (TalkMention) TableName() string { return "talk_mentions" }
