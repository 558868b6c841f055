package handout

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/coupon"
	"onestreet/server/platform/outbox"
)

// onVisits gives what waits for members to be seen, to buy, or to come back.
func (s *Service) onVisits(_ context.Context, tx *gorm.DB, told []outbox.Told[models.VisitRecorded]) error {
	var stores []models.ID
	for _, v := range told {
		stores = append(stores, v.What.StoreID)
	}
	rows, err := s.waiting(tx, told[0].AllianceID, stores, models.TriggerVisited, models.TriggerBought, models.TriggerReturned)
	if err != nil {
		return err
	}
	at := map[models.ID][]models.Campaign{}
	for _, c := range rows {
		at[c.TriggerStore] = append(at[c.TriggerStore], c)
	}
	for _, v := range told {
		if err := s.onVisit(tx, at[v.What.StoreID], v.What); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) onVisit(tx *gorm.DB, rows []models.Campaign, v models.VisitRecorded) error {
	if len(rows) == 0 {
		return nil
	}
	away, err := s.Relation.DaysAway(tx, v)
	if err != nil {
		return err
	}
	for _, c := range rows {
		if !c.Fits(v, away) {
			continue
		}
		if err := s.fire(tx, c, v.MemberID, v.VisitID); err != nil {
			return err
		}
	}
	return nil
}

// onCheckIn gives what waits for a member to come to an event of the store, and what its hosts set for this one: once, whichever
// way it is told. That none is left or that the member has enough of them is no failure of the check-in.
func (s *Service) onCheckIn(_ context.Context, tx *gorm.DB, e outbox.Event, p models.CheckInMade) error {
	err := s.fireAll(tx, e.AllianceID, p.StoreID, models.TriggerCheckedIn, p.MemberID, p.OccurrenceID)
	gifts := p.Gifts
	if !p.GiftID.IsZero() {
		gifts = append([]models.HostGift{{StoreID: p.StoreID, CampaignID: p.GiftID}}, gifts...)
	}
	for i := 0; err == nil && i < len(gifts); i++ {
		err = s.awardIfAny(tx, Prize{
			Alliance: e.AllianceID, Store: gifts[i].StoreID, Campaign: gifts[i].CampaignID, Member: p.MemberID, Cause: p.OccurrenceID, Reason: p.Title, By: p.ByID,
		})
	}
	return err
}

// onThanked gives all who came to an occurrence what goes with the host's thanks, once each.
func (s *Service) onThanked(_ context.Context, tx *gorm.DB, e outbox.Event, p models.EventThanked) error {
	if p.GiftID.IsZero() {
		return nil
	}
	var guests []models.ID
	err := tx.Model(&models.SignUp{}).Where("occurrence_id = ? AND state = ?", p.OccurrenceID, models.CheckedIn).Order("arrival").Pluck("member_id", &guests).Error
	for i := 0; err == nil && i < len(guests); i++ {
		err = s.awardIfAny(tx, Prize{Alliance: e.AllianceID, Store: p.StoreID, Campaign: p.GiftID, Member: guests[i], Cause: p.CauseID, By: p.ByID})
	}
	return err
}

// awardIfAny hands over a coupon while there are any: a refusal is no failure of what it was given for.
func (s *Service) awardIfAny(tx *gorm.DB, p Prize) error {
	_, err := s.Award(tx, p)
	var refused *models.Error
	if errors.As(err, &refused) && refused.Kind != models.Internal {
		return nil
	}
	return err
}

// onJoined gives what waits for a new member that the store brought in.
func (s *Service) onJoined(_ context.Context, tx *gorm.DB, e outbox.Event, p models.MemberJoined) error {
	if p.OriginStoreID.IsZero() {
		return nil
	}
	return s.fireAll(tx, e.AllianceID, p.OriginStoreID, models.TriggerJoined, p.MemberID, p.MemberID)
}

func (s *Service) fireAll(tx *gorm.DB, alliance, store models.ID, kind models.TriggerKind, member, cause models.ID) error {
	rows, err := s.waiting(tx, alliance, []models.ID{store}, kind)
	if err != nil {
		return err
	}
	for _, c := range rows {
		if err := s.fire(tx, c, member, cause); err != nil {
			return err
		}
	}
	return nil
}

// waiting lists the live campaigns that wait for something at stores, in the order of their ids: whoever gives from several
// locks them in one order. The store must have signed; the issuer has.
func (s *Service) waiting(tx *gorm.DB, alliance models.ID, stores []models.ID, kinds ...models.TriggerKind) ([]models.Campaign, error) {
	var rows []models.Campaign
	signed := tx.Session(&gorm.Session{NewDB: true}).Model(&models.CampaignShare{}).Select("1").
		Where("campaign_shares.campaign_id = campaigns.id AND campaign_shares.version = campaigns.version AND campaign_shares.store_id = campaigns.trigger_store_id AND campaign_shares.state = ?", models.ShareSigned)
	err := tx.Where("alliance_id = ? AND given = ? AND state = ? AND trigger_store_id IN ? AND trigger_kind IN ?",
		alliance, models.GivenEvent, models.CampaignLive, stores, kinds).Where("EXISTS (?)", signed).Order("id").Find(&rows).Error
	return rows, err
}

// fire gives a member the coupon of a campaign for a cause, once. That the member has enough of them, that none is left or
// that the member has gone again is no failure of the event.
func (s *Service) fire(tx *gorm.DB, c models.Campaign, member, cause models.ID) error {
	m, err := s.Pool.Member(tx.Statement.Context, c.AllianceID, member)
	if err != nil || m.Left() {
		return err
	}
	_, err = s.once(tx, coupon.Order{Alliance: c.AllianceID, Campaign: c.ID, Way: models.WayTrigger, Members: []models.ID{member}},
		note{way: models.WayTrigger, cause: cause})
	var refused *models.Error
	if errors.As(err, &refused) && refused.Kind != models.Internal {
		return nil
	}
	return err
}
