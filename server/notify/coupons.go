package notify

import (
	"context"
	"fmt"
	"maps"
	"slices"
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

// redeemed hands members their receipts, one a bill however many coupons are on it, and tells the stores that bear a share
// of a coupon redeemed elsewhere.
func (s *Service) redeemed(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.CouponRedeemed]) error {
	street := told[0].AllianceID
	bills, members, at := []models.ID{}, []models.ID{}, make(map[models.ID]time.Time, len(told))
	for _, e := range told {
		bills, members, at[e.What.RedemptionID] = append(bills, e.What.BillID), append(members, e.What.MemberID), e.What.At
	}
	stacks, shares := map[models.ID]stack{}, []borne{}
	err := db.FindAll(tx, append(s.Pool.Ahead(tx, street, members), askStacks(tx, street, bills, stacks), askBorne(tx, street, at, &shares))...)
	if err != nil {
		return err
	}
	stores, err := s.Pool.Refs(ctx, street)
	if err != nil {
		return err
	}
	var receipts []draft
	for _, e := range told {
		if p := e.What; p.Position == 0 {
			receipts = append(receipts, receipt(street, stores[p.StoreID], stacks[p.BillID], p))
		}
	}
	if err := s.deliverAll(tx, street, receipts); err != nil {
		return err
	}
	return s.tellFunders(tx, stores, shares, at, models.DeskCouponElsewhere, -1)
}

func receipt(street models.ID, till models.StoreRef, on stack, p models.CouponRedeemed) draft {
	return draft{
		alliance: street, member: p.MemberID, store: p.StoreID, kind: models.NoticeReceipt,
		reference: "redemption:" + p.RedemptionID.String(), link: "/coupons", at: p.At,
		facts: facts{Store: till.Name, Title: on.title(), Off: on.off, Paid: p.Paid},
	}
}

// stack is what the coupons on a bill are called, and took off together.
type stack struct {
	titles []string
	off    int64
}

func (s stack) title() string { return strings.Join(s.titles, " + ") }

// onBill is a coupon on a bill.
type onBill struct {
	BillID models.ID
	Title  string
	Off    int64
}

// askStacks asks what is on bills.
func askStacks(tx *gorm.DB, street models.ID, bills []models.ID, into map[models.ID]stack) db.Query {
	var rows []onBill
	of := tx.Table("redemptions AS r").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").Select("r.bill_id, c.title, r.off").
		Where("r.bill_id IN ? AND +r.alliance_id = ?", bills, street).Order("r.bill_id, r.position")
	return db.Query{Of: of, Into: &rows, Then: func() {
		for _, row := range rows {
			on := into[row.BillID]
			into[row.BillID] = stack{append(on.titles, row.Title), on.off + row.Off}
		}
	}}
}

// borne is a share of a redemption that another store than the one with the till bears.
type borne struct {
	models.RedemptionShare
	Till   models.ID
	Title  string
	Issuer models.ID
}

// askBorne asks which stores bear a share of redemptions and are not the one with the till.
func askBorne(tx *gorm.DB, street models.ID, redemptions map[models.ID]time.Time, into *[]borne) db.Query {
	return db.Query{Into: into, Of: tx.Table("redemption_shares AS s").
		Joins("JOIN redemptions AS r ON r.id = s.redemption_id").Joins("JOIN campaigns AS c ON c.id = r.campaign_id").
		Select("s.*, r.store_id AS till, c.title, c.store_id AS issuer").
		Where("s.redemption_id IN ? AND +s.alliance_id = ? AND s.store_id <> r.store_id AND s.store_id <> s.alliance_id AND s.amount > 0",
			slices.Collect(maps.Keys(redemptions)), street).Order("s.redemption_id, s.position")}
}

// tellFunders tells every store that bears a share of redemptions; at says when each of them was. sign is −1 for what it
// costs them, +1 for what comes back.
func (s *Service) tellFunders(tx *gorm.DB, stores map[models.ID]models.StoreRef, shares []borne, at map[models.ID]time.Time, kind models.DeskKind, sign int64) error {
	lines := make([]deskDraft, len(shares))
	for i, share := range shares {
		lines[i] = deskDraft{
			alliance: share.AllianceID, store: share.StoreID, kind: kind, reference: string(kind) + ":" + share.RedemptionID.String(),
			at: at[share.RedemptionID], amount: sign * share.Amount,
			facts: facts{Store: stores[share.Till].Name, Title: share.Title, BPS: share.ShareBPS, Ours: share.Issuer == share.StoreID},
		}
	}
	return s.tellDesks(tx, lines)
}

// reversed tells the member that the coupons of a bill are back, in one letter, and the funders that their share is.
func (s *Service) reversed(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.RedemptionReversed) error {
	r, err := db.Find[models.Redemption](tx, "id = ? AND alliance_id = ?", p.RedemptionID, e.AllianceID)
	if err != nil {
		return err
	}
	stacks, shares, at := map[models.ID]stack{}, []borne{}, map[models.ID]time.Time{r.ID: e.At}
	err = db.FindAll(tx, askStacks(tx, e.AllianceID, []models.ID{r.BillID}, stacks), askBorne(tx, e.AllianceID, at, &shares))
	if err != nil {
		return err
	}
	stores, err := s.Pool.Refs(ctx, e.AllianceID)
	if err != nil {
		return err
	}
	if r.Position == 0 {
		if err := s.returned(tx, e, r, stores[r.StoreID], stacks[r.BillID]); err != nil {
			return err
		}
	}
	return s.tellFunders(tx, stores, shares, at, models.DeskCouponReturned, +1)
}

func (s *Service) returned(tx *gorm.DB, e outbox.Event, r models.Redemption, till models.StoreRef, on stack) error {
	coupon, err := db.Find[models.Coupon](tx, "id = ?", r.CouponID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: r.MemberID, store: r.StoreID, kind: models.NoticeReversed,
		reference: "reversal:" + r.ID.String(), link: "/coupons", at: e.At,
		facts: facts{Store: till.Name, Title: on.title(), Until: coupon.ValidUntil},
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
	if err != nil {
		return db.IfNone(err, nil) // the terms have changed meanwhile, and the store is no partner any more
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
