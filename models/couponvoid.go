package models

import "time"

var _ = table(&VoidedCoupon{})

// VoidedCoupon says when, by whom and why a coupon was made void. What a member's leaving voids has none.
type VoidedCoupon struct {
	CouponID   ID `gorm:"primaryKey"`
	AllianceID ID
	StoreID    ID // the issuer
	ByAccount  ID
	At         time.Time
	Reason     string // as the member reads it
}

// TableName implements gorm's Tabler.
func (VoidedCoupon) TableName() string { return "coupon_voids" }
