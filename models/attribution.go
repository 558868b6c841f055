package models

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// AttributionDays is how long a touch counts, unless the alliance says otherwise: to the last second of day 30.
const AttributionDays = 30

// TouchKind says how a person met a store before joining; it is the kind of the join link that was followed, or an
// import of the store's customer book.
type TouchKind string

// The kinds of touches.
const (
	TouchImport  TouchKind = "import"  // the store has the person in its imported book and invited them
	TouchCounter TouchKind = "counter" // the store's code scanned at its counter
	TouchPoster  TouchKind = "poster"  // the store's code on a poster
	TouchStaff   TouchKind = "staff"   // a clerk's own code
	TouchMember  TouchKind = "member"  // a link that a member shared
	TouchEvent   TouchKind = "event"   // the code of an event
	TouchCoupon  TouchKind = "coupon"  // the link by which a store gives out a coupon

	// TouchDecided is no touch: a coordinator gave the credit to a store that had no claim of its own.
	TouchDecided TouchKind = "decided"
)

// rank orders the kinds: a lower rank beats a higher one, whatever came first. Within a rank the earliest wins.
func (k TouchKind) rank() int {
	switch k {
	case TouchImport:
		return 1
	case TouchCounter:
		return 2
	}
	return 3
}

// Touch is one way in which a person met a store before joining: a claim to be the origin.
type Touch struct {
	Kind    TouchKind
	Store   ID
	Link    ID        // the join link followed; zero for an import
	Inviter ID        // the member whose link it is; zero when a store's
	Owner   ID        // the account whose personal link it is (a clerk's or a member's); zero when a store's
	At      time.Time // when the link was followed, or the book imported
}

// DeviceJoin is one who joined from the same device before: a household shares a device.
type DeviceJoin struct {
	Member  ID
	Inviter ID // who had invited them; zero when nobody
}

// Joining is what is known when a person joins; Attribute decides from it alone.
type Joining struct {
	Account    ID
	At         time.Time
	Touches    []Touch
	WindowDays int         // how long a touch counts; 0 stands for AttributionDays
	Closed     map[ID]bool // stores that are suspended or have left: their links earn nothing
	StaffOf    map[ID]bool // stores that the person works for
	Device     []DeviceJoin
	Returning  bool // was a member before: a phone is brought in once, for ever
}

// Reason says why a claim won or lost; Text puts it in the street's words.
type Reason string

// The reasons, in the order of the table that Attribute follows.
const (
	ReasonWon       Reason = "won"           // the only claim, or the earliest of the strongest
	ReasonReturning Reason = "returning"     // the person was a member before
	ReasonFuture    Reason = "after_joining" // the touch is later than the joining
	ReasonExpired   Reason = "expired"       // the touch is older than the window
	ReasonClosed    Reason = "store_closed"  // the store is suspended or has left
	ReasonStaff     Reason = "staff"         // the person works for the store
	ReasonSelf      Reason = "self"          // the link is the person's own
	ReasonHousehold Reason = "household"     // the inviter shares the device, or has invited from it before
	ReasonWeaker    Reason = "weaker_kind"   // a stronger kind of touch won
	ReasonLater     Reason = "later"         // an earlier touch of the same strength won
)

var reasonTexts = map[Reason]Text{
	ReasonWon:       {"算这家", "Counts for this store"},
	ReasonReturning: {"以前就是会员，不再算推荐", "Was a member before, so nobody is credited again"},
	ReasonFuture:    {"入会以后才有的，不算", "Came after joining, so it does not count"},
	ReasonExpired:   {"过了期限，不算", "Older than the window, so it does not count"},
	ReasonClosed:    {"这家店已停，不算", "The store is suspended or has left, so it does not count"},
	ReasonStaff:     {"是这家的店员，自己人不算", "Works for this store; staff do not count"},
	ReasonSelf:      {"自己的链接，不算", "Their own link does not count"},
	ReasonHousehold: {"和邀请人用同一台手机，一家人只算一回", "Shares the inviter's phone; a household counts once"},
	ReasonWeaker:    {"有更硬的凭据，轮不到这个", "A stronger kind of touch won"},
	ReasonLater:     {"晚了一步", "Another came earlier"},
}

// Text says the reason in both languages.
func (r Reason) Text() Text { return reasonTexts[r] }

// Claim is one touch as judged; all of a joining's claims are kept as its evidence. It holds nothing personal: ids,
// kinds and times only.
type Claim struct {
	Kind    TouchKind `json:"kind"`
	Store   ID        `json:"store_id"`
	Link    ID        `json:"link_id,omitzero"`
	Inviter ID        `json:"inviter_id,omitzero"`
	At      time.Time `json:"at"`
	Won     bool      `json:"won"`
	Why     Reason    `json:"why"`
}

// Attribution is the decision: the origin store (zero when no claim counts) and every claim, the winner first.
type Attribution struct {
	Store   ID        `json:"store_id,omitzero"`
	Link    ID        `json:"link_id,omitzero"`
	Inviter ID        `json:"inviter_id,omitzero"`
	Kind    TouchKind `json:"kind,omitempty"`
	Claims  []Claim   `json:"claims"`
}

// Attribute decides who brought a person in. Pure; the order of the touches does not matter. In short (rules R08 to R25 of
// docs/referral-rules.md):
//
//	1  one who was a member before brings nobody anything
//	2  a touch counts from its moment for 30 days, to the last second of day 30; a store's customer book has no window
//	3  a store that is suspended or has left earns nothing
//	4  staff do not count for their own store, nor anyone through a link of their own
//	5  an inviter does not count who joined from the same device, or brought someone in from it before
//	6  of what still counts: the customer book beats the counter, the counter beats everything else
//	7  of the same strength the earliest wins; at the same moment the older link, then the older store
//
// With no claim left the person joins all the same, without an origin store.
func Attribute(j Joining) Attribution {
	claims := make([]Claim, len(j.Touches))
	for i, t := range j.Touches {
		claims[i] = Claim{Kind: t.Kind, Store: t.Store, Link: t.Link, Inviter: t.Inviter, At: t.At, Why: j.refuse(t)}
	}
	slices.SortStableFunc(claims, compareClaims)
	return crown(claims)
}

// refuse names the rule by which a touch does not count; "" when it counts.
func (j Joining) refuse(t Touch) Reason {
	switch {
	case j.Returning:
		return ReasonReturning
	case t.At.After(j.At):
		return ReasonFuture
	case t.Kind != TouchImport && !j.At.Before(t.At.Add(j.window())):
		return ReasonExpired
	case j.Closed[t.Store]:
		return ReasonClosed
	case j.StaffOf[t.Store]:
		return ReasonStaff
	case !t.Owner.IsZero() && t.Owner == j.Account:
		return ReasonSelf
	case !t.Inviter.IsZero() && slices.ContainsFunc(j.Device, t.sharesHousehold):
		return ReasonHousehold
	}
	return ""
}

func (j Joining) window() time.Duration {
	days := j.WindowDays
	if days == 0 {
		days = AttributionDays
	}
	return time.Duration(days) * 24 * time.Hour
}

func (t Touch) sharesHousehold(d DeviceJoin) bool {
	return d.Member == t.Inviter || d.Inviter == t.Inviter
}

// compareClaims puts what counts first, then the stronger, then the earlier; ids break ties so that every order of the
// input gives one answer.
func compareClaims(a, b Claim) int {
	if (a.Why == "") != (b.Why == "") {
		if a.Why == "" {
			return -1
		}
		return 1
	}
	if d := a.Kind.rank() - b.Kind.rank(); d != 0 {
		return d
	}
	if d := a.At.Compare(b.At); d != 0 {
		return d
	}
	if d := bytes.Compare(a.Link[:], b.Link[:]); d != 0 {
		return d
	}
	if d := bytes.Compare(a.Store[:], b.Store[:]); d != 0 {
		return d
	}
	if d := bytes.Compare(a.Inviter[:], b.Inviter[:]); d != 0 {
		return d
	}
	return strings.Compare(string(a.Kind), string(b.Kind))
}

// crown names the first claim the winner when it counts, and tells the others what they lost by.
func crown(claims []Claim) Attribution {
	if len(claims) == 0 || claims[0].Why != "" {
		return Attribution{Claims: claims}
	}
	first := &claims[0]
	first.Won, first.Why = true, ReasonWon
	for i := range claims[1:] {
		c := &claims[i+1]
		switch {
		case c.Why != "":
		case c.Kind.rank() > first.Kind.rank():
			c.Why = ReasonWeaker
		default:
			c.Why = ReasonLater
		}
	}
	return Attribution{Store: first.Store, Link: first.Link, Inviter: first.Inviter, Kind: first.Kind, Claims: claims}
}

// Rule says in the street's words by which rule the winner won: what a store reads under its claims.
func (a Attribution) Rule() Text {
	if a.Store.IsZero() {
		return Text{"没有算得上的来路，不归哪一家。", "No claim counts, so nobody is credited."}
	}
	lost := slices.IndexFunc(a.Claims, func(c Claim) bool { return c.Why == ReasonWeaker || c.Why == ReasonLater })
	switch {
	case len(a.Claims) == 1:
		return Text{"没有别家请过，不用比。", "Nobody else had invited them; nothing to compare."}
	case lost < 0:
		return Text{"别的来路都不算数，不用比。", "No other claim counts; nothing to compare."}
	case a.Kind == TouchImport && a.Claims[lost].Kind != TouchImport:
		return Text{"早在店里的顾客本上，大过后来的码和链接。", "Already in the store's customer book, which beats codes and links."}
	case a.Claims[lost].Why == ReasonWeaker:
		return Text{"柜台扫的码大过转的链接。", "A code scanned at the counter beats a shared link."}
	}
	return Text{"来路一样硬，就看谁早。", "Claims of the same strength: the earliest wins."}
}

var touchTexts = map[TouchKind]Text{
	TouchImport:  {"在店里的顾客本上", "In the store's customer book"},
	TouchCounter: {"在柜台扫的码", "Scanned the code at the counter"},
	TouchPoster:  {"门口立牌的码", "The code on the poster"},
	TouchStaff:   {"店员的码", "A clerk's code"},
	TouchMember:  {"街坊转的链接", "A link that a neighbour shared"},
	TouchEvent:   {"活动的码", "The code of an event"},
	TouchCoupon:  {"店里发券的链接", "The link of a store's coupon"},
	TouchDecided: {"协调人判给的", "Given by the coordinator"},
}

// Text says the kind in both languages.
func (k TouchKind) Text() Text { return touchTexts[k] }
