package coupon

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/relation"
)

// BillLine is a row of a bill.
type BillLine struct {
	Unit   models.Charge  `json:"unit"`
	Pieces int64          `json:"pieces" minimum:"1" maximum:"999"`
	Goods  string         `json:"goods,omitempty" maxLength:"20" doc:"what they are, for coupons that are limited to some goods"`
	Least  *models.Charge `json:"least,omitempty" doc:"no coupon brings a piece below it"`
}

// BasketBody is a bill. Its lines may tell a part of it only.
type BasketBody struct {
	Bill  models.Charge `json:"bill"`
	Lines []BillLine    `json:"lines,omitempty" maxItems:"100"`
}

func (b BasketBody) basket() models.Basket {
	out := models.Basket{Bill: b.Bill.Amount}
	for _, l := range b.Lines {
		line := models.Line{Unit: l.Unit.Amount, Pieces: l.Pieces, Goods: l.Goods}
		setAmount(&line.Least, l.Least)
		out.Lines = append(out.Lines, line)
	}
	return out
}

type billBody struct {
	Code      string      `json:"code,omitempty" maxLength:"200" doc:"the member's eight digits or QR text, or the coupon's own code or QR text"`
	MemberID  models.ID   `json:"member_id,omitempty" doc:"instead of a code, within ten minutes of having read one here"`
	CouponID  models.ID   `json:"coupon_id,omitempty" doc:"may be left out with the coupon's own code"`
	CouponIDs []models.ID `json:"coupon_ids,omitempty" maxItems:"5" doc:"several on one bill, in any order"`
	BasketBody
}

type billInput struct {
	StorePath
	Body billBody
}

// coupons are those that the body names.
func (b billBody) coupons() []models.ID {
	if b.CouponID.IsZero() {
		return b.CouponIDs
	}
	return append([]models.ID{b.CouponID}, b.CouponIDs...)
}

// asks is a redemption that a till asks for. Where the till names the member nothing has to be read before: whose coupons
// they are, and whether the member is there, is judged with the bill. Errors: those of atBill.
func (s *Service) asks(ctx context.Context, in *billInput) (asked, error) {
	if b := in.Body; b.Code == "" && !b.MemberID.IsZero() && len(b.coupons()) > 0 {
		return asked{AtBill: AtBill{Staff: Acting(ctx, in.Store), Member: b.MemberID, Coupons: b.coupons(), Basket: b.basket()}}, nil
	}
	at, err := s.atBill(ctx, in)
	return asked{AtBill: at, withCode: true}, err
}

// atBill finds out whose coupons a till means. Errors: code_or_member, coupon_needed, code_needed, coupon_unknown, and
// those of codes.
func (s *Service) atBill(ctx context.Context, in *billInput) (AtBill, error) {
	at := AtBill{Staff: Acting(ctx, in.Store), Member: in.Body.MemberID, Coupons: in.Body.coupons(), Basket: in.Body.basket()}
	if in.Body.Code != "" {
		return s.atBillByCode(ctx, at, in.Body)
	}
	switch {
	case at.Member.IsZero() && len(at.Coupons) == 0:
		return at, ErrWhoseCoupon
	case len(at.Coupons) == 0:
		return at, ErrWhichCoupon
	}
	var err error
	at.Member, err = s.presentOwner(ctx, at)
	return at, err
}

func (s *Service) atBillByCode(ctx context.Context, at AtBill, body billBody) (AtBill, error) {
	who, err := s.read(ctx, at.Alliance, body.Code)
	if err != nil {
		return at, err
	}
	at.Member = who.member.ID
	if len(at.Coupons) == 0 && !who.coupon.IsZero() {
		at.Coupons = []models.ID{who.coupon}
	}
	switch {
	case len(at.Coupons) == 0:
		return at, ErrWhichCoupon
	case !who.owns(at.Coupons), !body.MemberID.IsZero() && body.MemberID != at.Member:
		return at, ErrNoCoupon
	}
	return at, s.Present(ctx, at.Store, who.member)
}

// owns tells whether what was shown may use the coupons: a coupon's own code stands for that coupon only.
func (w shown) owns(coupons []models.ID) bool {
	return w.coupon.IsZero() || len(coupons) == 1 && coupons[0] == w.coupon
}

// presentOwner is the member whose coupons they are, by the first of them, and who has shown a code at this till a moment
// ago; when the till names a member it must be that one's. It is one read, for every bill begins with it.
// Errors: coupon_unknown, code_needed.
func (s *Service) presentOwner(ctx context.Context, at AtBill) (models.ID, error) {
	var owner struct {
		MemberID models.ID
		At       *time.Time // nil: never shown here
	}
	err := s.DB.Read(ctx).Table("coupons c").Select("c.member_id, p.at").
		Joins("LEFT JOIN till_presences p ON p.store_id = ? AND p.member_id = c.member_id", at.Store).
		Where("c.id = ? AND c.alliance_id = ?", at.Coupons[0], at.Alliance).Take(&owner).Error
	switch {
	case db.IsNotFound(err) || err == nil && !at.Member.IsZero() && owner.MemberID != at.Member:
		return at.Member, ErrNoCoupon
	case err == nil && (owner.At == nil || s.Clock.Now().Sub(*owner.At) > models.PresenceLasts):
		return owner.MemberID, relation.ErrCodeNeeded
	}
	return owner.MemberID, err
}
