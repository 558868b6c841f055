package coupon

import (
	"time"

	"onestreet/models"
)

// LimitsView is how far a campaign goes, as everybody may read it; 0 is no limit.
type LimitsView struct {
	PerDay       int64    `json:"per_day"`
	PerHousehold int64    `json:"per_household"`
	PerStore     int64    `json:"per_store"`
	PerStoreDay  int64    `json:"per_store_day"`
	NotOn        []string `json:"not_on" nullable:"false" doc:"days on which it does not work"`
	MarketOnly   bool     `json:"market_only" doc:"works on market days of the street only"`
	NoticeDays   int64    `json:"notice_days"`
	IssuerCovers bool     `json:"issuer_covers"`
}

func limitsView(c models.Campaign) LimitsView {
	v := LimitsView{
		PerDay: c.PerDay, PerHousehold: c.PerHousehold, PerStore: c.PerStore, PerStoreDay: c.PerStoreDay, NotOn: c.NotOn, MarketOnly: c.MarketOnly,
		NoticeDays: c.Notice(), IssuerCovers: c.IssuerCovers,
	}
	if v.NotOn == nil {
		v.NotOn = []string{}
	}
	return v
}

// BudgetView is the money behind a campaign, for those who take part in it.
type BudgetView struct {
	Most    models.Money   `json:"most" doc:"what the whole campaign may cost"`
	Spent   models.Money   `json:"spent" doc:"what its redemptions have cost so far"`
	Set     bool           `json:"set" doc:"a budget was written down; else it is what the stock may cost"`
	Reserve models.Reserve `json:"reserve" enum:"claim,redemption"`
}

// LeavingView is a store that leaves or has left a campaign.
type LeavingView struct {
	Store models.StoreRef `json:"store"`
	At    time.Time       `json:"at" doc:"from then on it takes the coupons no more"`
}

// AudienceView is whom a campaign is for, for those who take part in it.
type AudienceView struct {
	Level    *models.Level   `json:"level,omitempty" enum:"none,micro,weak,strong,super"`
	Tags     []string        `json:"tags" nullable:"false"`
	Visits   *visitsBody     `json:"visits,omitempty"`
	TookPart int64           `json:"took_part,omitempty"`
	Joined   int64           `json:"joined,omitempty"`
	Circle   *AudienceCircle `json:"circle,omitempty"`
	Birthday *birthdayBody   `json:"birthday,omitempty"`
}

// AudienceCircle is the circle that an audience is in.
type AudienceCircle struct {
	ID   models.ID `json:"id"`
	Name string    `json:"name"`
}

func audienceView(a models.Audience) *AudienceView {
	v := AudienceView{Level: a.Level, Tags: a.Tags, TookPart: a.TookPart, Joined: a.Joined}
	if v.Tags == nil {
		v.Tags = []string{}
	}
	if a.Visits != nil {
		v.Visits = &visitsBody{StoreID: a.Visits.Store, Days: a.Visits.Days, AtLeast: a.Visits.AtLeast, AtMost: a.Visits.AtMost}
	}
	if a.Circle != nil {
		v.Circle = &AudienceCircle{ID: a.Circle.ID, Name: a.Circle.Name}
	}
	if a.Birthday != nil {
		v.Birthday = &birthdayBody{When: a.Birthday.When, Days: a.Birthday.Days}
	}
	return &v
}
