package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// ExpiringWithin is how long before its end a coupon's member is reminded of it.
const ExpiringWithin = 72 * time.Hour

// remindPage bounds how many coupons are looked at in one transaction.
const remindPage = 200

// redeemed hands the member a receipt, one a bill however many coupons are on it, and tells the stores that bear a share of
// a coupon redeemed elsewhere.
func (s *Service) redeemed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.CouponRedeemed) error {
	if p.Position == 0 {
		if err := s.receipt(ctx, tx, e, p); err != nil {
			return err
		}
	}
	return s.tellFunders(tx, e, p.RedemptionID, p.At, models.DeskCouponElsewhere, -1)
}

func (s *Service) receipt(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.CouponRedeemed) error {
	title, off, err := stackOf(tx, e.AllianceID, p.BillID)
	if err != nil {
		return err
	}
	till, err := s.Pool.Store(ctx, e.AllianceID, p.StoreID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.MemberID, store: p.StoreID, kind: models.NoticeReceipt,
		reference: "redemption:" + p.RedemptionID.String(), link: "/coupons", at: p.At,
		facts: facts{Store: till.Name, Title: title, Off: off, Paid: p.Paid},
	})
}

// stackOf is what the coupons on a bill are called, and took off together.
func stackOf(tx *gorm.DB, alliance, bill models.ID) (title string, off int64, err error) {
	var rows []struct {
		Title string
		Off   int64
	}
	err = tx.Table("redemptions AS r").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").Select("c.title, r.off").
		Where("r.bill_id = ? AND r.alliance_id = ?", bill, alliance).Order("r.position").Scan(&rows).Error
	titles := make([]string, len(rows))
	for i, row := range rows {
		titles[i], off = row.Title, off+row.Off
	}
	return strings.Join(titles, " + "), off, err
}

// tellFunders tells every store that bears a share and is not the one with the till. sign is −1 for what it costs them,
// +1 for what comes back.
func (s *Service) tellFunders(tx *gorm.DB, e outbox.Event, redemption models.ID, at time.Time, kind models.DeskKind, sign int64) error {
	r, err := db.Find[models.Redemption](tx, "id = ? AND alliance_id = ?", redemption, e.AllianceID)
	if err != nil {
		return err
	}
	campaign, err := db.Once(tx.Statement.Context, r.CampaignID, func() (models.Campaign, error) {
		return db.Find[models.Campaign](tx, "id = ?", r.CampaignID)
	})
	if err != nil {
		return err
	}
	till, err := s.Pool.Store(tx.Statement.Context, e.AllianceID, r.StoreID)
	if err != nil {
		return err
	}
	var shares []models.RedemptionShare
	err = tx.Where("redemption_id = ? AND store_id <> ? AND store_id <> ? AND amount > 0", redemption, r.StoreID, r.AllianceID).Order("position").Find(&shares).Error
	for i := 0; err == nil && i < len(shares); i++ {
		share := shares[i]
		err = s.tellDesk(tx, deskDraft{
			alliance: e.AllianceID, store: share.StoreID, kind: kind, reference: string(kind) + ":" + redemption.String(), at: at,
			amount: sign * share.Amount,
			facts:  facts{Store: till.Name, Title: campaign.Title, BPS: share.ShareBPS, Ours: campaign.StoreID == share.StoreID},
		})
	}
	return err
}

// reversed tells the member that the coupons of a bill are back, in one letter, and the funders that their share is.
func (s *Service) reversed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.RedemptionReversed) error {
	r, err := db.Find[models.Redemption](tx, "id = ? AND alliance_id = ?", p.RedemptionID, e.AllianceID)
	if err != nil {
		return err
	}
	if r.Position == 0 {
		if err := s.returned(ctx, tx, e, r); err != nil {
			return err
		}
	}
	return s.tellFunders(tx, e, r.ID, e.At, models.DeskCouponReturned, +1)
}

func (s *Service) returned(ctx context.Context, tx *gorm.DB, e outbox.Event, r models.Redemption) error {
	coupon, err := db.Find[models.Coupon](tx, "id = ?", r.CouponID)
	if err != nil {
		return err
	}
	title, _, err := stackOf(tx, e.AllianceID, r.BillID)
	if err != nil {
		return err
	}
	till, err := s.Pool.Store(ctx, e.AllianceID, r.StoreID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: r.MemberID, store: r.StoreID, kind: models.NoticeReversed,
		reference: "reversal:" + r.ID.String(), link: "/coupons", at: e.At,
		facts: facts{Store: till.Name, Title: title, Until: coupon.ValidUntil},
	})
}

// signatureWanted tells a store's desk that its owner is asked to sign; or coordinators, when it is the fund's share.
func (s *Service) signatureWanted(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.SignatureWanted) error {
	campaign, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", p.CampaignID, e.AllianceID)
	if err != nil {
		return err
	}
	if p.StoreID == e.AllianceID {
		db.AfterCommit(tx, func() { s.Streams.Signal(e.AllianceID, "alliance", "overview.changed", map[string]any{}) })
		return nil
	}
	version := max(p.Version, campaign.Version)
	share, err := db.Find[models.CampaignShare](tx, "campaign_id = ? AND version = ? AND store_id = ?", campaign.ID, version, p.StoreID)
	if errors.Is(err, models.ErrNotFound) {
		return nil // the terms have changed meanwhile, and the store is no partner any more
	}
	if err != nil {
		return err
	}
	issuer, err := s.Pool.Store(ctx, e.AllianceID, campaign.StoreID)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskSignatureWanted, at: e.At,
		reference: fmt.Sprintf("signature:%s:%d", campaign.ID, version),
		facts:     facts{Store: issuer.Name, Title: campaign.Title, BPS: share.ShareBPS},
	})
}

// RemindOfCoupons nudges members whose coupons end within three days: once a coupon, within the weekly number. Every
// node may run it at any time.
func (s *Service) RemindOfCoupons(ctx context.Context) error {
	now := s.Clock.Now()
	var after models.Coupon
	for {
		page, err := s.endingSoon(ctx, now, after)
		if err != nil || len(page) == 0 {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error { return s.remindAll(tx, page, now) })
		if err != nil {
			return err
		}
		after = page[len(page)-1]
	}
}

// endingSoon reads a page of coupons in the order of their end.
func (s *Service) endingSoon(ctx context.Context, now time.Time, after models.Coupon) ([]models.Coupon, error) {
	query := s.DB.Read(ctx).Where("state = ? AND valid_until > ? AND valid_until <= ? AND valid_from <= ?",
		models.CouponUsable, now, now.Add(ExpiringWithin), now)
	if !after.ID.IsZero() {
		query = query.Where("valid_until > ? OR valid_until = ? AND id > ?", after.ValidUntil, after.ValidUntil, after.ID)
	}
	var page []models.Coupon
	err := query.Order("valid_until, id").Limit(remindPage).Find(&page).Error
	return page, err
}

func (s *Service) remindAll(tx *gorm.DB, coupons []models.Coupon, now time.Time) error {
	told, err := remindedOf(tx, coupons)
	for i := 0; err == nil && i < len(coupons); i++ {
		if !told[reminder(coupons[i])] {
			err = s.remind(tx, coupons[i], now)
		}
	}
	return err
}

func reminder(c models.Coupon) string { return "expiring:" + c.ID.String() }

// remindedOf reads which of the coupons have been told of.
func remindedOf(tx *gorm.DB, coupons []models.Coupon) (map[string]bool, error) {
	var references, told []string
	var members []models.ID
	for _, c := range coupons {
		references, members = append(references, reminder(c)), append(members, c.MemberID)
	}
	err := tx.Model(&models.Notice{}).Where("member_id IN ? AND reference IN ?", members, references).Pluck("reference", &told).Error
	set := make(map[string]bool, len(told))
	for _, reference := range told {
		set[reference] = true
	}
	return set, err
}

func (s *Service) remind(tx *gorm.DB, c models.Coupon, now time.Time) error {
	campaign, err := db.Find[models.Campaign](tx, "id = ?", c.CampaignID)
	if err != nil {
		return err
	}
	issuer, err := s.Pool.Store(tx.Statement.Context, c.AllianceID, campaign.StoreID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: c.AllianceID, member: c.MemberID, store: issuer.ID, kind: models.NoticeCouponExpiring, reference: reminder(c),
		link: "/coupons", at: now, facts: facts{Store: issuer.Name, Title: campaign.Title, Until: c.ValidUntil},
	})
}
