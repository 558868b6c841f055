package models

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

var _ = table(&SignUp{}, &Waiter{}, &SignUpTerms{})

// SignUpState is what became of a place.
type SignUpState string

// The states of a sign-up. A place that is given back has no row: it is as if it had never been taken.
const (
	SignedUp  SignUpState = "signed_up"
	CheckedIn SignUpState = "checked_in"
	Missed    SignUpState = "missed" // did not come
)

// SignUp is one member's places at an occurrence: unique for (occurrence, member). Each companion takes a place too.
type SignUp struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	OccurrenceID ID
	MemberID     ID
	State        SignUpState
	WalkIn       bool // came without signing up
	SignedUpAt   time.Time
	KeptAt       *time.Time // when the member said to come all the same, after a move
	CheckedInAt  *time.Time
	CheckedInBy  ID // account of the staff

	Arrival    int64 // the order in which people came to sign up or to wait
	Companions int
	Came       int     // people who came, the member included; 0 until then
	Answers    Answers `gorm:"serializer:json"`
	Paid       int64   // points, when the places were taken
	SeenIn     ID      `gorm:"column:seen_in"` // of the street's own events: the store whose staff checked the guest in, if any did
}

// TableName implements gorm's Tabler.
func (SignUp) TableName() string { return "sign_ups" }

// Asked tells whether the date was moved since the member last agreed to it.
func (s SignUp) Asked(o Occurrence) bool {
	agreed := s.SignedUpAt
	if s.KeptAt != nil && s.KeptAt.After(agreed) {
		agreed = *s.KeptAt
	}
	return s.State == SignedUp && o.MovedAt != nil && o.MovedAt.After(agreed)
}

// People is how many places the sign-up takes.
func (s SignUp) People() int { return 1 + s.Companions }

// WaiterState is where somebody who waits stands.
type WaiterState string

// The states of one who waits. Who gets a place, lets an offer pass or goes has no row any more.
const (
	Waiting WaiterState = "waiting"
	Offered WaiterState = "offered"
)

// Waiter is a member on an occurrence's waiting list: unique for (occurrence, member), served in the order of Arrival.
type Waiter struct {
	ID           ID `gorm:"primaryKey"`
	AllianceID   ID
	OccurrenceID ID
	MemberID     ID
	Arrival      int64
	State        WaiterState
	Companions   int
	Answers      Answers    `gorm:"serializer:json"`
	Places       int        // offered: at most 1 + Companions, fewer when no more are free
	OfferedUntil *time.Time // then the offer goes on to the next
	Since        time.Time
}

// TableName implements gorm's Tabler.
func (Waiter) TableName() string { return "waiters" }

// People is how many places the waiter would like.
func (w Waiter) People() int { return 1 + w.Companions }

// Runs tells whether an offer stands.
func (w Waiter) Runs(now time.Time) bool {
	return w.State == Offered && w.OfferedUntil != nil && now.Before(*w.OfferedUntil)
}

// Welcome says who may come to an event.
type Welcome string

// Who may come. Members sign up in any case; everyone means that the door also lets in neighbours who are none.
const (
	WelcomeEveryone Welcome = "everyone"
	WelcomeMembers  Welcome = "members"
	WelcomeLevel    Welcome = "level"  // members at least so close to the host
	WelcomeCircle   Welcome = "circle" // members who are in a circle, or keep it, when they sign up
)

func (w Welcome) known() bool {
	return w == WelcomeEveryone || w == WelcomeMembers || w == WelcomeLevel || w == WelcomeCircle
}

// Fee says how an event is paid for.
type Fee string

// The ways to pay. Points are taken when the places are; money never passes through the platform.
const (
	FeeFree   Fee = "free"
	FeePoints Fee = "points"
	FeeDoor   Fee = "door"
)

// QuestionKind is how a question is answered.
type QuestionKind string

// The kinds of questions.
const (
	QuestionText   QuestionKind = "text"
	QuestionChoice QuestionKind = "choice"
)

// Question is something that the organiser asks when somebody signs up.
type Question struct {
	ID       string       `json:"id" doc:"stays the same when the words change; a to z, digits, at most 16"`
	Kind     QuestionKind `json:"kind" enum:"text,choice"`
	Ask      string       `json:"ask" doc:"1 to 60 characters"`
	Required bool         `json:"required"`
	Choices  []string     `json:"choices,omitempty" doc:"of a choice: 2 to 12 of at most 30 characters"`
}

// Answers are what a guest answered, by the question's id.
type Answers map[string]string

// SignUpTerms is how people sign up for an event's dates. Without a row the terms are DefaultTerms.
type SignUpTerms struct {
	EventID       ID `gorm:"primaryKey"`
	AllianceID    ID
	PerMember     int // places a sign-up takes at most, the member's own included
	WaitingPlaces int // how many may wait; 0: there is no waiting list
	OfferMinutes  int // how long an offer to one who waits stands
	CancelHours   int // places are given back until so many hours before the start
	Who           Welcome
	Level         Level // with WelcomeLevel
	Circle        ID    `gorm:"column:circle_id"` // with WelcomeCircle
	NoShows       int   // who stayed away so often in NoShowWindow does not sign up; 0: nobody minds
	Fee           Fee
	Points        int64      // a person, with FeePoints
	Price         int64      // fen a person, with FeeDoor
	Questions     []Question `gorm:"serializer:json"`

	GiftPoints   int64 // what the host gives each member who is checked in
	GiftCampaign ID    `gorm:"column:gift_campaign_id"` // a campaign of the host's: a coupon for each of them
}

// TableName implements gorm's Tabler.
func (SignUpTerms) TableName() string { return "sign_up_terms" }

// NoShowWindow is how long staying away is remembered.
const NoShowWindow = 180 * 24 * time.Hour

// Limits of the terms.
const (
	PerMemberMax     = 10
	WaitingPlacesMax = 1000
	OfferMinutesMin  = 10
	OfferMinutesMax  = 3 * 24 * 60
	CancelHoursMax   = 14 * 24
	NoShowsMax       = 10
	FeePointsMax     = 100_000
	FeeFenMax        = 1_000_000
	GiftPointsMax    = 1_000
	QuestionsMax     = 8
	QuestionMax      = 60
	ChoicesMax       = 12
	ChoiceMax        = 30
	AnswerMax        = 200
)

// DefaultTerms are the terms of an event whose organiser set none: one place a member, for everyone, free.
func DefaultTerms(event, alliance ID) SignUpTerms {
	return SignUpTerms{
		EventID: event, AllianceID: alliance, PerMember: 1, OfferMinutes: 120, Who: WelcomeEveryone, Fee: FeeFree, Questions: []Question{},
	}
}

// GivesBackUntil is when places of a date are given back at the latest.
func (t SignUpTerms) GivesBackUntil(o Occurrence) time.Time {
	return o.StartsAt.Add(-time.Duration(t.CancelHours) * time.Hour)
}

// OfferUntil is when an offer made now ends: after the terms' minutes, and at the start.
func (t SignUpTerms) OfferUntil(o Occurrence, now time.Time) time.Time {
	until := now.Add(time.Duration(t.OfferMinutes) * time.Minute)
	if until.After(o.StartsAt) {
		return o.StartsAt
	}
	return until
}

// Free is how many places nobody has and nobody is offered.
func (o Occurrence) Free() int { return max(0, o.Capacity-o.Taken-o.Held) }

// Check names every field that cannot be, as ErrInvalid with JSON pointers; nil when the terms can stand.
func (t SignUpTerms) Check() error {
	wrong := ErrInvalid
	note := func(bad bool, pointer, zh, en string) {
		if bad {
			wrong = wrong.Field(pointer, Text{ZH: zh, EN: en})
		}
	}
	note(t.PerMember < 1 || t.PerMember > PerMemberMax, "/per_member", "一个人最多报 1 到 10 个位子", "One sign-up takes 1 to 10 places")
	note(t.WaitingPlaces < 0 || t.WaitingPlaces > WaitingPlacesMax, "/waiting_places", "候补最多 1000 位", "At most 1,000 may wait")
	note(t.OfferMinutes < OfferMinutesMin || t.OfferMinutes > OfferMinutesMax, "/offer_minutes", "补位留 10 分钟到 3 天", "An offer stands 10 minutes to 3 days")
	note(t.CancelHours < 0 || t.CancelHours > CancelHoursMax, "/cancel_hours", "最多提前 14 天截止退位", "Giving back closes at most 14 days ahead")
	note(t.NoShows < 0 || t.NoShows > NoShowsMax, "/no_shows", "缺席次数写 0 到 10", "Absences counted are 0 to 10")
	note(!t.Who.known(), "/who", "选谁可以来", "Say who may come")
	note(t.Who == WelcomeLevel && (t.Level < LevelMicro || t.Level > LevelSuper), "/level", "选从哪一级起", "Choose the level")
	note(t.Who == WelcomeCircle && t.Circle.IsZero(), "/circle_id", "选哪个圈子", "Choose the circle")
	note(t.Fee != FeeFree && t.Fee != FeePoints && t.Fee != FeeDoor, "/fee", "选怎么收费", "Say how it is paid")
	note(t.Fee == FeePoints && (t.Points < 1 || t.Points > FeePointsMax), "/points", "积分写 1 到 100000", "Points are 1 to 100,000")
	note(t.Fee == FeeDoor && (t.Price < 1 || t.Price > FeeFenMax), "/price", "价钱写 0.01 到 10000 元", "The price is 0.01 to 10,000 yuan")
	note(t.GiftPoints < 0 || t.GiftPoints > GiftPointsMax, "/gift_points", "签到送的积分写 0 到 1000", "Points given at the door are 0 to 1,000")
	note(!questionsFit(t.Questions), "/questions", "最多 8 个问题，每个写清楚；选择题给 2 到 12 个选项", "At most 8 questions, each with words; a choice has 2 to 12 answers")
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

func questionsFit(list []Question) bool {
	seen := map[string]bool{}
	for _, q := range list {
		if !q.fits() || seen[q.ID] {
			return false
		}
		seen[q.ID] = true
	}
	return len(list) <= QuestionsMax
}

func (q Question) fits() bool {
	if !shortKey(q.ID) || !worded(q.Ask, QuestionMax) {
		return false
	}
	if q.Kind == QuestionText {
		return len(q.Choices) == 0
	}
	seen := map[string]bool{}
	for _, c := range q.Choices {
		if !worded(c, ChoiceMax) || seen[c] {
			return false
		}
		seen[c] = true
	}
	return q.Kind == QuestionChoice && len(q.Choices) >= 2 && len(q.Choices) <= ChoicesMax
}

func shortKey(s string) bool {
	return s != "" && len(s) <= 16 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

func worded(text string, most int) bool {
	n := utf8.RuneCountInString(text)
	return n > 0 && n <= most && strings.TrimSpace(text) == text
}

// Accept checks what a guest answered and returns it without blanks; answers to questions that are not asked are dropped.
// Error: invalid, with every question that is not answered or cannot be answered so.
func (t SignUpTerms) Accept(given Answers) (Answers, error) {
	wrong, kept := ErrInvalid, Answers{}
	for _, q := range t.Questions {
		text := strings.TrimSpace(given[q.ID])
		if why, ok := q.refuses(text); ok {
			wrong = wrong.Field("/answers/"+q.ID, why)
		} else if text != "" {
			kept[q.ID] = text
		}
	}
	if len(wrong.Fields) > 0 {
		return nil, wrong
	}
	return kept, nil
}

func (q Question) refuses(text string) (Text, bool) {
	switch {
	case text == "" && q.Required:
		return Text{ZH: "这一条要填", EN: "Please answer this"}, true
	case text == "":
		return Text{}, false
	case utf8.RuneCountInString(text) > AnswerMax:
		return Text{ZH: "最多 200 个字", EN: "At most 200 characters"}, true
	case q.Kind == QuestionChoice && !slices.Contains(q.Choices, text):
		return Text{ZH: "从给出的里面选一个", EN: "Choose one of those given"}, true
	}
	return Text{}, false
}
