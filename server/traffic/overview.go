package traffic

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/referral"
)

// Overview is the street as its coordinators see it. A figure that is null is withheld, and says why: few, when it is
// about fewer members than the street's k; veil, when one that is few could be computed from it.
type Overview struct {
	Day           string          `json:"day" doc:"the street's date"`
	Members       MemberCount     `json:"members"`
	Visits        VisitCount      `json:"visits"`
	Redemptions   RedemptionCount `json:"redemptions"`
	Events        EventCount      `json:"events"`
	CreditsPosted models.Money    `json:"credits_posted" doc:"this month"`

	Flow         []FlowView `json:"flow" nullable:"false" doc:"members who went from one store to another on one day, the most first"`
	FlowWithheld int        `json:"flow_withheld" doc:"ways that fewer than k members went"`
	Hours        Heat       `json:"hours"`

	Levels    []LevelCount `json:"levels" nullable:"false" doc:"every member by the closest of their relations"`
	Brought   *int64       `json:"brought" doc:"members whom another member brought in; null: withheld"`
	BroughtBy *int64       `json:"brought_by" doc:"by so many members; null: withheld"`

	Origins            []OriginCount     `json:"origins" nullable:"false" doc:"new members by the store that brought them in"`
	RedemptionsByStore []StoreCount      `json:"redemptions_by_store" nullable:"false" doc:"stores where any coupon can be redeemed"`
	Crossing           []CrossingCount   `json:"crossing" nullable:"false" doc:"coupons of one store redeemed in another, wherever a campaign allows it"`
	Ledger             referral.Totals   `json:"ledger"`
	Ticker             []TickerLine      `json:"ticker" nullable:"false"`
	Stores             []models.StoreRef `json:"stores" nullable:"false" doc:"in street order"`
}

// MemberCount counts the members of the street.
type MemberCount struct {
	Total int64 `json:"total"`
	Today int64 `json:"today" doc:"joined today"`
}

// VisitCount counts today's visits.
type VisitCount struct {
	Today int64 `json:"today"`
	Delta int64 `json:"delta" doc:"more than on the day that it is held against"`

	Against string `json:"against" doc:"that day, such as 上个周六这个时候, on market days 上个集日这个时候"`
}

// RedemptionCount counts today's redemptions.
type RedemptionCount struct {
	Today int64 `json:"today"`
}

// EventCount counts dates of events.
type EventCount struct {
	Week    int64 `json:"week" doc:"Monday to Sunday"`
	Tonight int64 `json:"tonight" doc:"today from 17:00"`
}

// FlowView is how many different members went from one store to another.
type FlowView struct {
	From    models.StoreRef `json:"from"`
	To      models.StoreRef `json:"to"`
	Members int64           `json:"members"`
}

// Heat is when the street is busy: average visits of an hour, by weekday, Monday first.
type Heat struct {
	Rows []HeatRow `json:"rows" nullable:"false"`
}

// HeatRow is one weekday.
type HeatRow struct {
	Weekday  int             `json:"weekday" doc:"0 is Sunday"`
	Cells    []HeatCell      `json:"cells" nullable:"false"`
	Total    *int64          `json:"total" doc:"the sum of the cells, withheld ones too"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// HeatCell is one hour of a weekday.
type HeatCell struct {
	Hour     int             `json:"hour"`
	Value    *int64          `json:"value"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// LevelCount is how many members have a level.
type LevelCount struct {
	Level    models.Level    `json:"level" enum:"none,micro,weak,strong,super"`
	Members  *int64          `json:"members"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// OriginCount is how many members a store brought in.
type OriginCount struct {
	Store    models.StoreRef `json:"store"`
	Members  *int64          `json:"members"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// StoreCount is how many coupons were redeemed in a store.
type StoreCount struct {
	Store    models.StoreRef `json:"store"`
	Count    *int64          `json:"count"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// CrossingCount is how many coupons of one store were redeemed in another.
type CrossingCount struct {
	Issuer   models.StoreRef `json:"issuer"`
	Redeemer models.StoreRef `json:"redeemer"`
	Count    *int64          `json:"count"`
	Withheld models.Withheld `json:"withheld" enum:",few,veil"`
}

// view is what every part of an overview is read with.
type view struct {
	ctx    context.Context
	r      *gorm.DB
	street models.Alliance
	stores []models.StoreRef // in street order
	refs   map[models.ID]models.StoreRef
	now    time.Time
	today  localDay
	since  localDay // the first day of the span
	locale string
}

func (v *view) k() int64 { return int64(v.street.K) }

// span narrows rollups to the days that are shown.
func (v *view) span() *gorm.DB {
	return v.r.Where("alliance_id = ? AND day >= ? AND day <= ?", v.street.ID, v.since.name, v.today.name)
}

// Overview shows the coordinators the last days of their street, today included, in the reader's language. Spans are few
// (the API takes 7, 30 and 90 days), so that nobody subtracts one from another to see a single day. Error: not_found.
func (s *Service) Overview(ctx context.Context, alliance models.ID, days int, locale string) (Overview, error) {
	v, err := s.view(ctx, alliance, days, locale)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Day: v.today.name, Stores: v.stores}
	for _, part := range []func(*view, *Overview) error{heads, s.visitsSoFar, eventsAhead, credits, flow, heat, levels, brought, crossings, ticker} {
		if err := part(v, &o); err != nil {
			return Overview{}, err
		}
	}
	o.Ledger, err = s.Referral.Totals(ctx, alliance)
	return o, err
}

func (s *Service) view(ctx context.Context, alliance models.ID, days int, locale string) (*view, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return nil, err
	}
	v := &view{ctx: ctx, r: s.DB.Read(ctx), street: street, refs: map[models.ID]models.StoreRef{street.ID: street.Ref()}, now: s.Clock.Now(), locale: locale, stores: []models.StoreRef{}}
	for _, store := range stores {
		v.refs[store.ID] = store.Ref()
		v.stores = append(v.stores, store.Ref())
	}
	v.today = dayOf(street, v.now)
	v.since = v.today.plus(1 - days)
	return v, nil
}
