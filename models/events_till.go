package models

import "time"

// EventCouponVoided is the kind of CouponVoided.
const EventCouponVoided = "coupon.voided"

// CouponVoided tells that a store has made a coupon of its own void.
type CouponVoided struct {
	CouponID   ID        `json:"coupon_id"`
	MemberID   ID        `json:"member_id"`
	CampaignID ID        `json:"campaign_id"`
	StoreID    ID        `json:"store_id"`
	At         time.Time `json:"at"`
}

// EventTillEntryDiffers is the kind of TillEntryDiffers.
const EventTillEntryDiffers = "till.entry_differs"

// TillEntryDiffers tells that a till took off another sum than the terms give; the books hold the terms'.
type TillEntryDiffers struct {
	TillID  ID    `json:"till_id"`
	Seq     int64 `json:"seq"`
	StoreID ID    `json:"store_id"`
}

// EventTillEntryUnbooked is the kind of TillEntryUnbooked.
const EventTillEntryUnbooked = "till.entry_unbooked"

// TillEntryUnbooked tells that what a till took without a network is not in the books.
type TillEntryUnbooked struct {
	TillID  ID    `json:"till_id"`
	Seq     int64 `json:"seq"`
	StoreID ID    `json:"store_id"`
}
