package calendar

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Stores that host together. The store that made the event is responsible: it plans it, asks the others, and calls it off. A
// store that was asked is no host until a manager of its own accepts; from then on its staff see who comes and check guests in, and it
// may give each of them a coupon of its own.

// hosted reads an occurrence that the desk's store hosts, alone or with others. Error: not_found, also for another store's.
func (d Desk) hosted(tx *gorm.DB, id models.ID) (models.Occurrence, error) {
	o, err := occurrence(tx, d.Alliance, id)
	if err != nil || o.StoreID == d.Store {
		return o, err
	}
	_, err = db.Find[models.EventHost](tx, "event_id = ? AND store_id = ? AND state = ?", o.EventID, d.Store, models.HostAccepted)
	return o, err
}

// hostsWith narrows events to those that a store made or hosts with others.
func (d Desk) hostsWith(read *gorm.DB) *gorm.DB {
	hosted := read.Session(&gorm.Session{NewDB: true}).Model(&models.EventHost{}).Select("event_id").Where("store_id = ? AND state = ?", d.Store, models.HostAccepted)
	return read.Where("alliance_id = ? AND (store_id = ? OR id IN (?))", d.Alliance, d.Store, hosted)
}

// AskHosts says which stores host an event beside the desk's: new ones are asked, those left out are hosts no more.
// Errors: not_found (the event, or a store of another street), event_cancelled, too_many_hosts.
func (s *Service) AskHosts(ctx context.Context, desk Desk, event models.ID, stores []models.ID) (models.Event, error) {
	wanted := slices.DeleteFunc(slices.Clone(stores), func(id models.ID) bool { return id == desk.Store })
	var e models.Event
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if e, err = desk.event(db.Lock(tx), event); err != nil {
			return err
		}
		if e.State == models.EventStateCancelled {
			return ErrCancelled
		}
		if len(wanted) > models.HostsMax {
			return ErrTooManyHosts
		}
		return s.setHosts(tx, desk, e, wanted)
	})
	return e, err
}

func (s *Service) setHosts(tx *gorm.DB, desk Desk, e models.Event, wanted []models.ID) error {
	gone := tx.Where("event_id = ?", e.ID)
	if len(wanted) > 0 {
		gone = gone.Where("store_id NOT IN ?", wanted)
	}
	if err := gone.Delete(&models.EventHost{}).Error; err != nil {
		return err
	}
	for _, id := range wanted {
		if _, err := s.Pool.Store(tx.Statement.Context, e.AllianceID, id); err != nil {
			return err
		}
		h := models.EventHost{EventID: e.ID, StoreID: id, AllianceID: e.AllianceID, State: models.HostAsked, AskedBy: desk.Account, AskedAt: s.Clock.Now()}
		made := db.OnConflictSkip(tx).Create(&h)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected > 0 {
			if err := s.Outbox.Add(tx, e.AllianceID, models.EventHostAsked, models.HostAskedFor{EventID: e.ID, StoreID: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// AnswerHosting accepts to host an event, or declines; a host that declines later is one no more. Who accepts says with it which campaign
// of its own gives each member who is checked in from now on a coupon (zero: none), and may accept again to say otherwise.
// Errors: not_found when the store was not asked, event_cancelled, gift_campaign.
func (s *Service) AnswerHosting(ctx context.Context, desk Desk, event models.ID, accept bool, gift models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		e, err := db.Find[models.Event](tx, "id = ? AND alliance_id = ?", event, desk.Alliance)
		if err != nil {
			return err
		}
		h, err := db.Find[models.EventHost](db.Lock(tx), "event_id = ? AND store_id = ?", event, desk.Store)
		if err != nil {
			return err
		}
		if !accept {
			return tx.Where("event_id = ? AND store_id = ?", event, desk.Store).Delete(&models.EventHost{}).Error
		}
		if e.State == models.EventStateCancelled {
			return ErrCancelled
		}
		if err := gives(tx, gift, desk.Alliance, desk.Store); err != nil {
			return err
		}
		now := s.Clock.Now()
		h.State, h.AnsweredBy, h.AnsweredAt, h.GiftCampaign = models.HostAccepted, desk.Account, &now, gift
		return tx.Save(&h).Error
	})
}

// giftsOf are the coupons that stores which host an event too give the guests.
func giftsOf(tx *gorm.DB, event models.ID) (gifts []models.HostGift, err error) {
	var rows []models.EventHost
	err = tx.Where("event_id = ? AND state = ? AND gift_campaign_id IS NOT NULL", event, models.HostAccepted).Order("asked_at, store_id").Find(&rows).Error
	for _, h := range rows {
		gifts = append(gifts, models.HostGift{StoreID: h.StoreID, CampaignID: h.GiftCampaign})
	}
	return gifts, err
}

// Hostings lists the events that others ask the desk's store to host with them, by their next date.
func (s *Service) Hostings(ctx context.Context, desk Desk) ([]EventView, error) {
	read := s.DB.Read(ctx)
	asked := read.Model(&models.EventHost{}).Select("event_id").Where("store_id = ? AND state = ?", desk.Store, models.HostAsked)
	var rows []models.Event
	err := s.DB.Read(ctx).Where("alliance_id = ? AND state = ? AND id IN (?)", desk.Alliance, models.EventStatePublished, asked).Order("created_at DESC, id DESC").Limit(100).Find(&rows).Error
	if err != nil {
		return nil, err
	}
	return s.EventViews(ctx, desk.Alliance, rows)
}

// HostView is a store that hosts an event with the one that made it, or is asked to.
type HostView struct {
	Store models.StoreRef  `json:"store"`
	State models.HostState `json:"state" enum:"asked,accepted"`
	Gift  models.ID        `json:"gift_campaign_id,omitzero" required:"false" doc:"a campaign of its own: a coupon for each member who is checked in"`
}

// hostsOf reads who hosts events beside the stores that made them.
func (s *Service) hostsOf(read *gorm.DB, events []models.ID) (map[models.ID][]models.EventHost, error) {
	var rows []models.EventHost
	hosts := map[models.ID][]models.EventHost{}
	if len(events) == 0 {
		return hosts, nil
	}
	err := read.Where("event_id IN ?", events).Order("event_id, asked_at, store_id").Find(&rows).Error
	for _, h := range rows {
		hosts[h.EventID] = append(hosts[h.EventID], h)
	}
	return hosts, err
}
