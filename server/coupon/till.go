package coupon

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
	"onestreet/server/relation"
)

const (
	usedShown = 5                  // used coupons that the till still sees after a scan
	usedFor   = 7 * 24 * time.Hour // and for how long
	maxAtTill = 100
)

// shown is who and what a code at the till stands for.
type shown struct {
	member models.Member
	coupon models.ID // the coupon whose own code it was; zero for a member's code
	until  time.Time // when the code turns; a coupon's own code does not
}

// read tells whose code was shown at a till: a member's eight digits or QR text, or a coupon's own code.
// Errors: coupon_unknown, coupon_code_slip, printed_code, and the pool's of member codes (code_form, code_unknown, member_code_expired, code_ambiguous).
func (s *Service) read(ctx context.Context, alliance models.ID, code string) (shown, error) {
	c, own, err := s.couponOfCode(s.DB.Read(ctx), alliance, code)
	if !own {
		if err := s.Misread(ctx, alliance, code); err != nil {
			return shown{}, err
		}
		m, until, err := s.Pool.ResolveCode(ctx, alliance, code)
		return shown{member: m, until: until}, err
	}
	if errors.Is(err, models.ErrNotFound) {
		return shown{}, s.onPaper(ctx, alliance, code)
	}
	if err != nil {
		return shown{}, err
	}
	m, err := s.Pool.Member(ctx, alliance, c.MemberID)
	return shown{member: m, coupon: c.ID, until: s.Clock.Now().Add(models.PresenceLasts)}, err
}

// seen notes that a member showed a code at a store's till.
func (s *Service) seen(tx *gorm.DB, store models.ID, m models.Member) error {
	p := models.Presence{AllianceID: m.AllianceID, StoreID: store, MemberID: m.ID, At: s.Clock.Now()}
	return tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "store_id"}, {Name: "member_id"}}, DoUpdates: clause.AssignmentColumns([]string{"at"}),
	}).Create(&p).Error
}

// Present lets a store's till act for a member for a few minutes (models.PresenceLasts). It is for what reads codes:
// tills, and tests and seeds that have none.
func (s *Service) Present(ctx context.Context, store models.ID, m models.Member) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.seen(tx, store, m) })
}

// IsPresent answers whoever acts for a member at a till without a code: has the member shown one there a moment ago?
// Error: code_needed.
func (s *Service) IsPresent(ctx context.Context, store, member models.ID) error {
	p, err := db.Find[models.Presence](s.DB.Read(ctx), "store_id = ? AND member_id = ?", store, member)
	if errors.Is(err, models.ErrNotFound) || err == nil && s.Clock.Now().Sub(p.At) > models.PresenceLasts {
		return relation.ErrCodeNeeded
	}
	return err
}

// AtTill is what a till sees after a scan: who it is, and their coupons with what works here.
type AtTill struct {
	Member  models.Member
	Until   time.Time // when the code turns
	Coupons []CouponView
}

// LookUp reads a code at a store's till and lists the member's coupons: first those that work here now, then those that
// do not and why, then those used lately.
// Errors: store_suspended, coupon_unknown, coupon_code_slip, printed_code, code_form, code_unknown, member_code_expired, code_ambiguous.
func (s *Service) LookUp(ctx context.Context, by Staff, code string) (AtTill, error) {
	if err := s.active(ctx, by.Alliance, by.Store); err != nil {
		return AtTill{}, err
	}
	who, err := s.read(ctx, by.Alliance, code)
	if err != nil {
		return AtTill{}, err
	}
	if err := s.Present(ctx, by.Store, who.member); err != nil {
		return AtTill{}, err
	}
	coupons, err := s.tillCoupons(ctx, by, who)
	return AtTill{Member: who.member, Until: who.until, Coupons: coupons}, err
}

func (s *Service) tillCoupons(ctx context.Context, by Staff, who shown) ([]CouponView, error) {
	st, err := s.street(ctx, by.Alliance)
	if err != nil {
		return nil, err
	}
	r := s.DB.Read(ctx)
	rows, err := handyCoupons(r, who, st.now)
	if err != nil {
		return nil, err
	}
	p, err := s.pocket(r, st, rows)
	if err != nil {
		return nil, err
	}
	views := make([]CouponView, len(rows))
	for i, c := range rows {
		views[i] = p.view(c)
		views[i].Here = verdict(p.judge(c, by.Store), web.Locale(ctx))
	}
	slices.SortStableFunc(views, func(a, b CouponView) int { return rank(a, who.coupon) - rank(b, who.coupon) })
	return views, nil
}

// rank puts the coupon whose own code was shown first, then what works here.
func rank(v CouponView, shown models.ID) int {
	switch {
	case v.ID == shown:
		return 0
	case v.Here.OK:
		return 1
	case v.State == models.CouponUsable:
		return 2
	}
	return 3
}

// handyCoupons reads a member's usable coupons, those that end first before the others, and the ones used lately; and
// the one whose own code was shown, whatever its state.
func handyCoupons(r *gorm.DB, who shown, now time.Time) ([]models.Coupon, error) {
	var usable, used, own []models.Coupon
	mine := func() *gorm.DB {
		return r.Where("alliance_id = ? AND member_id = ?", who.member.AllianceID, who.member.ID)
	}
	err := mine().Where("state = ? AND valid_until >= ?", models.CouponUsable, now).Order("valid_until, id").Limit(maxAtTill).Find(&usable).Error
	if err != nil {
		return nil, err
	}
	err = mine().Where("state = ? AND used_at >= ?", models.CouponUsed, now.Add(-usedFor)).Order("used_at DESC, id DESC").Limit(usedShown).Find(&used).Error
	if err != nil {
		return nil, err
	}
	all := slices.Concat(usable, used)
	if !who.coupon.IsZero() && !slices.ContainsFunc(all, func(c models.Coupon) bool { return c.ID == who.coupon }) {
		err = mine().Where("id = ?", who.coupon).Find(&own).Error
	}
	return append(own, all...), err
}

// known is a member as one store knows them. Error: not_found.
func (s *Service) known(ctx context.Context, by Staff, m models.Member) (LookupMember, error) {
	st, err := s.street(ctx, by.Alliance)
	if err != nil {
		return LookupMember{}, err
	}
	standing, err := s.Relation.Standing(ctx, by.Alliance, by.Store, []models.ID{m.ID})
	if err != nil {
		return LookupMember{}, err
	}
	newYear := time.Date(st.now.In(st.zone).Year(), time.January, 1, 0, 0, 0, 0, st.zone)
	visits, err := s.Relation.VisitsSince(ctx, by.Store, m.ID, newYear.UTC())
	if err != nil {
		return LookupMember{}, err
	}
	points, err := s.Ledger.Points(ctx, by.Alliance, m.ID)
	k := standing[m.ID]
	v := LookupMember{
		ID: m.ID, Name: m.Ref().Name, Face: m.Face, Number: m.Number, Level: k.Level, Remark: k.Remark, Tags: k.Tags, VisitsThisYear: visits, Points: points,
	}
	if v.Tags == nil {
		v.Tags = []string{}
	}
	return v, err
}
