package press

import (
	"context"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// planAhead is how far ahead something can be scheduled.
const planAhead = 366 * 24 * time.Hour

// PlanDraft is what staff write into the plan.
type PlanDraft struct {
	Column models.PlanColumn
	Text   string
	Photos []models.ID
}

func (d PlanDraft) clean() (PlanDraft, error) {
	d.Text = models.PlainText(d.Text)
	switch {
	case !d.Column.Known():
		return d, ErrColumn.At("/column")
	case d.Text == "" && len(d.Photos) == 0:
		return d, feed.ErrEmpty.At("/text")
	case utf8.RuneCountInString(d.Text) > models.PostLength:
		return d, feed.ErrTooLong.With(models.PostLength).At("/text")
	}
	return d, nil
}

// Draft puts a draft into a store's plan. Errors: plan_column, text_empty, text_too_long, too_many_photos, photo_unknown.
func (s *Service) Draft(ctx context.Context, by *identity.Principal, store models.ID, d PlanDraft) (models.PlanItem, error) {
	d, err := d.clean()
	if err != nil {
		return models.PlanItem{}, err
	}
	now := s.Clock.Now()
	item := models.PlanItem{
		ID: models.NewID(), AllianceID: by.AllianceID, StoreID: store, Pillar: d.Column, Text: d.Text, State: models.PlanDraft,
		DraftedBy: by.AccountID, Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	return item, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.Feed.HoldPhotos(tx, item.AllianceID, by.AccountID, item.ID, d.Photos); err != nil {
			return err
		}
		return tx.Create(&item).Error
	})
}

// holdItem holds an item's row that is not published yet and is still as the caller saw it. Errors: not_found,
// plan_published, precondition_required, precondition_failed.
func (s *Service) holdItem(tx *gorm.DB, alliance, store, id models.ID, ifMatch string) (models.PlanItem, error) {
	item, err := db.Find[models.PlanItem](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ?", id, alliance, store)
	switch {
	case err != nil:
		return item, err
	case item.State == models.PlanPublished:
		return item, ErrPublished
	}
	return item, web.Match(ifMatch, item.Version)
}

// Edit changes an item until it is published. What the owner scheduled and somebody else changes is a draft again, for the
// owner to read; a refused one too. Errors: those of Draft and of holdItem.
func (s *Service) Edit(ctx context.Context, by *identity.Principal, store, id models.ID, ifMatch string, d PlanDraft) error {
	d, err := d.clean()
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		item, err := s.holdItem(tx, by.AllianceID, store, id, ifMatch)
		if err != nil {
			return err
		}
		if err := s.Feed.HoldPhotos(tx, item.AllianceID, by.AccountID, item.ID, d.Photos); err != nil {
			return err
		}
		change := map[string]any{"pillar": d.Column, "text": d.Text, "edited_by": by.AccountID}
		if item.State == models.PlanRefused || !by.AtLeast(store, models.RoleOwner) {
			change["state"], change["due_at"], change["why"], change["released_by"] = models.PlanDraft, nil, "", nil
		}
		return s.change(tx, item, change)
	})
}

func (s *Service) change(tx *gorm.DB, item models.PlanItem, change map[string]any) error {
	change["version"], change["updated_at"] = item.Version+1, s.Clock.Now()
	return tx.Model(&models.PlanItem{}).Where("id = ?", item.ID).Updates(change).Error
}

// Schedule lets an item be published at a minute of the street's own clock: day is YYYY-MM-DD, hour HH:MM. Errors: plan_due,
// and those of holdItem.
func (s *Service) Schedule(ctx context.Context, by *identity.Principal, store, id models.ID, ifMatch, day, hour string) error {
	street, err := s.Pool.Alliance(ctx, by.AllianceID)
	if err != nil {
		return err
	}
	now := s.Clock.Now()
	due, err := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, street.Location())
	if err != nil || !due.After(now) || due.After(now.Add(planAhead)) {
		return ErrDue.At("/day")
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		item, err := s.holdItem(tx, by.AllianceID, store, id, ifMatch)
		if err != nil {
			return err
		}
		return s.change(tx, item, map[string]any{"state": models.PlanScheduled, "due_at": due.UTC(), "released_by": by.AccountID, "why": ""})
	})
}

// Unschedule makes an item a draft again. Errors: those of holdItem.
func (s *Service) Unschedule(ctx context.Context, by *identity.Principal, store, id models.ID, ifMatch string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		item, err := s.holdItem(tx, by.AllianceID, store, id, ifMatch)
		if err != nil {
			return err
		}
		return s.change(tx, item, map[string]any{"state": models.PlanDraft, "due_at": nil, "released_by": nil})
	})
}

// Drop takes an item out of the plan, with its photos: who drafted it may, and managers. Errors: plan_not_yours, and those of
// holdItem.
func (s *Service) Drop(ctx context.Context, by *identity.Principal, store, id models.ID, ifMatch string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		item, err := s.holdItem(tx, by.AllianceID, store, id, ifMatch)
		if err != nil {
			return err
		}
		if item.DraftedBy != by.AccountID && !by.AtLeast(store, models.RoleManager) {
			return ErrNotYours
		}
		if err := s.Feed.DropPhotos(tx, item.ID); err != nil {
			return err
		}
		return tx.Where("id = ?", item.ID).Delete(&models.PlanItem{}).Error
	})
}
