package press

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// dueMost bounds how many items one run of the job publishes.
const dueMost = 50

// PublishNow publishes an item at once. Errors: not_found, plan_published, precondition_required, precondition_failed, and
// those of feed.Check, after which the item stands there as refused.
func (s *Service) PublishNow(ctx context.Context, by *identity.Principal, store, id models.ID, ifMatch string) error {
	item, err := db.Find[models.PlanItem](s.DB.Read(ctx), "id = ? AND alliance_id = ? AND store_id = ?", id, by.AllianceID, store)
	switch {
	case err != nil:
		return err
	case item.State == models.PlanPublished:
		return ErrPublished
	}
	if err := web.Match(ifMatch, item.Version); err != nil {
		return err
	}
	item.ReleasedBy = by.AccountID
	done, err := s.publish(ctx, item)
	if err == nil && !done {
		err = ErrPublished
	}
	return err
}

// PublishDue publishes what is due. A job: an item and its post are one transaction that begins by taking the item, so each
// is published once however many nodes run it, and what a crash left undone is done by the next run.
func (s *Service) PublishDue(ctx context.Context) error {
	var due []models.PlanItem
	err := s.DB.Read(ctx).Where("state = ? AND due_at <= ?", models.PlanScheduled, s.Clock.Now()).Order("due_at, id").Limit(dueMost).Find(&due).Error
	for i := 0; err == nil && i < len(due); i++ {
		_, err = s.publish(ctx, due[i])
		var refused *models.Error
		if errors.As(err, &refused) {
			err = nil // it stands on the board, with why
		}
	}
	return err
}

// publish makes an item a post, unless another did or it was changed meanwhile. What the street's rules do not let through
// is marked, and the refusal returned.
func (s *Service) publish(ctx context.Context, item models.PlanItem) (bool, error) {
	photos, err := s.Feed.PhotosUnder(ctx, []models.ID{item.ID})
	if err != nil {
		return false, err
	}
	draft := feed.Draft{Author: feed.Author{Alliance: item.AllianceID, Account: item.DraftedBy, Store: item.StoreID}, Feed: models.StreetFeed, Text: item.Text}
	draft, err = s.Feed.Check(ctx, draft, len(photos[item.ID]))
	var refused *models.Error
	if errors.As(err, &refused) {
		return false, errors.Join(s.refuse(ctx, item, refused.Code), err)
	}
	if err != nil {
		return false, err
	}
	var done bool
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		done, err = s.take(tx, item)
		if err != nil || !done {
			return err
		}
		_, err := s.Feed.Publish(tx, item.ID, draft)
		return err
	})
	return done && err == nil, err
}

// take marks an item as published if it is still as it was read: of several who try, one does.
func (s *Service) take(tx *gorm.DB, item models.PlanItem) (bool, error) {
	now := s.Clock.Now()
	taken := tx.Model(&models.PlanItem{}).Where("id = ? AND version = ? AND state <> ?", item.ID, item.Version, models.PlanPublished).
		Updates(map[string]any{"state": models.PlanPublished, "published_at": now, "released_by": item.ReleasedBy, "why": "", "version": item.Version + 1, "updated_at": now})
	return taken.RowsAffected > 0, taken.Error
}

func (s *Service) refuse(ctx context.Context, item models.PlanItem, code string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Model(&models.PlanItem{}).Where("id = ? AND version = ? AND state <> ?", item.ID, item.Version, models.PlanPublished).
			Updates(map[string]any{"state": models.PlanRefused, "due_at": nil, "why": code, "version": item.Version + 1, "updated_at": s.Clock.Now()}).Error
	})
}
