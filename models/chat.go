package models

import "time"

var _ = table(&Conversation{}, &ChatMessage{}, &ChatPhoto{}, &ChatSettings{})

// ChatStream is the stream of a conversation; its items are the messages.
func ChatStream(conversation ID) string { return "chat:" + conversation.String() }

// ChatLength is how long a message is at most, in characters.
const ChatLength = 2000

// ChatSide is one of the two who talk.
type ChatSide string

// The sides of a conversation. The street's own lines stand on the store's side.
const (
	ChatMemberSide ChatSide = "member"
	ChatStoreSide  ChatSide = "store"
)

// ChatKind says what a message is.
type ChatKind string

// The kinds of messages.
const (
	ChatText    ChatKind = "text"
	ChatPicture ChatKind = "photo"
	ChatCoupon  ChatKind = "coupon"
	ChatAway    ChatKind = "away"   // the store rests and says when it is back
	ChatHanded  ChatKind = "handed" // another of the staff looks after it from here
)

// ChatSaid are the kinds that somebody said: what counts as unread.
var ChatSaid = []ChatKind{ChatText, ChatPicture, ChatCoupon}

// Conversation is what a member and a store say to each other, and nobody else reads: one a member and store. Last is
// the seq of its newest message; the read marks only ever rise.
type Conversation struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID
	StoreID    ID
	KeeperID   ID // the account of the staff that looks after it; zero: nobody has answered yet
	Last       int64
	LastAt     time.Time
	MemberRead int64
	StoreRead  int64
	AwayUntil  *time.Time // the end of the rest that the member was told of
	WaitsFrom  *time.Time // from when the desk may be told that nobody has read it; nil: nothing waits
	BlockedAt  *time.Time // since when the store takes no messages from the member
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Conversation) TableName() string { return "conversations" }

// Blocked tells whether the store takes no messages from the member.
func (c Conversation) Blocked() bool { return c.BlockedAt != nil }

// ChatMessage is one thing said. Seq is its place in the conversation's stream.
type ChatMessage struct {
	ID             ID `gorm:"primaryKey"`
	AllianceID     ID
	ConversationID ID
	Seq            int64
	Side           ChatSide
	AccountID      ID // who wrote, or who looks after it from here; zero for what the street says by itself
	Kind           ChatKind
	Text           string
	CampaignID     ID
	BackAt         *time.Time // of an away line
	CreatedAt      time.Time
}

// TableName implements gorm's Tabler.
func (ChatMessage) TableName() string { return "chat_messages" }

// ChatPhoto is a picture that one side uploaded for a conversation; it is used in one message. Width and Height are in
// pixels.
type ChatPhoto struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	MemberID   ID // whose conversation with
	StoreID    ID // which store
	AccountID  ID // who uploaded it
	MessageID  ID // zero: not used yet
	Width      int
	Height     int
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ChatPhoto) TableName() string { return "chat_photos" }

// ChatSettings is how a store answers: when it rests, what it says then, and the answers it has ready.
type ChatSettings struct {
	StoreID    ID `gorm:"primaryKey"`
	AllianceID ID
	QuietFrom  string // "22:00"; empty: the store does not rest
	QuietUntil string
	AwayText   string   // the store's own words; empty: the street's
	Canned     []Canned `gorm:"serializer:json"`
	Version    int64
	UpdatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (ChatSettings) TableName() string { return "chat_settings" }

// Canned is an answer that a store has ready: its staff put it into the box with a tap.
type Canned struct {
	Title string `json:"title" doc:"1 to 12 characters"`
	Text  string `json:"text" doc:"1 to 500 characters"`
}

// QuietUntil tells whether a store rests at a local time, and when it is back: from and until are "HH:MM", and a span
// whose end is not after its start runs past midnight. Without both, or with both the same, it never rests.
func QuietUntil(from, until string, local time.Time) (time.Time, bool) {
	start, end := minutes(from), minutes(until)
	if start < 0 || end < 0 || start == end {
		return time.Time{}, false
	}
	now := local.Hour()*60 + local.Minute()
	day := time.Date(local.Year(), local.Month(), local.Day(), end/60, end%60, 0, 0, local.Location())
	switch {
	case start < end:
		return day, start <= now && now < end
	case now < end:
		return day, true
	}
	return day.AddDate(0, 0, 1), now >= start
}

// ClockSpan tells whether from and until are two different times of the day, "HH:MM", or both empty.
func ClockSpan(from, until string) bool {
	if from == "" && until == "" {
		return true
	}
	return from != until && minutes(from) >= 0 && minutes(until) >= 0 && from != "24:00" && until != "24:00"
}
