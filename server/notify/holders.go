package notify

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// holdersPage bounds how many members are written to in one transaction.
const holdersPage = 200

// tellHolders writes to a page of the members who hold a coupon that works longer than a store takes it, and asks for the
// next page. A store that has thought better of it meanwhile is not told of.
func (s *Service) tellHolders(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.HoldersToTell) error {
	_, err := db.Find[models.CampaignNotice](tx, "campaign_id = ? AND store_id = ? AND leaves_at = ?", p.CampaignID, p.StoreID, p.At)
	if err != nil {
		return db.IfNone(err, nil)
	}
	members, err := holdersOf(tx, p)
	if err != nil || len(members) == 0 {
		return err
	}
	letters, err := s.leavingLetters(ctx, tx, e, p.PartnerLeft, members)
	if err != nil {
		return err
	}
	if err := s.deliverAll(tx, e.AllianceID, letters); err != nil || len(members) < holdersPage {
		return err
	}
	p.After = members[len(members)-1]
	return s.Outbox.Add(tx, e.AllianceID, models.EventHoldersToTell, p)
}

// holdersOf are members with a coupon whose terms the store has signed, and which outlasts its leaving.
func holdersOf(tx *gorm.DB, p models.HoldersToTell) (members []models.ID, err error) {
	held := tx.Table("coupons AS c").Joins("JOIN campaign_shares AS s ON s.campaign_id = c.campaign_id AND s.version = c.version AND s.store_id = ?", p.StoreID).
		Where("c.campaign_id = ? AND c.state = ? AND c.valid_until >= ?", p.CampaignID, models.CouponUsable, p.At)
	if !p.After.IsZero() {
		held = held.Where("c.member_id > ?", p.After)
	}
	err = held.Distinct("c.member_id").Order("c.member_id").Limit(holdersPage).Pluck("c.member_id", &members).Error
	return members, err
}

func (s *Service) leavingLetters(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PartnerLeft, members []models.ID) ([]draft, error) {
	campaign, err := db.Find[models.Campaign](tx, "id = ?", p.CampaignID)
	if err != nil {
		return nil, err
	}
	leaver, err := s.Pool.Store(ctx, e.AllianceID, p.StoreID)
	letters := make([]draft, len(members))
	for i, member := range members {
		letters[i] = draft{
			alliance: e.AllianceID, member: member, store: campaign.StoreID, kind: models.NoticeStoreLeaving, link: "/coupons", at: e.At,
			reference: fmt.Sprintf("leaving:%s:%s:%d", p.CampaignID, p.StoreID, p.At.Unix()),
			facts:     facts{Store: leaver.Name, Title: campaign.Title, Until: p.At.Add(-time.Second)},
		}
	}
	return letters, err
}
