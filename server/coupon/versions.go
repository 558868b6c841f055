package coupon

import (
	"context"
	"maps"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// proposal is a version that waits beside the running one: its terms on the campaign's row, and its shares.
type proposal struct {
	row    models.CampaignTerms
	as     models.Campaign // the campaign as it would read; its state is draft or signing
	shares []models.CampaignShare
	floors map[models.ID]int64 // by funder: what is spent, or set aside, already
}

// proposed reads what waits to take a running campaign's place. Error: not_found.
func proposed(tx *gorm.DB, c models.Campaign) (proposal, error) {
	row, err := db.Find[models.CampaignTerms](tx, "campaign_id = ? AND version = ?", c.ID, c.Proposed)
	if err != nil {
		return proposal{}, err
	}
	p := proposal{row: row, as: c.Under(row.Terms)}
	if p.as.State = models.CampaignDraft; row.State == models.TermsSigning {
		p.as.State = models.CampaignSigning
	}
	if p.shares, err = sharesAt(tx, c.ID, row.Version); err != nil {
		return p, err
	}
	p.floors, err = floors(tx, c, p.as)
	return p, err
}

// floors is what the owners of a campaign's cost are bound to already: what its redemptions have cost, or, where money is
// set aside at the claim, what is set aside.
func floors(tx *gorm.DB, c, next models.Campaign) (map[models.ID]int64, error) {
	least := map[models.ID]int64{}
	var funds []models.CampaignFund
	if err := tx.Where("campaign_id = ?", c.ID).Find(&funds).Error; err != nil {
		return nil, err
	}
	for _, f := range funds {
		least[f.OwnerID] = f.Spent
	}
	if !next.AtClaim() {
		return least, nil
	}
	e, err := earlier(tx, c, 0)
	for owner, aside := range e.Aside {
		least[owner] = max(least[owner], aside)
	}
	return least, err
}

// earlier adds up what was claimed of a campaign under versions other than one (0: under all), and what is set aside for it.
func earlier(r *gorm.DB, c models.Campaign, except int64) (models.Earlier, error) {
	void, err := voidUnder(r, c)
	if err != nil {
		return models.Earlier{}, err
	}
	return earlierBut(r, c, except, void)
}

// earlierBut is earlier with nothing set aside for so many of each version.
func earlierBut(r *gorm.DB, c models.Campaign, except int64, void map[int64]int64) (models.Earlier, error) {
	var e models.Earlier
	out, err := outUnder(r, c.ID)
	delete(out, except)
	for _, version := range slices.Sorted(maps.Keys(out)) {
		if err == nil {
			err = addVersion(r, c, &e, version, out[version], void[version])
		}
	}
	return e, err
}

// outUnder counts the coupons of a campaign that are out, by the version that they were given out under. One that a friend took
// is the friend's.
func outUnder(r *gorm.DB, campaign models.ID) (map[int64]int64, error) {
	var rows []struct{ Version, N int64 }
	err := r.Raw("SELECT version, SUM(n) AS n FROM (SELECT version, COUNT(*) AS n FROM coupons WHERE campaign_id = ? AND state <> ? GROUP BY version"+
		" UNION ALL SELECT version, n FROM campaign_veils WHERE campaign_id = ?) AS parts GROUP BY version", campaign, models.CouponGiven, campaign).Scan(&rows).Error
	out := make(map[int64]int64, len(rows))
	for _, row := range rows {
		out[row.Version] = row.N
	}
	return out, err
}

func addVersion(r *gorm.DB, c models.Campaign, e *models.Earlier, version, claimed, void int64) error {
	terms := c
	if version != c.Version {
		row, err := db.Find[models.CampaignTerms](r, "campaign_id = ? AND version = ?", c.ID, version)
		if err != nil {
			return err
		}
		terms = c.Under(row.Terms)
	}
	shares, err := sharesAt(r, c.ID, version)
	e.Add(terms, shares, claimed, void)
	return err
}

// propose writes other terms for a running campaign, which runs on as it is until everyone has signed them. They start from
// those that wait already, or from the present ones.
func (s *Service) propose(tx *gorm.DB, by Staff, c *models.Campaign, ifMatch string, change func(*Terms)) error {
	if err := web.Match(ifMatch, max(c.Version, c.Proposed)); err != nil {
		return err
	}
	from, shares, err := s.startingFrom(tx, *c)
	if err != nil {
		return err
	}
	t := termsOf(from, shares)
	change(&t)
	t = t.plain()
	if err := s.admit(tx.Statement.Context, by, &t); err != nil {
		return err
	}
	if err := s.withdraw(tx, c); err != nil {
		return err
	}
	next := *c
	t.into(&next)
	next.Remaining = c.Remaining
	if next.Version, err = nextVersion(tx, c.ID); err != nil {
		return err
	}
	if err := s.writeProposal(tx, by, *c, next, t.funders(c.AllianceID)); err != nil {
		return err
	}
	c.Proposed = next.Version
	return tx.Save(c).Error
}

func (s *Service) startingFrom(tx *gorm.DB, c models.Campaign) (models.Campaign, []models.CampaignShare, error) {
	if c.Proposed == 0 {
		shares, err := sharesOf(tx, c)
		return c, shares, err
	}
	p, err := proposed(tx, c)
	return p.as, p.shares, err
}

func nextVersion(tx *gorm.DB, campaign models.ID) (int64, error) {
	var last int64
	err := tx.Model(&models.CampaignShare{}).Where("campaign_id = ?", campaign).Select("COALESCE(MAX(version), 0)").Scan(&last).Error
	return last + 1, err
}

// writeProposal keeps the terms and lays out their shares. The worst case of a share is what is set aside for coupons that
// people have, and what those still to come may cost. Error: invalid.
func (s *Service) writeProposal(tx *gorm.DB, by Staff, c, next models.Campaign, partners []models.Partner) error {
	least, err := floors(tx, c, next)
	if err != nil {
		return err
	}
	var p problems
	p.expect(next.AtClaim() == c.AtClaim(), "/reserve", "发起来以后，钱什么时候留不能再改", "When money is taken cannot change any more.")
	p.expect(next.Budget == 0 || next.Budget >= least[c.ID], "/budget/amount", "已经留出去的钱比这个预算多", "More than this budget is bound already.")
	if p.error() != nil {
		return p.error()
	}
	shares, _ := next.Shares(partners)
	e, err := earlier(tx, c, 0)
	if err != nil {
		return err
	}
	present, err := sharesOf(tx, c)
	if err != nil {
		return err
	}
	worst(shares, next, e, c, present)
	if err := tx.Create(&shares).Error; err != nil {
		return err
	}
	return tx.Create(&models.CampaignTerms{
		CampaignID: c.ID, Version: next.Version, AllianceID: c.AllianceID, State: models.TermsProposed, Terms: next, ProposedBy: by.Account, ProposedAt: s.Clock.Now(),
	}).Error
}

// worst fills in what shares of other terms come to at worst: what is set aside, and for each coupon still to come the dearer
// of the two, since the present terms run on until the last one has signed.
func worst(shares []models.CampaignShare, next models.Campaign, e models.Earlier, c models.Campaign, present []models.CampaignShare) {
	more := max(next.Stock-e.Claimed, c.Remaining+c.Printed, 0)
	for i, sh := range shares {
		per := next.PerCoupon(sh.ShareBPS)
		for _, p := range present {
			if p.StoreID == sh.StoreID {
				per = max(per, c.PerCoupon(p.ShareBPS))
			}
		}
		shares[i].WorstCase = e.Aside[sh.StoreID] + more*per
		shares[i].Cap = shares[i].WorstCase
	}
}

// submitProposal signs what is proposed for the issuer and asks the partners. Errors: not_draft, window_over.
func (s *Service) submitProposal(tx *gorm.DB, by Staff, c *models.Campaign) error {
	p, err := proposed(tx, *c)
	switch {
	case err != nil:
		return err
	case p.row.State != models.TermsProposed:
		return ErrNotDraft
	case p.as.Over(s.Clock.Now()):
		return ErrWindowOver
	}
	own := slices.IndexFunc(p.shares, func(sh models.CampaignShare) bool { return sh.StoreID == c.StoreID })
	if err := s.answer(tx, &p.shares[own], by, models.ShareSigned); err != nil {
		return err
	}
	p.row.State = models.TermsSigning
	if err := tx.Save(&p.row).Error; err != nil {
		return err
	}
	if err := s.ask(tx, *c, p.shares); err != nil {
		return err
	}
	if models.AllSigned(p.shares) {
		return s.adopt(tx, c, p)
	}
	return nil
}

// signProposal is a partner's answer to what is proposed.
func (s *Service) signProposal(tx *gorm.DB, by Staff, c *models.Campaign, sig Signature) error {
	p, err := proposed(tx, *c)
	if err != nil {
		return err
	}
	own := partOf(p.shares, by.Store, c.StoreID)
	if own < 0 {
		return models.ErrNotFound
	}
	if err := s.mayAnswer(tx.Statement.Context, p.as, p.shares[own], sig, p.floors[by.Store]); err != nil {
		return err
	}
	if err := s.put(tx, by, p.shares, own, sig); err != nil || sig.Decline || !models.AllSigned(p.shares) {
		return err
	}
	return s.adopt(tx, c, p)
}

// adopt lets signed terms take the place of the present ones. Coupons keep those that they were claimed under; what is left
// of the stock follows from the new ones. A partner that had given notice and signs again stays.
func (s *Service) adopt(tx *gorm.DB, c *models.Campaign, p proposal) error {
	now := s.Clock.Now()
	p.row.State, p.row.SettledAt = models.TermsSigned, &now
	if err := tx.Save(&p.row).Error; err != nil {
		return err
	}
	next := c.Under(p.row.Terms)
	next.Version, next.Proposed = p.row.Version, 0
	var signed []models.ID
	for _, sh := range p.shares {
		signed = append(signed, sh.StoreID)
	}
	if err := tx.Where("campaign_id = ? AND store_id IN ?", c.ID, signed).Delete(&models.CampaignNotice{}).Error; err != nil {
		return err
	}
	state := next.State
	if state != models.CampaignPaused {
		state = next.StateAfterSigning(now)
	}
	return s.replace(tx, c, next, p.shares, state)
}

// replace puts a version in the present one's place: the terms that go are kept for the coupons claimed under them.
func (s *Service) replace(tx *gorm.DB, c *models.Campaign, next models.Campaign, shares []models.CampaignShare, state models.CampaignState) error {
	e, err := earlier(tx, *c, 0)
	if err != nil {
		return err
	}
	if err := s.keep(tx, *c); err != nil {
		return err
	}
	next.Remaining = next.IssuableAfter(shares, e, 0) - next.Out() - next.Printed
	if err := fund(tx, next, shares, e); err != nil {
		return err
	}
	if next.LeaveDue, err = leaveDue(tx, next, shares); err != nil {
		return err
	}
	*c = next
	return s.enter(tx, c, state)
}

// keep writes down the present terms, once.
func (s *Service) keep(tx *gorm.DB, c models.Campaign) error {
	return db.OnConflictSkip(tx).Create(&models.CampaignTerms{
		CampaignID: c.ID, Version: c.Version, AllianceID: c.AllianceID, State: models.TermsSigned, Terms: c, ProposedAt: c.CreatedAt, SettledAt: c.SignedAt,
	}).Error
}

// Withdraw takes back what is proposed; the present terms run on. Errors: not_found, nothing_proposed.
func (s *Service) Withdraw(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = s.lockOwn(tx, by, id); err != nil {
			return err
		}
		if c.Proposed == 0 {
			return ErrNothingProposed
		}
		if err := s.withdraw(tx, &c); err != nil {
			return err
		}
		return tx.Save(&c).Error
	})
	return c, err
}

func (s *Service) withdraw(tx *gorm.DB, c *models.Campaign) error {
	if c.Proposed == 0 {
		return nil
	}
	err := tx.Model(&models.CampaignTerms{}).Where("campaign_id = ? AND version = ?", c.ID, c.Proposed).
		Updates(map[string]any{"state": models.TermsWithdrawn, "settled_at": s.Clock.Now()}).Error
	c.Proposed = 0
	return err
}
