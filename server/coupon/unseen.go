package coupon

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Unseen is a coupon that a till took without a network, as its log tells it later.
type Unseen struct {
	Staff
	Token    models.CouponToken // its signature was verified
	Bill     int64              // fen
	At       time.Time          // when, by the server's clock
	Allotted bool               // it is one of those that were set aside for the till
}

// RedeemUnseen carries out what a till did without a network, at the time when it did it, within the caller's
// transaction, which holds the ledger's lock. It is refused for every reason that Redeem has, before anything is written.
// Errors: those of Redeem, token_outdated (a copy from before the last use, or from before the coupon changed hands),
// set_aside (more than was set aside, and nothing else is free).
func (s *Service) RedeemUnseen(tx *gorm.DB, u Unseen) (Bill, error) {
	c, err := db.Find[models.Coupon](tx, "id = ? AND alliance_id = ?", u.Token.Coupon, u.Alliance)
	if errors.Is(err, models.ErrNotFound) {
		err = ErrNoCoupon
	}
	if err != nil {
		return Bill{}, err
	}
	at := AtBill{Staff: u.Staff, Member: c.MemberID, Coupons: []models.ID{c.ID}, Basket: models.Basket{Bill: u.Bill}}
	coupons, p, err := s.atHand(tx.Statement.Context, tx, at)
	if err != nil {
		return Bill{}, err
	}
	p.street.now, p.allotted = u.At, u.Allotted
	if err := s.isPresentCopy(tx, p, c, u.Token); err != nil {
		return Bill{}, err
	}
	out, err := p.bill(coupons, at)
	if err != nil {
		return Bill{}, err
	}
	return out, s.redeem(tx, p, coupons, &out)
}

// isPresentCopy refuses a copy of a coupon that says another use than its next, or another member than whose it is.
func (s *Service) isPresentCopy(tx *gorm.DB, p *pocket, c models.Coupon, t models.CouponToken) error {
	owner, err := s.Pool.Member(tx.Statement.Context, c.AllianceID, c.MemberID)
	if err != nil {
		return err
	}
	first, err := db.Find[models.Redemption](tx, "coupon_id = ? AND use_number = ?", c.ID, t.Use)
	switch {
	case err == nil && first.State == models.RedemptionStands:
		p.uses = map[models.ID]models.Redemption{c.ID: first}
		return p.usedWords(c)
	case err != nil && !errors.Is(err, models.ErrNotFound):
		return err
	case t.Use != c.Uses+1, t.Member != owner.Number:
		return ErrOldCopy
	}
	return nil
}

// FirstUse is the redemption that stands for a use of a coupon; the zero one when there is none.
func (s *Service) FirstUse(tx *gorm.DB, coupon models.ID, use int64) (models.Redemption, error) {
	r, err := db.Find[models.Redemption](tx, "coupon_id = ? AND use_number = ? AND state = ?", coupon, use, models.RedemptionStands)
	if errors.Is(err, models.ErrNotFound) {
		return models.Redemption{}, nil
	}
	return r, err
}
