package coupon

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

func partnerPointer(i int) string { return "/partners/" + strconv.Itoa(i) + "/store_id" }

// Signature is a partner's answer to one version of a campaign. ShareBPS repeats the share that the owner saw. Cap is
// the most the store will ever pay, in fen; nil stands for the worst case.
type Signature struct {
	Version  int64
	ShareBPS int64
	Cap      *int64
	Decline  bool
}

// Sign is a partner's owner answering. When nothing is missing any more the campaign is scheduled or live; a declined
// one waits for its issuer to change the terms.
// Errors: not_found, not_signing, version_changed, share_differs, already_answered, cap_too_high, cap_too_low,
// window_over, store_suspended.
func (s *Service) Sign(ctx context.Context, by Staff, id models.ID, sig Signature) (models.Campaign, error) {
	var c models.Campaign
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if c, err = db.Find[models.Campaign](db.Lock(tx), "id = ? AND alliance_id = ?", id, by.Alliance); err != nil {
			return err
		}
		if c.Proposed != 0 && sig.Version != c.Version && c.StateAt(s.Clock.Now()).Running() {
			return s.signProposal(tx, by, &c, sig)
		}
		shares, err := sharesOf(tx, c)
		if err != nil {
			return err
		}
		own := partOf(shares, by.Store, c.StoreID)
		if own < 0 {
			return models.ErrNotFound
		}
		if err := s.mayAnswer(tx.Statement.Context, c, shares[own], sig, 0); err != nil {
			return err
		}
		return s.sign(tx, by, &c, shares, own, sig)
	})
	return c, err
}

// mayAnswer judges an answer; the campaign's row is locked, so nothing changes meanwhile. bound is what the store has bound
// itself to already, in fen.
func (s *Service) mayAnswer(ctx context.Context, c models.Campaign, share models.CampaignShare, sig Signature, bound int64) error {
	switch {
	case c.State != models.CampaignSigning && c.Version != sig.Version:
		return ErrOldVersion
	case c.State != models.CampaignSigning:
		return ErrNotSigning
	case c.Version != sig.Version:
		return ErrOldVersion
	case share.State != models.ShareWaiting:
		return ErrSigned
	case share.ShareBPS != sig.ShareBPS:
		return ErrOtherShare
	case sig.Decline:
		return nil
	case c.Over(s.Clock.Now()):
		return ErrWindowOver
	}
	if err := checkCap(c, share, sig.Cap, bound); err != nil {
		return err
	}
	if share.StoreID == c.AllianceID {
		return nil
	}
	return s.active(ctx, c.AllianceID, share.StoreID)
}

// checkCap: a cap is at most the worst case, and enough for what is bound and one coupon more, or the campaign could give
// out none.
func checkCap(c models.Campaign, share models.CampaignShare, most *int64, bound int64) error {
	switch per := bound + c.PerCoupon(share.ShareBPS); {
	case most == nil:
		return nil
	case *most > share.WorstCase:
		return ErrCapTooHigh.With(models.Yuan(share.WorstCase)).At("/cap/amount")
	case *most < per:
		return ErrCapTooLow.With(models.Yuan(per)).At("/cap/amount")
	}
	return nil
}

func (s *Service) sign(tx *gorm.DB, by Staff, c *models.Campaign, shares []models.CampaignShare, own int, sig Signature) error {
	if err := s.put(tx, by, shares, own, sig); err != nil || sig.Decline {
		return err
	}
	return s.settle(tx, c, shares)
}

// put writes an answer down, and tells the issuer.
func (s *Service) put(tx *gorm.DB, by Staff, shares []models.CampaignShare, own int, sig Signature) error {
	state := models.ShareSigned
	switch {
	case sig.Decline:
		state = models.ShareDeclined
	case sig.Cap != nil:
		shares[own].Cap = *sig.Cap
	}
	if err := s.answer(tx, &shares[own], by, state); err != nil {
		return err
	}
	return s.Outbox.Add(tx, by.Alliance, models.EventShareAnswered, models.ShareAnswered{
		CampaignID: shares[own].CampaignID, StoreID: by.Store, Version: shares[own].Version, Declined: sig.Decline, Missing: models.Unsigned(shares),
	})
}

// answer puts a name under a share.
func (s *Service) answer(tx *gorm.DB, share *models.CampaignShare, by Staff, state models.ShareState) error {
	now := s.Clock.Now()
	share.State, share.SignedBy, share.SignedAt = state, by.Account, &now
	return tx.Save(share).Error
}
