package coupon

import (
	"cmp"
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// Staff is somebody acting for a store.
type Staff struct {
	Alliance, Store, Account models.ID
}

// Create drafts a campaign of a store. Errors: invalid (field by field), store_suspended.
func (s *Service) Create(ctx context.Context, by Staff, t Terms) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		t = t.plain()
		if err := s.admit(tx.Statement.Context, by, &t); err != nil {
			return err
		}
		c = models.Campaign{
			ID: models.NewID(), AllianceID: by.Alliance, StoreID: by.Store, State: models.CampaignDraft, Version: 1,
			CreatedBy: by.Account, CreatedAt: s.Clock.Now(),
		}
		t.into(&c)
		if err := tx.Create(&c).Error; err != nil {
			return err
		}
		return s.offer(tx, c, t.funders(by.Alliance))
	})
	return c, err
}

// Change gives a campaign other terms: a new version, that everyone signs again. While a campaign runs, the new one is
// proposed beside it (propose). change gets the newest terms. ifMatch is the newest version that the caller saw, as an entity
// tag.
// Errors: not_found, not_editable, precondition_failed, precondition_required, invalid, store_suspended.
func (s *Service) Change(ctx context.Context, by Staff, id models.ID, ifMatch string, change func(*Terms)) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = s.lockOwn(tx, by, id); err != nil {
			return err
		}
		if c.StateAt(s.Clock.Now()).Running() {
			return s.propose(tx, by, &c, ifMatch, change)
		}
		if err := editable(c, ifMatch); err != nil {
			return err
		}
		shares, err := sharesOf(tx, c)
		if err != nil {
			return err
		}
		t := termsOf(c, shares)
		change(&t)
		return s.renew(tx, by, &c, t.plain())
	})
	return c, err
}

func editable(c models.Campaign, ifMatch string) error {
	if !c.State.Editable() {
		return ErrNotEditable
	}
	return web.Match(ifMatch, c.Version)
}

// renew writes the next version of a campaign.
func (s *Service) renew(tx *gorm.DB, by Staff, c *models.Campaign, t Terms) error {
	if err := s.admit(tx.Statement.Context, by, &t); err != nil {
		return err
	}
	t.into(c)
	c.Version, c.State = c.Version+1, models.CampaignDraft
	if err := tx.Save(c).Error; err != nil {
		return err
	}
	return s.offer(tx, *c, t.funders(by.Alliance))
}

// admit checks terms, and that everyone in them is a store of this street that may trade. It writes down what is known of the
// circle that they name.
func (s *Service) admit(ctx context.Context, by Staff, t *Terms) error {
	st, err := s.street(ctx, by.Alliance)
	if err != nil {
		return err
	}
	if t.Audience, err = s.Known(ctx, by.Alliance, by.Store, t.Audience); err != nil {
		return err
	}
	if err := s.active(ctx, by.Alliance, by.Store); err != nil {
		return err
	}
	if err := cmp.Or(t.check(by.Store, st.now, st.zone), st.checkMarket(*t)); err != nil {
		return err
	}
	var p problems
	p.expect(len(t.Partners) <= maxPartners, "/partners", "最多请 20 家", "At most 20 partners.")
	for i, partner := range t.Partners {
		found, err := s.Pool.Store(ctx, by.Alliance, partner.StoreID)
		p.expect(err == nil && found.Active(), partnerPointer(i), "这条街上没有这家店，或者它停业了", "There is no such store on this street, or it is suspended.")
	}
	return p.error()
}

// offer lays out the shares of a campaign's present version, for everyone to sign.
func (s *Service) offer(tx *gorm.DB, c models.Campaign, partners []models.Partner) error {
	shares, _ := c.Shares(partners)
	return tx.Create(&shares).Error
}

// Submit sends a draft to its partners and signs it for the issuer, whose owner calls this. A campaign without partners
// is signed with that. Errors: not_found, not_draft, window_over, store_suspended.
func (s *Service) Submit(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = s.lockOwn(tx, by, id); err != nil {
			return err
		}
		if c.State != models.CampaignDraft && c.Proposed == 0 {
			return ErrNotDraft
		}
		if err := s.active(tx.Statement.Context, by.Alliance, by.Store); err != nil {
			return err
		}
		if c.Proposed != 0 {
			return s.submitProposal(tx, by, &c)
		}
		if c.Over(s.Clock.Now()) {
			return ErrWindowOver
		}
		return s.submit(tx, by, &c)
	})
	return c, err
}

func (s *Service) submit(tx *gorm.DB, by Staff, c *models.Campaign) error {
	shares, err := sharesOf(tx, *c)
	if err != nil {
		return err
	}
	own := slices.IndexFunc(shares, func(sh models.CampaignShare) bool { return sh.StoreID == c.StoreID })
	if err := s.answer(tx, &shares[own], by, models.ShareSigned); err != nil {
		return err
	}
	if err := s.ask(tx, *c, shares); err != nil {
		return err
	}
	return s.settle(tx, c, shares)
}

// ask tells every partner that its signature is wanted.
func (s *Service) ask(tx *gorm.DB, c models.Campaign, shares []models.CampaignShare) error {
	for _, share := range shares {
		if share.StoreID == c.StoreID {
			continue
		}
		wanted := models.SignatureWanted{CampaignID: c.ID, StoreID: share.StoreID, Version: share.Version}
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventSignatureWanted, wanted); err != nil {
			return err
		}
	}
	return nil
}

// settle moves a campaign to where its signatures bring it.
func (s *Service) settle(tx *gorm.DB, c *models.Campaign, shares []models.CampaignShare) error {
	if !models.AllSigned(shares) {
		c.State = models.CampaignSigning
		return tx.Save(c).Error
	}
	now := s.Clock.Now()
	c.Remaining, c.SignedAt = c.Issuable(shares), &now
	if err := fund(tx, *c, shares, models.Earlier{}); err != nil {
		return err
	}
	return s.enter(tx, c, c.StateAfterSigning(now))
}

// enter moves a campaign into another state, and tells the street when it can see it.
func (s *Service) enter(tx *gorm.DB, c *models.Campaign, state models.CampaignState) error {
	now := s.Clock.Now()
	started := state == models.CampaignLive && c.StartedAt == nil
	c.State = state
	switch {
	case started:
		c.StartedAt = &now
	case state == models.CampaignEnded:
		c.EndedAt = &now
	}
	if err := tx.Save(c).Error; err != nil || c.SignedAt == nil {
		return err
	}
	if started {
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventCampaignStarted, models.CampaignStarted{CampaignID: c.ID}); err != nil {
			return err
		}
	}
	return s.Outbox.Add(tx, c.AllianceID, models.EventCampaignChanged, models.CampaignChanged{CampaignID: c.ID, Remaining: c.Remaining})
}

// Pause stops the claims; what is claimed is redeemed on. Errors: not_found, not_running.
func (s *Service) Pause(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	return s.turn(ctx, by, id, func(c models.Campaign) (models.CampaignState, error) {
		if c.State != models.CampaignLive && c.State != models.CampaignScheduled {
			return "", ErrNotPausable
		}
		return models.CampaignPaused, nil
	})
}

// Resume lets claims begin again, or ends the campaign when its window has passed. Errors: not_found, not_paused,
// partner_left, store_suspended.
func (s *Service) Resume(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	if err := s.active(ctx, by.Alliance, by.Store); err != nil {
		return models.Campaign{}, err
	}
	return s.turn(ctx, by, id, func(c models.Campaign) (models.CampaignState, error) {
		if c.State != models.CampaignPaused {
			return "", ErrNotPaused
		}
		return c.StateAfterSigning(s.Clock.Now()), nil
	})
}

// End stops a campaign for good; what is claimed is redeemed on. Errors: not_found, already_ended.
func (s *Service) End(ctx context.Context, by Staff, id models.ID) (models.Campaign, error) {
	return s.turn(ctx, by, id, func(c models.Campaign) (models.CampaignState, error) {
		if c.State == models.CampaignEnded || c.State == models.CampaignArchived {
			return "", ErrAlreadyEnded
		}
		return models.CampaignEnded, nil
	})
}

func (s *Service) turn(ctx context.Context, by Staff, id models.ID, next func(models.Campaign) (models.CampaignState, error)) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = s.lockOwn(tx, by, id); err != nil {
			return err
		}
		state, err := next(c)
		if err != nil {
			return err
		}
		if gone, err := leftShares(tx, c, s.Clock.Now()); err != nil || gone && state == models.CampaignLive {
			return orRefused(err, ErrPartnerLeft)
		}
		return s.enter(tx, &c, state)
	})
	return c, err
}

// lockOwn reads a campaign of the store and keeps it from changing until the transaction ends. Error: not_found.
func (s *Service) lockOwn(tx *gorm.DB, by Staff, id models.ID) (models.Campaign, error) {
	return db.Find[models.Campaign](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ?", id, by.Alliance, by.Store)
}

// sharesOf reads the shares of a campaign's present version, the issuer first.
func sharesOf(tx *gorm.DB, c models.Campaign) ([]models.CampaignShare, error) {
	return sharesAt(tx, c.ID, c.Version)
}

func sharesAt(tx *gorm.DB, campaign models.ID, version int64) ([]models.CampaignShare, error) {
	var shares []models.CampaignShare
	err := tx.Where("campaign_id = ? AND version = ?", campaign, version).Order("position").Find(&shares).Error
	return shares, err
}
