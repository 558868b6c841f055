package coupon

import (
	"context"
	"fmt"
	"strings"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral"
)

// explainShares tells a store of the lines by which a coupon's cost was split: which coupon, and by which signed share.
func (s *Service) explainShares(ctx context.Context, r referral.Reader, lines []ledger.Line) (map[models.ID]referral.Explanation, error) {
	var redemptions, campaigns []models.ID
	for _, l := range lines {
		redemptions, campaigns = append(redemptions, l.RedemptionID), append(campaigns, l.CampaignID)
	}
	var rows []models.Redemption
	read := s.DB.Read(ctx)
	if err := read.Where("+alliance_id = ? AND id IN ?", r.Alliance.ID, redemptions).Find(&rows).Error; err != nil {
		return nil, err
	}
	receipts, err := withShares(read, rows)
	if err != nil {
		return nil, err
	}
	titles, err := titlesOf(ctx, s, r.Alliance.ID, campaigns)
	if err != nil {
		return nil, err
	}
	said, byID := make(map[models.ID]referral.Explanation, len(lines)), map[models.ID]Receipt{}
	for _, out := range receipts {
		byID[out.ID] = out
	}
	for _, l := range lines {
		if out, ok := byID[l.RedemptionID]; ok {
			said[l.ID] = explainShare(r, l, out, titles[l.CampaignID])
		}
	}
	return said, nil
}

func titlesOf(ctx context.Context, s *Service, alliance models.ID, ids []models.ID) (map[models.ID]string, error) {
	var rows []models.Campaign
	err := s.DB.Read(ctx).Select("id, title").Where("+alliance_id = ? AND id IN ?", alliance, ids).Find(&rows).Error
	titles := make(map[models.ID]string, len(rows))
	for _, c := range rows {
		titles[c.ID] = c.Title
	}
	return titles, err
}

func explainShare(r referral.Reader, l ledger.Line, out Receipt, title string) referral.Explanation {
	other := r.Sign(l.Other.OwnerID)
	e := referral.Explanation{Text: fill("%s收了一张「%s」", "%s took a coupon “%s”", other, models.Same(title))}
	funder := r.Store
	if out.StoreID == r.Store {
		e.Text = fill("「%s」在你家用了", "“%s” was used here", models.Same(title))
		funder = l.Other.OwnerID
	}
	for _, sh := range out.Shares {
		if sh.StoreID == funder {
			e.Why = []models.Text{fill("%s签过字的份额是 %s：%s 里出 %s。", "By its signature %s carries %s: of %s, %s.",
				r.Sign(funder), models.Same(percent(sh.ShareBPS)), models.Same(models.Yuan(out.Cost)), models.Same(models.Yuan(sh.Amount)))}
		}
	}
	return e
}

// percent writes basis points: 3000 is "30%", 1250 is "12.5%".
func percent(bps int64) string {
	text := fmt.Sprintf("%d.%02d", bps/100, bps%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".") + "%"
}
