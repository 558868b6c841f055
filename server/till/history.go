package till

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// StepKind says what happened to a coupon.
type StepKind string

// What can happen to a coupon.
const (
	StepClaimed  StepKind = "claimed"
	StepRedeemed StepKind = "redeemed"
	StepReversed StepKind = "reversed"
	StepVoided   StepKind = "voided"
	StepGiven    StepKind = "given"    // passed on to a friend, who has one of their own for it
	StepReceived StepKind = "received" // came from a friend
	StepUnbooked StepKind = "unbooked" // a till took it without a network, and it did not count
)

// CouponStep is one thing that happened to a coupon: when, where, by whom. By is told to the store whose staff it was, and for a
// redemption to the member who was served.
type CouponStep struct {
	Kind         StepKind         `json:"kind" enum:"claimed,received,redeemed,reversed,voided,given,unbooked"`
	At           time.Time        `json:"at"`
	Store        *models.StoreRef `json:"store,omitempty"`
	By           string           `json:"by,omitempty"`
	Off          *models.Money    `json:"off,omitempty"`
	Reason       string           `json:"reason,omitempty" doc:"why it was taken back, made void, or did not count"`
	Offline      bool             `json:"offline,omitempty" doc:"taken by a till without a network"`
	RedemptionID models.ID        `json:"redemption_id,omitzero" doc:"for the store whose receipt it is"`
}

// CouponLife is a coupon with everything that happened to it, in order.
type CouponLife struct {
	CouponID   models.ID          `json:"coupon_id"`
	Code       string             `json:"code"`
	Title      string             `json:"title"`
	State      models.CouponState `json:"state" enum:"usable,used,expired,void,given"`
	Store      models.StoreRef    `json:"store" doc:"the issuer"`
	Number     int64              `json:"number" doc:"of the member whose it is"`
	Voidable   bool               `json:"voidable" doc:"the reader's store may make it void"`
	Steps      []CouponStep       `json:"steps" nullable:"false"`
	ValidFrom  time.Time          `json:"valid_from"`
	ValidUntil time.Time          `json:"valid_until"`
}

// reader is who looks at a coupon's life: a store's staff, or the member whose it is.
type reader struct{ store, member models.ID }

// sees tells whether a reader hears the names of a store's staff.
func (r reader) sees(store models.ID) bool { return !r.member.IsZero() || r.store == store }

// LifeForStore tells a coupon's life to the staff of its issuer, and of a store that took it. Staff of other stores stay
// nameless. Error: not_found.
func (s *Service) LifeForStore(ctx context.Context, by Staff, id models.ID) (CouponLife, error) {
	r := s.DB.Read(ctx)
	c, err := db.Find[models.Coupon](r, "id = ? AND alliance_id = ?", id, by.Alliance)
	if err != nil {
		return CouponLife{}, err
	}
	campaign, err := db.Find[models.Campaign](r, "id = ?", c.CampaignID)
	if err != nil {
		return CouponLife{}, err
	}
	if campaign.StoreID != by.Store {
		if err := tookIt(r, by.Store, c.ID); err != nil {
			return CouponLife{}, err
		}
	}
	return s.life(ctx, r, c, campaign, reader{store: by.Store})
}

// LifeForMember tells a member the life of a coupon of their own. Error: not_found.
func (s *Service) LifeForMember(ctx context.Context, alliance, member, id models.ID) (CouponLife, error) {
	r := s.DB.Read(ctx)
	c, err := db.Find[models.Coupon](r, "id = ? AND alliance_id = ? AND member_id = ?", id, alliance, member)
	if err != nil {
		return CouponLife{}, err
	}
	campaign, err := db.Find[models.Campaign](r, "id = ?", c.CampaignID)
	if err != nil {
		return CouponLife{}, err
	}
	return s.life(ctx, r, c, campaign, reader{member: member})
}

// tookIt tells whether a store has taken a coupon at one of its tills. Error: not_found.
func tookIt(r *gorm.DB, store, coupon models.ID) error {
	_, err := db.Find[models.Redemption](r, "store_id = ? AND coupon_id = ?", store, coupon)
	if errors.Is(err, models.ErrNotFound) {
		_, err = db.Find[models.TillEntry](r, "store_id = ? AND coupon_id = ?", store, coupon)
	}
	return err
}

// record is what is on record of a coupon.
type record struct {
	coupon  models.Coupon
	uses    []models.Redemption
	entries []models.TillEntry
	voids   []models.VoidedCoupon
	gifts   []models.Gift
	names   map[models.ID]string
	stores  map[models.ID]models.StoreRef
	locale  string
}

func (s *Service) life(ctx context.Context, r *gorm.DB, c models.Coupon, campaign models.Campaign, who reader) (CouponLife, error) {
	rec, err := s.record(ctx, r, c)
	if err != nil {
		return CouponLife{}, err
	}
	owner, err := s.Pool.Member(ctx, c.AllianceID, c.MemberID)
	if err != nil {
		return CouponLife{}, err
	}
	state := c.StateAt(s.Clock.Now())
	return CouponLife{
		CouponID: c.ID, Code: models.FormatCouponCode(c.Code), Title: campaign.Title, State: state, Store: rec.stores[campaign.StoreID],
		Number: owner.Number, Voidable: state == models.CouponUsable && who.store == campaign.StoreID, Steps: rec.steps(who),
		ValidFrom: c.ValidFrom, ValidUntil: c.ValidUntil,
	}, nil
}

func (s *Service) record(ctx context.Context, r *gorm.DB, c models.Coupon) (record, error) {
	rec := record{coupon: c, locale: web.Locale(ctx)}
	var err error
	if rec.stores, err = s.Pool.Refs(ctx, c.AllianceID); err != nil {
		return rec, err
	}
	for _, rows := range []any{&rec.uses, &rec.entries, &rec.voids} {
		if err := r.Where("coupon_id = ?", c.ID).Find(rows).Error; err != nil {
			return rec, err
		}
	}
	err = r.Where("(coupon_id = ? OR taken_coupon_id = ?) AND state = ?", c.ID, c.ID, models.GiftTaken).Find(&rec.gifts).Error
	if err != nil {
		return rec, err
	}
	var accounts []models.ID
	for _, u := range rec.uses {
		accounts = append(accounts, u.ByAccount, u.ReversedBy)
	}
	for _, e := range rec.entries {
		accounts = append(accounts, e.ByAccount)
	}
	for _, v := range rec.voids {
		accounts = append(accounts, v.ByAccount)
	}
	rec.names, err = s.Identity.Names(r, accounts)
	return rec, err
}

// steps tells a record in the order of what happened.
func (rec record) steps(who reader) []CouponStep {
	steps := rec.cameAndWent()
	for _, u := range rec.uses {
		steps = append(steps, rec.use(u, who)...)
	}
	for _, e := range rec.entries {
		if e.Outcome != models.TillBooked && who.member.IsZero() {
			steps = append(steps, rec.step(StepUnbooked, e.At, e.StoreID, e.ByAccount, who).because(e.Why().In(rec.locale)).of(e.Off).offline())
		}
	}
	for _, v := range rec.voids {
		steps = append(steps, rec.step(StepVoided, v.At, v.StoreID, v.ByAccount, reader{store: who.store}).because(v.Reason))
	}
	slices.SortStableFunc(steps, func(a, b CouponStep) int { return a.At.Compare(b.At) })
	return steps
}

// cameAndWent tells how the coupon came to its member, and that it went to a friend.
func (rec record) cameAndWent() []CouponStep {
	steps := []CouponStep{{Kind: StepClaimed, At: rec.coupon.ClaimedAt}}
	for _, g := range rec.gifts {
		if g.TakenCouponID == rec.coupon.ID {
			steps[0].Kind = StepReceived
		} else if g.EndedAt != nil {
			steps = append(steps, CouponStep{Kind: StepGiven, At: *g.EndedAt})
		}
	}
	return steps
}

// use tells of a redemption, and of its being taken back.
func (rec record) use(u models.Redemption, who reader) []CouponStep {
	step := rec.step(StepRedeemed, u.At, u.StoreID, u.ByAccount, who).of(u.Off)
	step.Offline = slices.ContainsFunc(rec.entries, func(e models.TillEntry) bool { return e.Outcome == models.TillBooked && e.RedemptionID == u.ID })
	if who.store == u.StoreID {
		step.RedemptionID = u.ID
	}
	if u.ReversedAt == nil {
		return []CouponStep{step}
	}
	return []CouponStep{step, rec.step(StepReversed, *u.ReversedAt, u.StoreID, u.ReversedBy, who).because(u.ReversalReason)}
}

func (rec record) step(kind StepKind, at time.Time, store, by models.ID, who reader) CouponStep {
	ref := rec.stores[store]
	step := CouponStep{Kind: kind, At: at, Store: &ref}
	if who.sees(store) {
		step.By = rec.names[by]
	}
	return step
}

func (s CouponStep) because(reason string) CouponStep {
	s.Reason = reason
	return s
}

func (s CouponStep) of(off int64) CouponStep {
	m := models.Fen(off)
	s.Off = &m
	return s
}

func (s CouponStep) offline() CouponStep {
	s.Offline = true
	return s
}
