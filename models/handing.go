package models

// The ways of giving out beside public and new_members. What the terms name is what the partners sign: coupons leave a
// campaign only on that way, but for a public one, where anybody may have one anyway (Campaign.Gives).
const (
	GivenTargeted CampaignGiven = "targeted" // the store sends them to chosen members
	GivenLink     CampaignGiven = "link"     // whoever has the secret link
	GivenEvent    CampaignGiven = "event"    // by themselves, when a member does something: Trigger
	GivenPrize    CampaignGiven = "prize"    // to who won something
	GivenPrinted  CampaignGiven = "printed"  // as codes on paper
)

// TriggerKind says what a member does to be given a coupon.
type TriggerKind string

// The triggers. Each happens at one store: the issuer, or a partner that has signed.
const (
	TriggerVisited   TriggerKind = "visited"    // was seen there
	TriggerBought    TriggerKind = "bought"     // paid there, TriggerMin fen or more
	TriggerCheckedIn TriggerKind = "checked_in" // came to an event of it
	TriggerJoined    TriggerKind = "joined"     // became a member, brought in by it
	TriggerReturned  TriggerKind = "returned"   // was seen there again after TriggerDays days or more
)

// Handing is how a campaign's coupons come to people beside the claim, and whether they may go on to a friend.
type Handing struct {
	Trigger      TriggerKind `gorm:"column:trigger_kind"` // empty unless given on an event
	TriggerStore ID          `gorm:"column:trigger_store_id"`
	TriggerMin   int64       // bought: fen, from which a purchase counts; exactly so much is enough
	TriggerDays  int64       // returned: days since the last visit
	Transferable bool        // a member may hand theirs to a friend
}

// Way is how one coupon came to its member.
type Way string

// The ways.
const (
	WayClaim   Way = "claim"
	WayWelcome Way = "welcome"
	WaySent    Way = "sent"
	WayLink    Way = "link"
	WayTrigger Way = "event"
	WayPrize   Way = "prize"
	WayPrinted Way = "printed"
	WayGift    Way = "gift" // from a friend: it takes nothing from the stock
)

var givenOf = map[Way]CampaignGiven{
	WayClaim: GivenPublic, WayWelcome: GivenNewMembers, WaySent: GivenTargeted, WayLink: GivenLink, WayTrigger: GivenEvent,
	WayPrize: GivenPrize, WayPrinted: GivenPrinted,
}

// Gives tells whether a campaign's coupons may leave it on a way: the one that its terms name. Those of a public one may
// also be sent, linked to, won and printed.
func (c Campaign) Gives(w Way) bool {
	switch {
	case w == WayGift:
		return c.Transferable
	case c.Given == GivenPublic:
		return w != WayWelcome && w != WayTrigger
	}
	return givenOf[w] == c.Given
}

// Fits tells whether a visit is what the trigger waits for; away is how many whole days the member had not been seen at
// the store before, or negative when never.
func (h Handing) Fits(v VisitRecorded, away int64) bool {
	if v.StoreID != h.TriggerStore {
		return false
	}
	switch h.Trigger {
	case TriggerVisited:
		return true
	case TriggerBought:
		return Visit{Kind: v.Kind, Amount: v.Amount}.Bought() && v.Amount >= h.TriggerMin
	case TriggerReturned:
		return away >= max(h.TriggerDays, 1)
	}
	return false
}
