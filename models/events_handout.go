package models

import "time"

// EventCouponHanded is the kind of CouponHanded.
const EventCouponHanded = "coupon.handed"

// CouponHanded tells that a coupon came to a member by another way than a claim.
type CouponHanded struct {
	CouponID   ID        `json:"coupon_id"`
	MemberID   ID        `json:"member_id"`
	CampaignID ID        `json:"campaign_id"`
	Way        Way       `json:"way"`
	At         time.Time `json:"at"`
}

// EventGiftRefused is the kind of GiftRefused.
const EventGiftRefused = "gift.refused"

// GiftRefused tells that a friend would not have a member's coupon: it stays the giver's.
type GiftRefused struct {
	GiftID     ID `json:"gift_id"`
	CampaignID ID `json:"campaign_id"`
	GiverID    ID `json:"giver_id"`
}

// EventGiftAccepted is the kind of GiftAccepted.
const EventGiftAccepted = "gift.accepted"

// GiftAccepted tells that a friend has taken a member's coupon. NewMember says that the friend came to the street by it.
type GiftAccepted struct {
	GiftID     ID   `json:"gift_id"`
	CampaignID ID   `json:"campaign_id"`
	GiverID    ID   `json:"giver_id"`
	TakerID    ID   `json:"taker_id"`
	NewMember  bool `json:"new_member,omitempty"`
}
