package coupon

import (
	"crypto/ed25519"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Signers makes the key that signs a street's coupons; it is the same on every node (token.Keys.Signer).
type Signers interface {
	Signer(purpose string) (ed25519.PrivateKey, error)
}

// tokenKey is the street's key for coupons; it signs nothing else.
func (s *Service) tokenKey(alliance models.ID) (ed25519.PrivateKey, error) {
	return s.Keys.Signer("coupons of " + alliance.String())
}

// TokenKey is the public key, Ed25519, by which a till without a network verifies a street's coupons (docs/offline.md).
func (s *Service) TokenKey(alliance models.ID) (ed25519.PublicKey, error) {
	key, err := s.tokenKey(alliance)
	if err != nil {
		return nil, err
	}
	return key.Public().(ed25519.PublicKey), nil
}

// ownViews shows coupons to the member whose they are: with the token that a till without a network takes. Nobody else
// gets to see it.
func (s *Service) ownViews(r *gorm.DB, st street, coupons []models.Coupon) ([]CouponView, error) {
	views, err := s.couponViews(r, st, coupons)
	if err != nil || len(coupons) == 0 {
		return views, err
	}
	owner, err := s.Pool.Member(r.Statement.Context, st.ID, coupons[0].MemberID)
	if err != nil {
		return nil, err
	}
	return views, s.putTokens(views, coupons, owner.Number)
}

// putTokens puts their tokens into the views of a member's coupons.
func (s *Service) putTokens(views []CouponView, coupons []models.Coupon, member int64) error {
	key, err := s.tokenKey(coupons[0].AllianceID)
	if err != nil {
		return err
	}
	for i, c := range coupons {
		if views[i].State == models.CouponUsable {
			views[i].OfflineToken = tokenOf(c, member).Sign(key)
		}
	}
	return nil
}

func tokenOf(c models.Coupon, member int64) models.CouponToken {
	return models.CouponToken{
		Coupon: c.ID, Campaign: c.CampaignID, Version: c.Version, Use: c.Uses + 1, Member: member, From: c.ValidFrom, Until: c.ValidUntil,
	}
}

// couponOfCode finds the coupon whose own code was shown at a till: typed, or as the QR code of its token. ok is false
// for what is no coupon's code. Error: coupon_unknown.
func (s *Service) couponOfCode(r *gorm.DB, alliance models.ID, code string) (c models.Coupon, ok bool, err error) {
	if models.IsCouponToken(code) {
		return s.couponOfToken(r, alliance, code)
	}
	own, err := models.ParseCouponCode(code)
	if err != nil {
		return c, false, nil
	}
	c, err = db.Find[models.Coupon](r, "alliance_id = ? AND code = ?", alliance, own)
	return c, true, err
}

func (s *Service) couponOfToken(r *gorm.DB, alliance models.ID, text string) (c models.Coupon, ok bool, err error) {
	key, err := s.TokenKey(alliance)
	if err != nil {
		return c, true, err
	}
	t, err := models.OpenCouponToken(text, key)
	if err != nil {
		return c, true, models.ErrNotFound
	}
	c, err = db.Find[models.Coupon](r, "alliance_id = ? AND id = ?", alliance, t.Coupon)
	return c, true, err
}
