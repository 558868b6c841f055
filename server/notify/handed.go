package notify

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// handed tells a member of a coupon that came without their asking. What they took themselves, by a link, from paper or from
// a friend, they know of.
func (s *Service) handed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.CouponHanded) error {
	kind := models.NoticeCouponSent
	switch p.Way {
	case models.WaySent, models.WayTrigger:
	case models.WayPrize:
		kind = models.NoticePrize
	default:
		return nil
	}
	campaign, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", p.CampaignID, e.AllianceID)
	if err != nil {
		return err
	}
	c, err := db.Find[models.Coupon](tx, "id = ?", p.CouponID)
	if err != nil {
		return err
	}
	issuer, err := s.Pool.Store(ctx, e.AllianceID, campaign.StoreID)
	if err != nil {
		return err
	}
	h, err := db.Find[models.Handout](tx, "coupon_id = ?", c.ID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.MemberID, store: issuer.ID, kind: kind, reference: "handed:" + c.ID.String(), link: "/coupons",
		at: p.At, facts: facts{Store: issuer.Name, Title: campaign.Title, Place: h.Reason, Until: c.ValidUntil, Ours: p.Way == models.WayTrigger},
	})
}

// giftTaken tells a member that a friend has taken their gift. The letter names nobody: who it was stands in the wallet.
func (s *Service) giftTaken(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.GiftAccepted) error {
	return s.tellGiver(ctx, tx, e, models.GiftRefused{GiftID: p.GiftID, CampaignID: p.CampaignID, GiverID: p.GiverID}, models.NoticeGiftTaken, p.NewMember)
}

// giftRefused tells a member that a friend would not have their gift.
func (s *Service) giftRefused(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.GiftRefused) error {
	return s.tellGiver(ctx, tx, e, p, models.NoticeGiftRefused, false)
}

func (s *Service) tellGiver(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.GiftRefused, kind models.NoticeKind, fresh bool) error {
	campaign, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", p.CampaignID, e.AllianceID)
	if err != nil {
		return err
	}
	issuer, err := s.Pool.Store(ctx, e.AllianceID, campaign.StoreID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.GiverID, store: issuer.ID, kind: kind, reference: "gift:" + p.GiftID.String(), link: "/coupons",
		at: e.At, facts: facts{Store: issuer.Name, Title: campaign.Title, Ours: fresh},
	})
}

// sentLetter: Ours says that the coupon came for something that the member did.
func sentLetter(f facts, until models.Text) (title, text models.Text) {
	if f.Ours {
		return words("%s谢谢您来，送您一张「%s」", "%s thanks you for coming: “%s”", f.Store, f.Title),
			both("已经在券夹里了，能用到 %s", "It is in your wallet already, good until %s.", until)
	}
	return words("%s给您一张「%s」", "%s has sent you “%s”", f.Store, f.Title),
		both("已经在券夹里了，能用到 %s", "It is in your wallet already, good until %s.", until)
}

// prizeLetter: Place holds what the prize is for.
func prizeLetter(f facts, until models.Text) (title, text models.Text) {
	title = words("您得了一张「%s」", "You have won “%s”", f.Title)
	if f.Place == "" {
		return title, both("%s送的，已经在券夹里了，能用到 %s", "From %s. It is in your wallet already, good until %s.", models.Same(f.Store), until)
	}
	return title, both("%s送的：%s。已经在券夹里了，能用到 %s", "From %s: %s. It is in your wallet already, good until %s.", models.Same(f.Store), models.Same(f.Place), until)
}

func giftLetter(f facts) (title, text models.Text) {
	title = words("朋友收下了您送的「%s」", "Your friend has taken “%s”", f.Title)
	if f.Ours {
		return title, words("新街坊跟着您进了街，头一回买东西，您就有积分", "A new neighbour came by you: when they buy for the first time, there are points for you.")
	}
	return title, words("到时候用的是朋友，您这张就收进「送出去的」了", "It is your friend's to use now; yours is kept among those given away.")
}
