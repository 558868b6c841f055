package models

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

var _ = table(&Post{}, &PostComment{}, &PostLike{}, &Photo{})

// StreetFeed is the name of the feed that everybody on the street shares.
const StreetFeed = "street"

// FeedStream is the stream of a feed.
func FeedStream(feed string) string { return "feed:" + feed }

// CardKind says what a post shows besides its words.
type CardKind string

// The cards of posts.
const (
	CardNone     CardKind = ""
	CardCampaign CardKind = "campaign"
	CardEvent    CardKind = "event"
	CardPart     CardKind = "part" // of a series; CardID is the series'
	CardStory    CardKind = "story"
	CardStore    CardKind = "store"
)

// Post is what somebody said on the street. StoreID names the store whose persona speaks; without it the account speaks
// for itself. Seq is its place in the feed's stream.
type Post struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	Feed       string
	Seq        int64
	AccountID  ID // who wrote; zero for what the street itself tells
	MemberID   ID
	StoreID    ID
	Text       string
	CardKind   CardKind
	CardID     ID
	Likes      int64
	Comments   int64
	CreatedAt  time.Time
	EditedAt   *time.Time
	EditSeq    int64      // place of the item that tells of the last edit; 0: never edited
	Indexed    int        // version of the words by which it is found; 0: not yet
	DeletedAt  *time.Time `gorm:"index:-"`
}

// TableName implements gorm's Tabler.
func (Post) TableName() string { return "posts" }

// PostComment is an answer under a post. Seq is the place of its item in the feed's stream. A reply stands under ParentID,
// an answer to the post itself, and says something to ReplyToID, which is that answer or another reply under it.
type PostComment struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	PostID     ID
	ParentID   ID
	ReplyToID  ID
	Seq        int64
	AccountID  ID
	MemberID   ID
	StoreID    ID
	Text       string
	CreatedAt  time.Time
	EditedAt   *time.Time
	EditSeq    int64
	DeletedAt  *time.Time `gorm:"index:-"`
}

// TableName implements gorm's Tabler.
func (PostComment) TableName() string { return "post_comments" }

// PostLike is one account's nod to a post: at most one.
type PostLike struct {
	PostID     ID `gorm:"primaryKey"`
	AccountID  ID `gorm:"primaryKey"`
	AllianceID ID
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (PostLike) TableName() string { return "post_likes" }

// Photo is an uploaded picture; it belongs to who uploaded it and is used in one post. Width and Height are in pixels.
type Photo struct {
	ID         ID `gorm:"primaryKey"`
	AllianceID ID
	AccountID  ID
	PostID     ID // zero: not used yet
	Position   int
	Width      int
	Height     int
	Codes      []string `gorm:"serializer:json"` // what the QR codes in it say
	CreatedAt  time.Time
}

// TableName implements gorm's Tabler.
func (Photo) TableName() string { return "photos" }

// Lengths of what is said, in characters.
const (
	PostLength    = 2000
	CommentLength = 500
	PostPhotos    = 9
)

// PlainText is a text as the street keeps it: without control characters, without the marks that turn the direction of
// writing or show nothing (Unicode category Cf but for the joiner that emoji need), without blanks around it, and with
// at most one empty line in a row. Of marks piled on one letter a few stay, so that no line runs over those above it. A
// text that shows nothing is the empty one.
func PlainText(text string) string {
	text = level(strings.Map(plainRune, strings.ReplaceAll(text, "\r\n", "\n")))
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	if !strings.ContainsFunc(text, shows) {
		return ""
	}
	return strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == joiner })
}

// mostMarks is how many marks one letter carries, at most, in any script that people write.
const mostMarks = 4

// level takes the marks beyond mostMarks off every letter.
func level(text string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Me, r) {
			marks = 0
			return r
		}
		if marks++; marks > mostMarks {
			return -1
		}
		return r
	}, text)
}

// joiner (U+200D) makes one emoji of several.
const joiner = '\u200d'

func plainRune(r rune) rune {
	switch {
	case r == '\n', r == joiner:
		return r
	case r == '\r', r == '\u2028', r == '\u2029':
		return '\n'
	case r == '\t':
		return ' '
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
		return -1
	}
	return r
}

// shows tells whether a character alone can be seen: blanks, fillers (U+3164, U+2800) and marks without a letter cannot.
func shows(r rune) bool {
	return !unicode.IsSpace(r) && r != joiner && r != '\u2800' && !unicode.Is(unicode.M, r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
}
