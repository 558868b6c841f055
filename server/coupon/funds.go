package coupon

import (
	"slices"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// owed is a part of what a redemption costs, and whose it is.
type owed struct {
	owner  models.ID
	amount int64
}

// owes lists what a receipt takes: the whole from the campaign's budget, and each funder's part from its cap.
func (r *Receipt) owes() []owed {
	parts := []owed{{r.CampaignID, r.Cost}}
	for _, sh := range r.Shares {
		parts = append(parts, owed{sh.StoreID, sh.Amount})
	}
	return parts
}

// spend takes what a redemption costs from what its owners may pay, and counts it against what the store may take, by
// conditional updates: of two tills that want the last fen only one goes on. c is the redemption's campaign.
// Errors: budget_spent, store_limit.
func (s *Service) spend(tx *gorm.DB, c models.Campaign, out *Receipt) error {
	if err := charge(tx, c.ID, out.owes()); err != nil {
		return err
	}
	if err := countRedemption(tx, c, out); err != nil {
		return err
	}
	return s.tellBudget(tx, c, out, 1)
}

// charge takes amounts from what their owners may pay, in one statement. Error: budget_spent.
func charge(tx *gorm.DB, campaign models.ID, parts []owed) error {
	parts = slices.DeleteFunc(parts, func(part owed) bool { return part.amount == 0 })
	if len(parts) == 0 {
		return nil
	}
	owners, amounts := make([]models.ID, len(parts)), make([]any, 0, 2*len(parts))
	for i, part := range parts {
		owners[i], amounts = part.owner, append(amounts, part.owner, part.amount)
	}
	amount := "CASE owner_id" + strings.Repeat(" WHEN ? THEN ?", len(parts)) + " END"
	args := append(slices.Concat(amounts, []any{campaign, owners}), amounts...)
	done := tx.Exec("UPDATE campaign_funds SET spent = spent + "+amount+" WHERE campaign_id = ? AND owner_id IN ? AND spent + "+amount+" <= most", args...)
	if done.Error == nil && done.RowsAffected != int64(len(parts)) {
		return ErrBudgetSpent
	}
	return done.Error
}

// countRedemption counts a redemption against what its store may take. Error: store_limit.
func countRedemption(tx *gorm.DB, c models.Campaign, out *Receipt) error {
	for _, limit := range []struct {
		most int64
		k    counter
	}{{c.PerStore, storeCounter(c, out.StoreID)}, {c.PerStoreDay, storeDayCounter(c, out.StoreID, out.LocalDate)}} {
		if limit.most == 0 {
			continue
		}
		full, err := limit.k.take(tx, 1, limit.most)
		if err != nil {
			return err
		}
		if full {
			return ErrStoreLimit
		}
	}
	return nil
}

// unspend gives back what a redemption took that is taken back itself.
func (s *Service) unspend(tx *gorm.DB, out *Receipt) error {
	for _, part := range out.owes() {
		err := tx.Model(&models.CampaignFund{}).Where("campaign_id = ? AND owner_id = ? AND spent >= ?", out.CampaignID, part.owner, part.amount).
			Update("spent", gorm.Expr("spent - ?", part.amount)).Error
		if err != nil {
			return err
		}
	}
	c, err := db.Find[models.Campaign](tx, "id = ?", out.CampaignID)
	if err != nil {
		return err
	}
	for _, k := range []counter{storeCounter(c, out.StoreID), storeDayCounter(c, out.StoreID, out.LocalDate)} {
		if err := k.giveBack(tx, 1); err != nil {
			return err
		}
	}
	return s.tellBudget(tx, c, out, -1)
}

// tellBudget tells the street when a redemption (sign 1), or its reversal (−1), has changed what is left behind a campaign.
// One whose money is set aside at the claim never runs short, so there is nothing to tell.
func (s *Service) tellBudget(tx *gorm.DB, c models.Campaign, out *Receipt, sign int64) error {
	db.AfterCommit(tx, func() { s.resultsChanged(c.AllianceID, out) })
	if c.AtClaim() {
		return nil
	}
	left, err := leftBehind(tx, []models.ID{c.ID})
	if err != nil {
		return err
	}
	now, was := left[c.ID], map[models.ID]int64{}
	for owner, l := range now {
		was[owner] = l
	}
	for _, part := range out.owes() {
		was[part.owner] += sign * part.amount
	}
	before, after := c.BudgetAfter(signedBy(out), was), c.BudgetAfter(signedBy(out), now)
	if before == after {
		return nil
	}
	if after == models.BudgetSpent {
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventBudgetSpent, models.BudgetRanOut{CampaignID: c.ID}); err != nil {
			return err
		}
	}
	if c, err = db.Find[models.Campaign](tx, "id = ?", c.ID); err != nil {
		return err
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: c.ID, Remaining: c.Remaining})
}

// signedBy is the shares by which a receipt was split.
func signedBy(out *Receipt) []models.CampaignShare {
	shares := make([]models.CampaignShare, len(out.Shares))
	for i, sh := range out.Shares {
		shares[i] = models.CampaignShare{StoreID: sh.StoreID, ShareBPS: sh.ShareBPS}
	}
	return shares
}

// resultsChanged tells the desks of those who pay for a campaign that its figures are others.
func (s *Service) resultsChanged(alliance models.ID, out *Receipt) {
	told := map[models.ID]bool{alliance: true}
	for _, store := range append([]models.ID{out.StoreID}, funders(out)...) {
		if !told[store] {
			told[store] = true
			s.Streams.Signal(alliance, "desk:"+store.String(), "campaign.results", map[string]any{"campaign_id": out.CampaignID})
		}
	}
}

func funders(out *Receipt) []models.ID {
	ids := make([]models.ID, len(out.Shares))
	for i, sh := range out.Shares {
		ids[i] = sh.StoreID
	}
	return ids
}

// fund writes what each owner may pay from now on for a campaign that everyone has signed: the budget, and each funder's
// cap; never less than what is spent, or set aside for coupons of earlier terms.
func fund(tx *gorm.DB, c models.Campaign, shares []models.CampaignShare, e models.Earlier) error {
	most := map[models.ID]int64{c.ID: c.MostCost()}
	for _, sh := range shares {
		most[sh.StoreID] = sh.Cap
	}
	if c.AtClaim() && c.Budget == 0 {
		most[c.ID] += e.Aside[c.ID]
	}
	for owner, m := range most {
		if c.AtClaim() {
			m = max(m, e.Aside[owner])
		}
		if err := fundOne(tx, c, owner, m); err != nil {
			return err
		}
	}
	return nil
}

func fundOne(tx *gorm.DB, c models.Campaign, owner models.ID, most int64) error {
	row := models.CampaignFund{CampaignID: c.ID, OwnerID: owner, AllianceID: c.AllianceID, Most: most}
	if err := db.OnConflictSkip(tx).Create(&row).Error; err != nil {
		return err
	}
	return tx.Model(&models.CampaignFund{}).Where("campaign_id = ? AND owner_id = ?", c.ID, owner).
		Update("most", gorm.Expr("CASE WHEN spent > ? THEN spent ELSE ? END", most, most)).Error
}
