package coupon

import (
	"bytes"
	"cmp"
	"maps"
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

// taking is the receipts on bills that are of one campaign.
type taking struct {
	campaign models.Campaign
	receipts []*Receipt
}

// takings sorts the receipts of bills by campaign.
func takings(p *pocket, bills []*Bill) []taking {
	of := map[models.ID][]*Receipt{}
	for _, out := range bills {
		for i := range out.Receipts {
			r := &out.Receipts[i]
			of[r.CampaignID] = append(of[r.CampaignID], r)
		}
	}
	all := make([]taking, 0, len(of))
	for id, receipts := range of {
		all = append(all, taking{p.campaigns[id], receipts})
	}
	slices.SortFunc(all, func(a, b taking) int { return bytes.Compare(a.campaign.ID[:], b.campaign.ID[:]) })
	return all
}

// owes adds up what receipts of a campaign take, by owner.
func (t taking) owes() []owed {
	var parts []owed
	for _, r := range t.receipts {
		for _, part := range r.owes() {
			i := slices.IndexFunc(parts, func(p owed) bool { return p.owner == part.owner })
			if i < 0 {
				parts = append(parts, part)
				continue
			}
			parts[i].amount += part.amount
		}
	}
	return parts
}

// spend takes what redemptions cost from what their owners may pay, and counts them against what the stores may take, by
// conditional updates: of two tills that want the last fen only one goes on. Errors: budget_spent, store_limit.
func (s *Service) spend(tx *gorm.DB, t taking) error {
	if err := charge(tx, t.campaign.ID, t.owes()); err != nil {
		return err
	}
	if err := countRedemptions(tx, t); err != nil {
		return err
	}
	return s.tellBudget(tx, t, 1)
}

// charge takes amounts from what their owners may pay, in one statement. Error: budget_spent.
func charge(tx *gorm.DB, campaign models.ID, parts []owed) error {
	parts = slices.DeleteFunc(parts, func(part owed) bool { return part.amount == 0 })
	if len(parts) == 0 {
		return nil
	}
	owners, amounts := make([]any, len(parts)), make([]any, 0, 2*len(parts))
	for i, part := range parts {
		owners[i], amounts = part.owner, append(amounts, part.owner, part.amount)
	}
	amount := "CASE owner_id" + strings.Repeat(" WHEN ? THEN ?", len(parts)) + " END"
	among := "(?" + strings.Repeat(", ?", len(parts)-1) + ")"
	return db.Counted(tx, func(charged int64) error {
		if charged != int64(len(parts)) {
			return ErrBudgetSpent
		}
		return nil
	}, "UPDATE campaign_funds SET spent = spent + "+amount+" WHERE campaign_id = ? AND owner_id IN "+among+" AND spent + "+amount+" <= most",
		slices.Concat(amounts, []any{campaign}, owners, amounts)...)
}

// atTill is a store on a day.
type atTill struct {
	store models.ID
	day   string
}

// countRedemptions counts redemptions against what their stores may take. Error: store_limit.
func countRedemptions(tx *gorm.DB, t taking) error {
	c, n := t.campaign, map[atTill]int64{}
	if c.PerStore == 0 && c.PerStoreDay == 0 {
		return nil
	}
	for _, r := range t.receipts {
		n[atTill{r.StoreID, r.LocalDate}]++
	}
	for at, more := range n {
		for _, limit := range []struct {
			most int64
			k    counter
		}{{c.PerStore, storeCounter(c, at.store)}, {c.PerStoreDay, storeDayCounter(c, at.store, at.day)}} {
			if limit.most == 0 {
				continue
			}
			if full, err := limit.k.take(tx, more, limit.most); err != nil || full {
				return cmp.Or(err, error(ErrStoreLimit))
			}
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
	return s.tellBudget(tx, taking{c, []*Receipt{out}}, -1)
}

// tellBudget tells the street when redemptions (sign 1), or a reversal (−1), have changed what is left behind a campaign.
// One whose money is set aside at the claim never runs short, so there is nothing to tell.
func (s *Service) tellBudget(tx *gorm.DB, t taking, sign int64) error {
	c := t.campaign
	db.AfterCommit(tx, func() { s.resultsChanged(t) })
	if c.AtClaim() {
		return nil
	}
	left, err := leftBehind(tx, []models.ID{c.ID})
	if err != nil {
		return err
	}
	changed, spent := t.turned(left[c.ID], sign)
	if !changed {
		return nil
	}
	if spent {
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventBudgetSpent, models.BudgetRanOut{CampaignID: c.ID}); err != nil {
			return err
		}
	}
	if c, err = db.Find[models.Campaign](tx, "id = ?", c.ID); err != nil {
		return err
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: c.ID, Remaining: c.Remaining})
}

// turned tells whether what is left behind a campaign is another state than before, and whether it is spent now, by the
// shares of any of the receipts: those of an earlier version were signed otherwise.
func (t taking) turned(now map[models.ID]int64, sign int64) (changed, spent bool) {
	was := maps.Clone(now)
	for _, part := range t.owes() {
		was[part.owner] += sign * part.amount
	}
	for _, r := range t.receipts {
		if before, after := t.campaign.BudgetAfter(signedBy(r), was), t.campaign.BudgetAfter(signedBy(r), now); before != after {
			changed, spent = true, spent || after == models.BudgetSpent
		}
	}
	return changed, spent
}

// signedBy is the shares by which a receipt was split.
func signedBy(out *Receipt) []models.CampaignShare {
	shares := make([]models.CampaignShare, len(out.Shares))
	for i, sh := range out.Shares {
		shares[i] = models.CampaignShare{StoreID: sh.StoreID, ShareBPS: sh.ShareBPS}
	}
	return shares
}

// resultsChanged tells the desks of those who pay for a campaign, or redeem it, that its figures are others.
func (s *Service) resultsChanged(t taking) {
	alliance, told := t.campaign.AllianceID, map[models.ID]bool{t.campaign.AllianceID: true}
	tell := func(store models.ID) {
		if !told[store] {
			told[store] = true
			s.Streams.Signal(alliance, "desk:"+store.String(), "campaign.results", map[string]any{"campaign_id": t.campaign.ID})
		}
	}
	for _, r := range t.receipts {
		tell(r.StoreID)
		for _, sh := range r.Shares {
			tell(sh.StoreID)
		}
	}
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
