package coupon

import (
	"strings"

	"onestreet/models"
)

// verdict is a judgement as a screen shows it.
func verdict(refused *models.Error, locale string) *Verdict {
	if refused == nil {
		return &Verdict{OK: true}
	}
	return &Verdict{Why: refused.Text.In(locale)}
}

// judge says why a coupon cannot be used in a store now, whatever the bill; nil when it can.
func (p *pocket) judge(c models.Coupon, store models.ID) *models.Error {
	campaign, now := p.campaign(c), p.street.now
	if why := c.RefusedAt(now); why != "" {
		return p.refused(why, c)
	}
	if !p.redeemsAt(c, store) {
		return p.refused(models.RefusedNotPartner, c)
	}
	if why := p.street.refusedAt(campaign, now); why != "" {
		return p.refused(why, c)
	}
	return p.refused(p.within(c, store), c)
}

// redeemsAt: who signed a share of the coupon's terms, the issuer first, honours it until it leaves.
func (p *pocket) redeemsAt(c models.Coupon, store models.ID) bool {
	if p.hasLeft(c.CampaignID, store) {
		return false
	}
	for _, sh := range p.shares[termsOfCoupon(c)] {
		if sh.StoreID == store && sh.State == models.ShareSigned {
			return true
		}
	}
	return false
}

// refused puts in words why a coupon does not work here and now, whatever the bill; the empty refusal is nil.
func (p *pocket) refused(why models.Refusal, c models.Coupon) *models.Error {
	campaign, zone := p.campaign(c), p.street.zone
	switch why {
	case "":
		return nil
	case models.RefusedGiven:
		return ErrGivenAway
	case models.RefusedUsed:
		return p.usedWords(c)
	case models.RefusedExpired:
		return ErrExpired.Fill(moment(c.ValidUntil, zone))
	case models.RefusedNotYetValid:
		return ErrNotYetValid.Fill(bare(c.ValidFrom, zone))
	case models.RefusedNotPartner:
		return ErrNotPartner.Fill(p.partners(c))
	case models.RefusedNotMarket:
		return ErrNotMarketDay.Fill(p.street.nextMarket())
	case models.RefusedWrongWeekday:
		return ErrWrongWeekday.Fill(weekdays(campaign.Weekdays))
	case models.RefusedWrongHour:
		return ErrWrongHour.With(campaign.HoursFrom, campaign.HoursTo)
	case models.RefusedNotToday:
		return ErrNotToday
	case models.RefusedBudget:
		return ErrBudgetSpent
	case models.RefusedStoreLimit:
		return ErrStoreLimit
	}
	return ErrCouponVoid
}

// usedWords says when and where: 7 月 3 日 18:18 在林家面馆用过.
func (p *pocket) usedWords(c models.Coupon) *models.Error {
	use, ok := p.uses[c.ID]
	if !ok {
		return ErrCouponUsed
	}
	at, store := moment(use.At, p.street.zone), p.street.stores[use.StoreID].Name
	return ErrCouponUsed.Say(at.ZH+" 在"+store+"用过", "Used "+at.EN+" at "+store+".")
}

func (p *pocket) partners(c models.Coupon) models.Text {
	var names []string
	for _, ref := range p.storesFor(c) {
		names = append(names, ref.Name)
	}
	return models.Text{ZH: strings.Join(names, "、"), EN: strings.Join(names, ", ")}
}

// storesFor lists where a coupon works, the issuer first: who signed its terms and has not left.
func (p *pocket) storesFor(c models.Coupon) []models.StoreRef {
	refs := []models.StoreRef{}
	for _, sh := range p.shares[termsOfCoupon(c)] {
		if ref, ok := p.street.stores[sh.StoreID]; ok && !p.hasLeft(c.CampaignID, sh.StoreID) {
			refs = append(refs, ref)
		}
	}
	return refs
}

// leftOut puts in words why a bill did without a coupon.
func (p *pocket) leftOut(out models.LeftOut) *models.Error {
	switch out.Why {
	case models.RefusedNeedsLines:
		return ErrNeedsLines
	case models.RefusedBelowMinimum:
		return ErrBelowMinimum.With(models.Yuan(out.MinSpend), models.Yuan(out.MinSpend-out.Left))
	case models.RefusedTooFew:
		return ErrTooFewPieces.With(out.Buy + out.Get)
	case models.RefusedExclusive:
		return ErrNotStackable.Fill(p.title(alone(out)))
	case models.RefusedSameCampaign:
		return ErrSameCampaign
	case models.RefusedSameCategory:
		return ErrSameCategory.Fill(models.Same(out.Category), p.title(out.Other))
	case models.RefusedSameKind:
		return ErrSameKind.Fill(p.title(out.Other))
	case models.RefusedTooMany:
		return ErrTooMany.With(models.MaxStack)
	case models.RefusedGivesLess:
		return ErrGivesLess
	}
	return ErrNoEffect
}

// alone is the one of two coupons that goes with no other.
func alone(out models.LeftOut) models.Held {
	if out.Stackable {
		return out.Other
	}
	return out.Held
}

func (p *pocket) title(h models.Held) models.Text { return models.Same(p.campaigns[h.Campaign].Title) }

// named says which of several coupons a refusal is about.
func (p *pocket) named(e *models.Error, c models.Coupon, several bool) *models.Error {
	if !several {
		return e
	}
	title := p.campaigns[c.CampaignID].Title
	return e.Say("「"+title+"」"+e.Text.ZH, "“"+title+"”: "+e.Text.EN)
}
