package feed

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
)

// checkCard: people put a store of the street on a post; cards of coupons and events the street writes itself. Error:
// card_unknown.
func (s *Service) checkCard(ctx context.Context, d Draft) error {
	if d.Card != models.CardStore {
		return nil
	}
	store, err := s.Pool.Store(ctx, d.Alliance, d.CardID)
	if errors.Is(err, models.ErrNotFound) || err == nil && !store.Active() {
		err = ErrCard.At("/card/id")
	}
	return err
}

// storeCards are the stores that posts show, as they are now; one that has left the street is shown no more.
func (s *Service) storeCards(ctx context.Context, alliance models.ID, ids []models.ID) (map[models.ID]pool.StoreFront, error) {
	fronts := map[models.ID]pool.StoreFront{}
	for _, id := range ids {
		if _, known := fronts[id]; known {
			continue
		}
		page, err := s.Pool.Page(ctx, alliance, id)
		switch {
		case errors.Is(err, models.ErrNotFound):
		case err != nil:
			return nil, err
		case page.Status == models.StoreActive:
			fronts[id] = page.StoreFront
		}
	}
	return fronts, nil
}

// campaignCard lets the issuer's persona tell of a campaign that has started, once.
func (s *Service) campaignCard(_ context.Context, tx *gorm.DB, e outbox.Event, started models.CampaignStarted) error {
	c, err := db.Find[models.Campaign](tx, "id = ? AND alliance_id = ?", started.CampaignID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	if c.Given != models.GivenPublic {
		return nil
	}
	text := c.Description
	if text == "" {
		text = fmt.Sprintf("%s，一共 %d 张，领了就能用。", c.Title, c.Stock)
	}
	return s.tell(tx, Draft{Author: Author{Alliance: e.AllianceID, Store: c.StoreID}, Text: text, Card: models.CardCampaign, CardID: c.ID})
}

// withEvent puts an event's card into a post about it. Only somebody who speaks for a store or is a coordinator does so, and
// the event is of this street. Error: not_found.
func (s *Service) withEvent(ctx context.Context, d Draft, event models.ID) (Draft, error) {
	if event.IsZero() {
		return d, nil
	}
	cards, err := s.Calendar.Cards(ctx, d.Alliance, d.Member, []models.ID{event})
	if _, known := cards[event]; err == nil && (!known || d.Store.IsZero() && !d.Coordinator) {
		err = models.ErrNotFound
	}
	d.Card, d.CardID = models.CardEvent, event
	return d, err
}

// eventCard lets the host's persona tell of an event, once; of the street's own the coordinator who made it.
func (s *Service) eventCard(_ context.Context, tx *gorm.DB, e outbox.Event, published models.EventChanged) error {
	event, err := db.Find[models.Event](tx, "id = ? AND alliance_id = ?", published.EventID, e.AllianceID)
	if err != nil {
		return db.IfNone(err, nil)
	}
	text := event.Story
	if text == "" {
		text = event.Title
	}
	by := Author{Alliance: e.AllianceID, Store: event.StoreID}
	if event.StoreID == event.AllianceID {
		by = Author{Alliance: e.AllianceID, Account: event.CreatedBy, Coordinator: true}
	}
	return s.tell(tx, Draft{Author: by, Text: text, Card: models.CardEvent, CardID: event.ID})
}

// eventWithdrawn takes back what the street told of an event that was taken out of the calendar.
func (s *Service) eventWithdrawn(_ context.Context, tx *gorm.DB, e outbox.Event, gone models.EventChanged) error {
	var told []models.Post
	err := db.Lock(tx).Where("alliance_id = ? AND card_kind = ? AND card_id = ? AND deleted_at IS NULL", e.AllianceID, models.CardEvent, gone.EventID).Find(&told).Error
	for i := 0; err == nil && i < len(told); i++ {
		err = s.erase(tx, told[i])
	}
	return err
}

func (s *Service) tell(tx *gorm.DB, d Draft) error {
	var there int64
	err := tx.Model(&models.Post{}).Where("alliance_id = ? AND card_kind = ? AND card_id = ?", d.Alliance, d.Card, d.CardID).Count(&there).Error
	if err != nil || there > 0 {
		return err
	}
	d.Feed, d.Text = models.StreetFeed, models.PlainText(d.Text)
	_, err = s.write(tx, d)
	return err
}

// campaignChanged tells the tickets on the screens what is left.
func (s *Service) campaignChanged(_ context.Context, tx *gorm.DB, e outbox.Event, changed models.CampaignChanged) error {
	db.AfterCommit(tx, func() {
		s.Streams.Signal(e.AllianceID, models.FeedStream(models.StreetFeed), "campaign.changed", changed, changed.CampaignID)
	})
	return nil
}
