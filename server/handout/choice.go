package handout

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
)

// maxChosen bounds the members that are chosen one by one; an audience has no bound.
const maxChosen = 500

// Choice is whom a send is for: everyone, which is the audience that the campaign's terms name or, where they name none,
// every customer of the store; those of the campaign's audience for whom another one, named here and now, holds as well; or
// members chosen one by one.
type Choice struct {
	Everyone bool
	Audience *models.Audience
	Members  []models.ID
}

// known is a choice with what the street knows of the circle that its audience names.
func (s *Service) known(ctx context.Context, c models.Campaign, ch Choice) (Choice, error) {
	if ch.Audience == nil {
		return ch, nil
	}
	a, err := s.Coupon.Known(ctx, c.AllianceID, c.StoreID, *ch.Audience)
	ch.Audience = &a
	return ch, err
}

// target is what stays on a send's record of its choice. An audience that asks for nothing is everyone.
func (ch Choice) target(c models.Campaign) (to models.SendTarget, named, within models.Audience) {
	switch {
	case ch.Audience != nil && !ch.Audience.Everyone():
		return models.SendToAudience, *ch.Audience, c.Audience
	case ch.Everyone || ch.Audience != nil:
		return models.SendToEveryone, models.Audience{}, c.Audience
	}
	return models.SendToPicked, models.Audience{}, models.Audience{}
}

// private tells whether a figure about the choice could say what the store does not know itself.
func (ch Choice) private(c models.Campaign) bool {
	named := ch.Audience != nil && ch.Audience.Private(c.StoreID)
	return named || (ch.Everyone || ch.Audience != nil) && c.Audience.Private(c.StoreID)
}

// chosen lists the members of a choice, in the order of their ids. That a private one reaches nobody is not told either.
// Errors: nobody_chosen, too_many_chosen.
func (s *Service) chosen(r *gorm.DB, c models.Campaign, ch Choice) ([]models.ID, error) {
	members, err := s.pick(r, c, ch)
	if err == nil && len(members) == 0 && !ch.private(c) {
		err = ErrNobody
	}
	return members, err
}

func (s *Service) pick(r *gorm.DB, c models.Campaign, ch Choice) ([]models.ID, error) {
	if ch.Audience != nil && !ch.Audience.Everyone() {
		return s.Coupon.Narrowed(r, c, *ch.Audience)
	}
	if ch.Audience != nil {
		ch.Everyone = true
	}
	if ch.Everyone && !c.Audience.Everyone() {
		return s.Coupon.Reached(r, c.AllianceID, c.StoreID, c.Audience)
	}
	if ch.Everyone {
		return s.customers(r, c)
	}
	if len(ch.Members) > maxChosen {
		return nil, ErrTooMany.With(maxChosen)
	}
	known, err := s.customers(r, c)
	return slices.DeleteFunc(known, func(id models.ID) bool { return !slices.Contains(ch.Members, id) }), err
}

// customers lists the members who are on the street and known to the store: it sends to them, and to nobody whose id it
// came by otherwise.
func (s *Service) customers(r *gorm.DB, c models.Campaign) ([]models.ID, error) {
	var members []models.ID
	book := r.Session(&gorm.Session{NewDB: true}).Model(&models.Customer{}).Select("member_id").Where("store_id = ? AND member_id IS NOT NULL", c.StoreID)
	err := r.Model(&models.Member{}).Where("alliance_id = ? AND left_at IS NULL", c.AllianceID).Where("id IN (?)", book).Order("id").Pluck("id", &members).Error
	return members, err
}
