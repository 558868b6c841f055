package models

import "time"

var _ = table(&TalkStory{})

// StoryLength is how long a story is at most, in characters; storyPace is how many of them one reads in a minute.
const (
	StoryLength = 8000
	storyPace   = 400
)

// TalkStory is a long post: a title, paragraphs, and the post's photos between them. PostID is zero while it waits for a
// moderator.
type TalkStory struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	PostID     ID
	StoreID    ID
	AccountID  ID
	MemberID   ID
	Title      string
	Text       string
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (TalkStory) TableName() string { return "talk_stories" }

// StoryMinutes is how long one reads a text of so many characters: whole minutes, at least one.
func StoryMinutes(characters int) int { return max(1, (characters+storyPace/2)/storyPace) }
