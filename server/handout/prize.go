package handout

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// Prize is a coupon that a member has won. Cause names what it was won in, such as a draw: the same cause gives a member one
// coupon of the campaign, however often it is told. Reason is for people to read, now and later.
type Prize struct {
	Alliance, Store, Campaign models.ID
	Member                    models.ID
	Cause                     models.ID
	Reason                    string
	By                        models.ID // account; zero when a draw decided
}

// Award hands a prize over in the caller's transaction, so that a draw and its prize stand or fall together; told again,
// it answers with the same coupon. Nothing is owed by it: the cost falls when the coupon is redeemed.
// Errors: not_found (campaign of another store, member of another street), member_left, given_otherwise, and those of a claim.
func (s *Service) Award(tx *gorm.DB, p Prize) (models.Coupon, error) {
	if _, err := s.campaign(tx, Staff{Alliance: p.Alliance, Store: p.Store}, p.Campaign); err != nil {
		return models.Coupon{}, err
	}
	m, err := s.Pool.Member(tx.Statement.Context, p.Alliance, p.Member)
	if err != nil {
		return models.Coupon{}, err
	}
	if m.Left() {
		return models.Coupon{}, ErrMemberLeft
	}
	return s.once(tx, coupon.Order{Alliance: p.Alliance, Campaign: p.Campaign, Way: models.WayPrize, Members: []models.ID{p.Member}},
		note{way: models.WayPrize, cause: p.Cause, reason: strings.TrimSpace(p.Reason), by: p.By})
}

// once gives one member a coupon for a cause; a cause that gave one already is answered with that. Of two who ask at once the
// second waits for the campaign's row; behind it stands the unique key of the handout.
func (s *Service) once(tx *gorm.DB, o coupon.Order, n note) (models.Coupon, error) {
	if _, err := db.Find[models.Campaign](db.Lock(tx), "id = ? AND alliance_id = ?", o.Campaign, o.Alliance); err != nil {
		return models.Coupon{}, err
	}
	known, err := s.given(tx, o, n.cause)
	if !errors.Is(err, models.ErrNotFound) {
		return known, err
	}
	answers, err := s.Coupon.GiveOut(tx, o)
	if err != nil {
		return models.Coupon{}, err
	}
	if answers[0].Err != nil {
		return models.Coupon{}, answers[0].Err
	}
	return answers[0].Value, s.record(tx, answers[0].Value, n)
}

// given is the coupon that a cause has given a member. Error: not_found.
func (s *Service) given(tx *gorm.DB, o coupon.Order, cause models.ID) (models.Coupon, error) {
	row, err := db.Find[models.Handout](tx, "campaign_id = ? AND member_id = ? AND cause_id = ?", o.Campaign, o.Members[0], cause)
	if err != nil {
		return models.Coupon{}, err
	}
	return db.Find[models.Coupon](tx, "id = ?", row.CouponID)
}

// Hand is a prize handed over by the staff. Errors: those of Award, store_suspended.
func (s *Service) Hand(ctx context.Context, by Staff, p Prize) (models.Coupon, error) {
	p.Alliance, p.Store, p.By = by.Alliance, by.Store, by.Account
	var c models.Coupon
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if err = s.trading(tx, by); err != nil {
			return err
		}
		c, err = s.Award(tx, p)
		return err
	})
	return c, coupon.ToClerk(err)
}
