package coupon

import (
	"time"

	"onestreet/models"
)

// OptionalTerms are the fields that a campaign may leave out when it is made, and a change may leave as they are.
type OptionalTerms struct {
	Description *string               `json:"description,omitempty" maxLength:"400"`
	Given       *models.CampaignGiven `json:"given,omitempty" enum:"public,new_members,targeted,link,event,prize,printed"`
	PerMember   *int64                `json:"per_member,omitempty" minimum:"1" maximum:"100"`
	ValidFrom   *time.Time            `json:"valid_from,omitempty" doc:"sent with any of valid_until and valid_days, the three are set together"`
	ValidUntil  *time.Time            `json:"valid_until,omitempty" doc:"the last moment it works"`
	ValidDays   *int64                `json:"valid_days,omitempty" minimum:"0" maximum:"366" doc:"works to the end of the day so many days after the claim"`
	Weekdays    *[]int                `json:"weekdays,omitempty" enum:"0,1,2,3,4,5,6" maxItems:"7" doc:"0 is Sunday; empty: every day"`
	Hours       *hoursBody            `json:"hours,omitempty" doc:"both empty: all day"`
	Partners    *[]partnerBody        `json:"partners,omitempty" maxItems:"20"`
	LimitTerms
	OptionalHanding
	PriceTerms
}

type hoursBody struct {
	From string `json:"from" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9])?$"`
	To   string `json:"to" pattern:"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)?$"`
}

type partnerBody struct {
	StoreID  models.ID `json:"store_id"`
	ShareBPS int64     `json:"share_bps" minimum:"0" maximum:"10000"`
}

// newTerms is the body that makes a campaign.
type newTerms struct {
	Title      string            `json:"title" minLength:"1" maxLength:"40"`
	Kind       models.CouponKind `json:"kind" enum:"amount,percent,gift,fixed_price,buy_x_get_y,punch_card"`
	Stock      int64             `json:"stock" minimum:"1" maximum:"1000000"`
	ClaimFrom  time.Time         `json:"claim_from"`
	ClaimUntil time.Time         `json:"claim_until" doc:"the last moment to claim"`
	OptionalTerms
}

// changedTerms is the body that changes one.
type changedTerms struct {
	Title      *string            `json:"title,omitempty" minLength:"1" maxLength:"40"`
	Kind       *models.CouponKind `json:"kind,omitempty" enum:"amount,percent,gift,fixed_price,buy_x_get_y,punch_card"`
	Stock      *int64             `json:"stock,omitempty" minimum:"1" maximum:"1000000"`
	ClaimFrom  *time.Time         `json:"claim_from,omitempty"`
	ClaimUntil *time.Time         `json:"claim_until,omitempty"`
	OptionalTerms
}

// terms are the body's, with one coupon each for the whole street where it does not say.
func (b newTerms) terms() Terms {
	t := Terms{Title: b.Title, Stock: b.Stock, ClaimFrom: b.ClaimFrom, ClaimUntil: b.ClaimUntil, PerMember: 1, Given: models.GivenPublic}
	t.Kind = b.Kind
	b.OptionalTerms.onto(&t)
	return t
}

// onto writes what the body says over terms.
func (b changedTerms) onto(t *Terms) {
	set(&t.Title, b.Title)
	set(&t.Kind, b.Kind)
	set(&t.Stock, b.Stock)
	set(&t.ClaimFrom, b.ClaimFrom)
	set(&t.ClaimUntil, b.ClaimUntil)
	b.OptionalTerms.onto(t)
}

func (b OptionalTerms) onto(t *Terms) {
	set(&t.Description, b.Description)
	set(&t.Given, b.Given)
	b.ontoHanding(&t.Handing)
	set(&t.PerMember, b.PerMember)
	b.PriceTerms.onto(&t.Offer, &t.Stacking)
	b.ontoValidity(&t.Validity)
	b.LimitTerms.onto(t)
	if b.Partners != nil {
		t.Partners = make([]models.Partner, len(*b.Partners))
		for i, p := range *b.Partners {
			t.Partners[i] = models.Partner(p)
		}
	}
}

// ontoValidity sets the dates together: one that is sent takes the place of those that are not.
func (b OptionalTerms) ontoValidity(v *models.Validity) {
	if b.ValidFrom != nil || b.ValidUntil != nil || b.ValidDays != nil {
		v.ValidFrom, v.ValidUntil, v.ValidDays = b.ValidFrom, b.ValidUntil, 0
		set(&v.ValidDays, b.ValidDays)
	}
	if b.Weekdays != nil {
		v.Weekdays = models.WeekdaySet(*b.Weekdays)
	}
	if b.Hours != nil {
		v.HoursFrom, v.HoursTo = b.Hours.From, b.Hours.To
	}
}

func set[T any](to *T, from *T) {
	if from != nil {
		*to = *from
	}
}

func setAmount(to *int64, from *models.Charge) {
	if from != nil {
		*to = from.Amount
	}
}
