package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// couponVoided tells a member, in the issuer's voice and with its reason, that a coupon of theirs does not work any more.
func (s *Service) couponVoided(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.CouponVoided) error {
	v, err := db.Find[models.VoidedCoupon](tx, "coupon_id = ? AND alliance_id = ?", p.CouponID, e.AllianceID)
	if err != nil {
		return err
	}
	campaign, err := db.Find[models.Campaign](tx, "id = ?", p.CampaignID)
	if err != nil {
		return err
	}
	issuer, err := s.Pool.Store(ctx, e.AllianceID, p.StoreID)
	if err != nil {
		return err
	}
	return s.deliver(tx, draft{
		alliance: e.AllianceID, member: p.MemberID, store: p.StoreID, kind: models.NoticeCouponVoided, reference: "void:" + p.CouponID.String(),
		link: "/coupons", at: p.At, facts: facts{Store: issuer.Name, Title: campaign.Title, Why: models.Text{ZH: v.Reason, EN: v.Reason}},
	})
}

// tillUnbooked tells a store's desk that something its till took without a network is not in the books, and why.
func (s *Service) tillUnbooked(_ context.Context, tx *gorm.DB, e outbox.Event, p models.TillEntryUnbooked) error {
	entry, err := db.Find[models.TillEntry](tx, "till_id = ? AND seq = ? AND alliance_id = ?", p.TillID, p.Seq, e.AllianceID)
	if err != nil {
		return err
	}
	campaign, err := db.Find[models.Campaign](tx, "id = ?", entry.CampaignID)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskTillUnbooked, reference: fmt.Sprintf("till:%s:%d", p.TillID, p.Seq),
		at: entry.ReceivedAt, facts: facts{Title: campaign.Title, From: entry.At, Off: entry.Off, Why: entry.Why()},
	})
}

// tillDiffers tells a store's desk that its till took off another sum than the terms give.
func (s *Service) tillDiffers(_ context.Context, tx *gorm.DB, e outbox.Event, p models.TillEntryDiffers) error {
	entry, err := db.Find[models.TillEntry](tx, "till_id = ? AND seq = ? AND alliance_id = ?", p.TillID, p.Seq, e.AllianceID)
	if err != nil {
		return err
	}
	campaign, err := db.Find[models.Campaign](tx, "id = ?", entry.CampaignID)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: p.StoreID, kind: models.DeskTillDiffers, reference: fmt.Sprintf("till:%s:%d", p.TillID, p.Seq),
		at: entry.ReceivedAt, facts: facts{Title: campaign.Title, From: entry.At, Off: entry.Off, Paid: entry.BookedOff},
	})
}

// sumLine is the desk's line for a till's sum that the terms do not give. What was taken off too much is the store's own;
// what was taken off too little is the customer's.
func sumLine(f facts, zone *time.Location) (text, detail models.Text) {
	text = words("没网时收的「%s」，减的数不对", "“%s”, taken without a network: the sum is not the terms’", f.Title)
	when, off, terms := moment(f.From, zone), models.Same(models.Yuan(f.Off)), models.Same(models.Yuan(f.Paid))
	if f.Off > f.Paid {
		return text, both("%s 减了 %s 元，条款上是 %s 元，多减的算我们自己的", "On %s %s yuan came off; the terms give %s. The difference is our own loss", when, off, terms)
	}
	return text, both("%s 减了 %s 元，条款上是 %s 元，少减的该退给顾客", "On %s %s yuan came off; the terms give %s. The customer is owed the difference", when, off, terms)
}

// tillLine is the desk's line for what a till took and the books do not hold.
func tillLine(f facts, zone *time.Location) (text, detail models.Text) {
	text = both("没网时收的一张券没记上账：%s", "A coupon taken without a network did not count: %s", f.Why)
	when := moment(f.From, zone)
	if f.Off == 0 {
		return text, both("%s 收的", "It was taken on %s", when)
	}
	yuan := models.Same(models.Yuan(f.Off))
	return text, both("%s 收的，减掉的 %s 元算我们自己的", "It was taken on %s; the %s yuan off are our own loss", when, yuan)
}

func voidLetter(f facts) (title, text models.Text) {
	return words("「%s」用不了了", "“%s” does not work any more", f.Title),
		both("%s收回了这张券：%s。给您添麻烦了，来店里说一声，我们当面跟您讲清楚", "%s has taken this coupon back: %s. We are sorry for the trouble; come by and we will explain.", models.Same(f.Store), f.Why)
}
