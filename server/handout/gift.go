package handout

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/db"
)

// Give puts a member's coupon on its way to a friend: a link that the giver sends. One that is on its way already is
// answered as it is. Until a friend takes it the coupon is the giver's, to use or to take back.
// Errors: not_found, not_transferable, gift_twice, coupon_begun, and those of a coupon that does not work.
func (s *Service) Give(ctx context.Context, alliance, member, id models.ID) (models.Gift, error) {
	var g models.Gift
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := db.Find[models.Coupon](db.Lock(tx), "id = ? AND alliance_id = ? AND member_id = ?", id, alliance, member)
		if err != nil {
			return err
		}
		if g, err = db.Find[models.Gift](tx, "open_coupon_id = ?", c.ID); !errors.Is(err, models.ErrNotFound) {
			return err
		}
		if err := s.mayGive(tx, c); err != nil {
			return err
		}
		g, err = s.open(tx, c)
		return err
	})
	return g, err
}

// mayGive: what came from a friend stays, so that no coupon wanders from hand to hand.
func (s *Service) mayGive(tx *gorm.DB, c models.Coupon) error {
	err := s.Coupon.MayPassOn(tx.Statement.Context, c)
	if err == nil && c.Gifted {
		err = ErrSecond
	}
	return err
}

func (s *Service) open(tx *gorm.DB, c models.Coupon) (models.Gift, error) {
	giver, err := s.Pool.Member(tx.Statement.Context, c.AllianceID, c.MemberID)
	if err != nil {
		return models.Gift{}, err
	}
	link, err := s.Pool.GiftLink(tx, giver, c.CampaignID, c.ValidUntil)
	if err != nil {
		return models.Gift{}, err
	}
	g := models.Gift{
		ID: models.NewID(), AllianceID: c.AllianceID, CampaignID: c.CampaignID, CouponID: c.ID, OpenCouponID: c.ID, GiverID: giver.ID,
		LinkID: link.ID, State: models.GiftOpen, MadeAt: s.Clock.Now(),
	}
	return g, tx.Create(&g).Error
}

// TakeBack ends a gift that nobody has taken. Errors: not_found, gift_taken, gift_taken_back.
func (s *Service) TakeBack(ctx context.Context, alliance, member, id models.ID) (models.Gift, error) {
	var g models.Gift
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if g, err = db.Find[models.Gift](tx, "id = ? AND alliance_id = ? AND giver_id = ?", id, alliance, member); err != nil {
			return err
		}
		now := s.Clock.Now()
		return s.end(tx, &g, map[string]any{"state": models.GiftBack, "open_coupon_id": nil, "ended_at": now})
	})
	return g, err
}

// end moves an open gift to another state, once; one that is not open any more says what became of it.
func (s *Service) end(tx *gorm.DB, g *models.Gift, changes map[string]any) error {
	moved := tx.Model(&models.Gift{}).Where("id = ? AND state = ?", g.ID, models.GiftOpen).Updates(changes)
	if moved.Error != nil {
		return moved.Error
	}
	if err := tx.Where("id = ?", g.ID).Take(g).Error; err != nil || moved.RowsAffected == 1 {
		return err
	}
	return giftOver(*g)
}

func giftOver(g models.Gift) error {
	switch g.State {
	case models.GiftTaken:
		return ErrGiftTaken
	case models.GiftShut:
		return ErrGiftShut
	}
	return ErrGiftBack
}

// Refuse ends a gift that a member will not have; the coupon stays the giver's, who is told.
// Errors: coupon_link_unknown, own_gift, gift_taken, gift_taken_back, gift_refused.
func (s *Service) Refuse(ctx context.Context, alliance, member models.ID, code string) error {
	link, err := s.link(ctx, code)
	if err == nil && (link.AllianceID != alliance || link.Kind != models.TouchMember) {
		err = ErrLink
	}
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		g, err := db.Find[models.Gift](tx, "link_id = ?", link.ID)
		if err != nil {
			return err
		}
		if g.GiverID == member {
			return ErrOwnGift
		}
		if err := s.end(tx, &g, map[string]any{"state": models.GiftShut, "open_coupon_id": nil, "ended_at": s.Clock.Now()}); err != nil {
			return err
		}
		return s.Outbox.Add(tx, alliance, models.EventGiftRefused, models.GiftRefused{GiftID: g.ID, CampaignID: g.CampaignID, GiverID: g.GiverID})
	})
}

// take makes a gift the coupon of the member who opened its link. Who took it already gets the same coupon again.
// Errors: own_gift, gift_taken, gift_taken_back, gift_used, claim_limit, and those of a coupon that does not work any more.
func (s *Service) take(ctx context.Context, link models.JoinLink, member models.ID) (models.Coupon, error) {
	var c models.Coupon
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		g, err := db.Find[models.Gift](tx, "link_id = ?", link.ID)
		if err != nil {
			return err
		}
		switch {
		case g.State == models.GiftTaken && g.TakerID == member:
			c, err = db.Find[models.Coupon](tx, "id = ?", g.TakenCouponID)
			return err
		case g.State != models.GiftOpen:
			return giftOver(g)
		case g.GiverID == member:
			return ErrOwnGift
		}
		c, err = s.handOver(tx, g, member)
		return err
	})
	return c, err
}

// handOver passes the coupon on and closes the gift, in one transaction with what is told of it.
func (s *Service) handOver(tx *gorm.DB, g models.Gift, taker models.ID) (models.Coupon, error) {
	m, err := s.Pool.Member(tx.Statement.Context, g.AllianceID, taker)
	if err != nil {
		return models.Coupon{}, err
	}
	c, err := s.Coupon.PassOn(tx, g.AllianceID, g.CouponID, taker)
	if err != nil {
		return c, s.taken(tx, g.ID, quietly(err))
	}
	fresh := m.JoinLinkID == g.LinkID
	err = s.end(tx, &g, map[string]any{
		"state": models.GiftTaken, "open_coupon_id": nil, "ended_at": s.Clock.Now(), "taker_id": taker, "taken_coupon_id": c.ID, "new_member": fresh,
	})
	if err != nil {
		return c, err
	}
	if err := s.record(tx, c, note{way: models.WayGift, cause: g.ID, source: g.ID}); err != nil {
		return c, err
	}
	return c, s.Outbox.Add(tx, g.AllianceID, models.EventGiftAccepted, models.GiftAccepted{
		GiftID: g.ID, CampaignID: g.CampaignID, GiverID: g.GiverID, TakerID: taker, NewMember: fresh,
	})
}

// quietly keeps when and where a giver used the coupon from whoever has the link.
func quietly(err error) error {
	if errors.Is(err, coupon.ErrCouponUsed) {
		return ErrGiftUsed
	}
	return err
}

// taken says that another friend was faster, where that is why the coupon could not be passed on.
func (s *Service) taken(tx *gorm.DB, gift models.ID, refused error) error {
	if !errors.Is(refused, coupon.ErrGivenAway) {
		return refused
	}
	g, err := db.Find[models.Gift](db.Lock(tx), "id = ?", gift)
	if err != nil || g.State == models.GiftOpen {
		return errors.Join(refused, err)
	}
	return giftOver(g)
}

// GiftsOf lists a member's gifts, the newest first.
func (s *Service) GiftsOf(ctx context.Context, alliance, member models.ID) ([]models.Gift, error) {
	var rows []models.Gift
	err := s.DB.Read(ctx).Where("alliance_id = ? AND giver_id = ?", alliance, member).Order("id DESC").Limit(maxGifts).Find(&rows).Error
	return rows, err
}

// maxGifts bounds the list of a member's gifts.
const maxGifts = 200
