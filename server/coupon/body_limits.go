package coupon

import "onestreet/models"

// LimitTerms are how far a campaign goes and whom it is for; a count of 0 is no limit.
type LimitTerms struct {
	PerDay       *int64          `json:"per_day,omitempty" minimum:"0" maximum:"1000000" doc:"coupons given out on one day of the street"`
	PerHousehold *int64          `json:"per_household,omitempty" minimum:"0" maximum:"1000000" doc:"coupons for those who joined from one device"`
	PerStore     *int64          `json:"per_store,omitempty" minimum:"0" maximum:"1000000" doc:"redemptions in one store"`
	PerStoreDay  *int64          `json:"per_store_day,omitempty" minimum:"0" maximum:"1000000" doc:"redemptions in one store on one day"`
	Budget       *models.Charge  `json:"budget,omitempty" doc:"what the whole campaign may cost; 0: what its stock may cost"`
	Reserve      *models.Reserve `json:"reserve,omitempty" enum:"claim,redemption" doc:"when what a coupon costs is taken from budget and caps"`
	NoticeDays   *int64          `json:"notice_days,omitempty" minimum:"7" maximum:"90" doc:"with which a partner may leave"`
	IssuerCovers *bool           `json:"issuer_covers,omitempty" doc:"the issuer carries the share of a partner that leaves, for coupons claimed from then on"`
	FundBPS      *int64          `json:"fund_bps,omitempty" minimum:"0" maximum:"10000" doc:"the share that the alliance's fund is asked to carry"`
	NotOn        *[]string       `json:"not_on,omitempty" maxItems:"60" doc:"days on which it does not work: 2026-10-01"`
	MarketOnly   *bool           `json:"market_only,omitempty" doc:"works on market days of the street only"`
	Audience     *AudienceBody   `json:"audience,omitempty" doc:"all that is set must hold; an empty one is everybody"`
}

// AudienceBody is whom a campaign, or one send of it, is for.
type AudienceBody struct {
	Level    *models.Level `json:"level,omitempty" enum:"none,micro,weak,strong,super" doc:"at least this close to the issuing store"`
	Tags     []string      `json:"tags,omitempty" maxItems:"10" doc:"the issuing store has given one of these"`
	Visits   *visitsBody   `json:"visits,omitempty"`
	TookPart int64         `json:"took_part,omitempty" minimum:"0" maximum:"366" doc:"wrote at the store's posts or talked with it in the last so many days"`
	Joined   int64         `json:"joined,omitempty" minimum:"0" maximum:"366" doc:"joined the street in the last so many days"`
	CircleID *models.ID    `json:"circle_id,omitempty" doc:"is in this circle: one that the issuing store keeps, or an open one"`
	Birthday *birthdayBody `json:"birthday,omitempty"`
}

type visitsBody struct {
	StoreID models.ID `json:"store_id" doc:"the issuer or a partner"`
	Days    int64     `json:"days" minimum:"1" maximum:"366"`
	AtLeast *int64    `json:"at_least,omitempty" minimum:"0" maximum:"1000"`
	AtMost  *int64    `json:"at_most,omitempty" minimum:"0" maximum:"1000"`
}

type birthdayBody struct {
	When models.BirthdayWhen `json:"when" enum:"month,around"`
	Days int64               `json:"days,omitempty" minimum:"0" maximum:"30" doc:"around: before and after the day"`
}

func (b LimitTerms) onto(t *Terms) {
	set(&t.PerDay, b.PerDay)
	set(&t.PerHousehold, b.PerHousehold)
	set(&t.PerStore, b.PerStore)
	set(&t.PerStoreDay, b.PerStoreDay)
	setAmount(&t.Budget, b.Budget)
	set(&t.Reserve, b.Reserve)
	set(&t.NoticeDays, b.NoticeDays)
	set(&t.IssuerCovers, b.IssuerCovers)
	set(&t.FundBPS, b.FundBPS)
	set(&t.NotOn, b.NotOn)
	set(&t.MarketOnly, b.MarketOnly)
	if b.Audience != nil {
		t.Audience = b.Audience.Audience()
	}
}

// Audience is the body in the words of the house, without what says nothing.
func (b AudienceBody) Audience() models.Audience {
	a := models.Audience{Level: b.Level, Tags: b.Tags, TookPart: b.TookPart, Joined: b.Joined}
	if v := b.Visits; v != nil {
		a.Visits = &models.VisitRule{Store: v.StoreID, Days: v.Days, AtLeast: v.AtLeast, AtMost: v.AtMost}
	}
	if b.CircleID != nil {
		a.Circle = &models.CircleRule{ID: *b.CircleID}
	}
	if b.Birthday != nil {
		a.Birthday = &models.BirthdayRule{When: b.Birthday.When, Days: b.Birthday.Days}
	}
	return plainAudience(a)
}
