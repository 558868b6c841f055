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

// shareAnswered tells the issuer that a store it asked has signed, or does not take part.
func (s *Service) shareAnswered(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.ShareAnswered) error {
	c, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", p.CampaignID, e.AllianceID)
	if err != nil {
		return err
	}
	funder, err := s.funder(ctx, e.AllianceID, p.StoreID)
	if err != nil {
		return err
	}
	kind := models.DeskShareSigned
	if p.Declined {
		kind = models.DeskShareDeclined
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: c.StoreID, kind: kind, at: e.At, reference: fmt.Sprintf("answer:%s:%d:%s", c.ID, p.Version, p.StoreID),
		facts: facts{Store: funder, Title: c.Title, Count: p.Missing},
	})
}

// budgetSpent tells everyone who pays for a campaign that its coupons do not redeem any more.
func (s *Service) budgetSpent(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.BudgetRanOut) error {
	return s.tellParts(ctx, tx, e, p.CampaignID, deskDraft{
		kind: models.DeskBudgetSpent, at: e.At, reference: fmt.Sprintf("budget:%s:%d", p.CampaignID, e.At.UnixMicro()),
	})
}

// partnerLeaving tells the others that a partner has given notice, and has those told who hold coupons; the fund has no till
// where they could be used.
func (s *Service) partnerLeaving(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PartnerLeft) error {
	if err := s.tellOfLeaving(ctx, tx, e, p, models.DeskPartnerLeaving); err != nil || p.StoreID == e.AllianceID {
		return err
	}
	return s.Outbox.Add(tx, e.AllianceID, models.EventHoldersToTell, models.HoldersToTell{PartnerLeft: p})
}

// partnerLeft tells them that it is gone.
func (s *Service) partnerLeft(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PartnerLeft) error {
	return s.tellOfLeaving(ctx, tx, e, p, models.DeskPartnerLeft)
}

func (s *Service) tellOfLeaving(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PartnerLeft, kind models.DeskKind) error {
	leaver, err := s.funder(ctx, e.AllianceID, p.StoreID)
	if err != nil {
		return err
	}
	return s.tellParts(ctx, tx, e, p.CampaignID, deskDraft{
		kind: kind, at: e.At, reference: fmt.Sprintf("%s:%s:%s:%d", kind, p.CampaignID, p.StoreID, p.At.Unix()),
		facts: facts{Store: leaver, Until: p.At},
	})
}

// funder is the name of who carries a share: a store's, or the fund's.
func (s *Service) funder(ctx context.Context, alliance, id models.ID) (string, error) {
	if id == alliance {
		street, err := s.Pool.Alliance(ctx, alliance)
		return street.Name + "联盟基金", err
	}
	store, err := s.Pool.Store(ctx, alliance, id)
	return store.Name, err
}

// tellParts writes a line on the desk of every store that signed a campaign's present terms.
func (s *Service) tellParts(_ context.Context, tx *gorm.DB, e outbox.Event, campaign models.ID, d deskDraft) error {
	c, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", campaign, e.AllianceID)
	if err != nil {
		return err
	}
	var stores []models.ID
	err = tx.Model(&models.CampaignShare{}).Where("campaign_id = ? AND version = ? AND state = ? AND store_id <> ?", c.ID, c.Version, models.ShareSigned, c.AllianceID).
		Order("position").Pluck("store_id", &stores).Error
	d.alliance, d.facts.Title = e.AllianceID, c.Title
	for i := 0; err == nil && i < len(stores); i++ {
		d.store = stores[i]
		err = s.tellDesk(tx, d)
	}
	return err
}

// campaignLine finds the words for what a campaign's partners are told.
func campaignLine(kind models.DeskKind, f facts, zone *time.Location) (text, detail models.Text) {
	switch kind {
	case models.DeskShareSigned:
		return words("%s签了「%s」", "%s has signed “%s”", f.Store, f.Title), stillMissing(f.Count)
	case models.DeskShareDeclined:
		return words("%s这回不参加「%s」", "%s does not take part in “%s”", f.Store, f.Title),
			models.Text{ZH: "改一改份额，或者不请它，再送大家签", EN: "Change its share or leave it out, and ask the others again"}
	case models.DeskBudgetSpent:
		return words("「%s」的钱用完了", "The money behind “%s” is used up", f.Title),
			models.Text{ZH: "手里的券先用不了，改预算要大家重新签", EN: "Its coupons do not redeem now; another budget has to be signed by all"}
	case models.DeskPartnerLeft:
		return words("%s退出了「%s」", "%s has left “%s”", f.Store, f.Title),
			models.Text{ZH: "以前领的券，别家照收，它照出", EN: "Coupons claimed before still work elsewhere, and it still pays its share of them"}
	}
	return words("%s要退出「%s」", "%s is leaving “%s”", f.Store, f.Title),
		both("做到 %s", "Until %s", moment(f.Until.Add(-time.Second), zone))
}

func stillMissing(n int64) models.Text {
	if n == 0 {
		return models.Text{ZH: "都签齐了", EN: "All have signed"}
	}
	return words("还差 %d 家签字", "Signatures still missing: %d", n)
}
