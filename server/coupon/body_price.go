package coupon

import "onestreet/models"

// PriceTerms are the fields of a body that say what a coupon gives, and with what it goes.
type PriceTerms struct {
	Off        *models.Charge `json:"off,omitempty" doc:"amount, punch_card: taken off; with a gift: what it is worth to those who pay for it, each time"`
	PerPiece   *bool          `json:"per_piece,omitempty" doc:"amount: off each piece; it needs a cap"`
	PercentBPS *int64         `json:"percent_bps,omitempty" minimum:"0" maximum:"10000" doc:"taken off, in ten-thousandths: 8.8 折 is 1200"`
	Cap        *models.Charge `json:"cap,omitempty" doc:"the most that one coupon takes off; percent, fixed_price, buy_x_get_y and per_piece need it"`
	Price      *models.Charge `json:"price,omitempty"`
	Gift       *string        `json:"gift,omitempty" maxLength:"40" doc:"gift; on a punch card, what each use hands over instead of taking off"`
	Buy        *int64         `json:"buy,omitempty" minimum:"0" maximum:"99"`
	Get        *int64         `json:"get,omitempty" minimum:"0" maximum:"99"`
	Times      *int64         `json:"times,omitempty" minimum:"0" maximum:"30" doc:"punch_card: uses of one coupon"`
	Goods      *string        `json:"goods,omitempty" maxLength:"20" doc:"limits it to some goods, as a bill's lines name them"`
	MinSpend   *models.Charge `json:"min_spend,omitempty"`
	Stackable  *bool          `json:"stackable,omitempty" doc:"goes on a bill with others that do; if left out it goes alone"`
	Category   *string        `json:"category,omitempty" maxLength:"20" doc:"of a category one coupon a bill"`
}

func (b PriceTerms) onto(o *models.Offer, s *models.Stacking) {
	setAmount(&o.Off, b.Off)
	set(&o.PerPiece, b.PerPiece)
	set(&o.PercentBPS, b.PercentBPS)
	setAmount(&o.Cap, b.Cap)
	setAmount(&o.Price, b.Price)
	set(&o.Gift, b.Gift)
	set(&o.Buy, b.Buy)
	set(&o.Get, b.Get)
	set(&o.Times, b.Times)
	set(&o.Goods, b.Goods)
	setAmount(&o.MinSpend, b.MinSpend)
	set(&s.Stackable, b.Stackable)
	set(&s.Category, b.Category)
}
