package feed

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// PinView is a notice at the top of a feed or of a store's page.
type PinView struct {
	Post  PostView  `json:"post"`
	Until time.Time `json:"until" doc:"when it comes down by itself"`
}

// Pin puts a post at the top of its feed until the end of a day (YYYY-MM-DD in the street's zone), or changes that day. On the
// street a coordinator may, in a circle its moderators. Errors: not_found, post_gone, not_in_circle, may_not_pin, pin_until,
// pins_full.
func (s *Service) Pin(ctx context.Context, by *identity.Principal, post models.ID, until string) error {
	ends, err := s.pinEnd(ctx, by.AllianceID, until)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.pinnable(tx, by, post)
		if err != nil {
			return err
		}
		if err := s.clearPins(tx, p.AllianceID, p.Feed); err != nil {
			return err
		}
		pin := models.Pin{AllianceID: p.AllianceID, Place: p.Feed, PostID: p.ID, PinnedBy: by.AccountID, EndsAt: ends, CreatedAt: s.Clock.Now()}
		if err := s.putUp(tx, pin, models.FeedPins); err != nil {
			return err
		}
		return s.tellPinned(tx, p, pin)
	})
}

// pinnable finds a post that the caller may pin, and holds it.
func (s *Service) pinnable(tx *gorm.DB, by *identity.Principal, post models.ID) (models.Post, error) {
	p, err := s.find(db.Lock(tx), speaker(by, models.ID{}), post)
	if err != nil {
		return p, err
	}
	keeps, err := s.moderates(tx, speaker(by, models.ID{}), p.Feed)
	if err == nil && !keeps {
		err = ErrMayNotPin
	}
	return p, err
}

// pinEnd is the end of a day that is not over and not too far off. Error: pin_until.
func (s *Service) pinEnd(ctx context.Context, alliance models.ID, until string) (time.Time, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return time.Time{}, err
	}
	day, err := time.ParseInLocation(time.DateOnly, until, street.Location())
	ends, now := day.AddDate(0, 0, 1), s.Clock.Now()
	if err != nil || !ends.After(now) || day.After(now.AddDate(0, 0, models.PinDays)) {
		return time.Time{}, ErrPinUntil.With(models.PinDays).At("/until")
	}
	return ends.UTC(), nil
}

// putUp takes one of the slots of a place; the unique key decides who gets the last. A post (its row is held) that is up
// already keeps its slot and gets the new end. Error: pins_full.
func (s *Service) putUp(tx *gorm.DB, pin models.Pin, slots int) error {
	_, err := db.Find[models.Pin](tx, "alliance_id = ? AND place = ? AND post_id = ?", pin.AllianceID, pin.Place, pin.PostID)
	if err == nil {
		return tx.Model(&models.Pin{}).Where("alliance_id = ? AND place = ? AND post_id = ?", pin.AllianceID, pin.Place, pin.PostID).
			Updates(map[string]any{"ends_at": pin.EndsAt, "pinned_by": pin.PinnedBy}).Error
	}
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	for pin.Slot = 1; pin.Slot <= slots; pin.Slot++ {
		if made := db.OnConflictSkip(tx).Create(&pin); made.Error != nil || made.RowsAffected > 0 {
			return made.Error
		}
	}
	return ErrPinsFull.With(slots)
}

// tellPinned shows a notice on every screen; the item that told of it before is emptied.
func (s *Service) tellPinned(tx *gorm.DB, p models.Post, pin models.Pin) error {
	view, err := s.publicView(tx, p)
	if err != nil {
		return err
	}
	old, err := db.Find[models.Pin](tx, "alliance_id = ? AND place = ? AND post_id = ?", pin.AllianceID, pin.Place, pin.PostID)
	if err != nil {
		return err
	}
	if old.Seq > 0 {
		if err := s.Streams.Erase(tx, p.AllianceID, models.FeedStream(p.Feed), old.Seq); err != nil {
			return err
		}
	}
	item, err := s.Streams.Append(tx, p.AllianceID, models.FeedStream(p.Feed), "post.pinned", PinView{Post: view, Until: pin.EndsAt})
	if err != nil {
		return err
	}
	return tx.Model(&models.Pin{}).Where("alliance_id = ? AND place = ? AND post_id = ?", pin.AllianceID, pin.Place, pin.PostID).Update("seq", item.Seq).Error
}

// Unpin takes a notice down; the post stays. Doing it twice is doing it once. Errors: those of Pin but for the day's.
func (s *Service) Unpin(ctx context.Context, by *identity.Principal, post models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.pinnable(tx, by, post)
		if err != nil {
			return err
		}
		gone, err := s.takePins(tx, p.AllianceID, "place = ? AND post_id = ?", p.Feed, p.ID)
		if err != nil || gone == 0 {
			return err
		}
		_, err = s.Streams.Append(tx, p.AllianceID, models.FeedStream(p.Feed), "post.unpinned", map[string]any{"post_id": p.ID})
		return err
	})
}

// clearPins frees the slots of notices whose day is over.
func (s *Service) clearPins(tx *gorm.DB, alliance models.ID, place string) error {
	_, err := s.takePins(tx, alliance, "place = ? AND ends_at <= ?", place, s.Clock.Now())
	return err
}

// takePins removes pins and what the streams' items say of them.
func (s *Service) takePins(tx *gorm.DB, alliance models.ID, where string, args ...any) (int, error) {
	var rows []models.Pin
	all := tx.Where("alliance_id = ?", alliance).Where(where, args...).Session(&gorm.Session{})
	if err := all.Find(&rows).Error; err != nil || len(rows) == 0 {
		return 0, err
	}
	for _, pin := range rows {
		if pin.Seq == 0 {
			continue
		}
		if err := s.Streams.Erase(tx, alliance, models.FeedStream(pin.Place), pin.Seq); err != nil {
			return 0, err
		}
	}
	return len(rows), all.Delete(&models.Pin{}).Error
}

// pinned are the notices of a place that are up now, the newest first.
func (s *Service) pinned(ctx context.Context, reader *identity.Principal, place string) ([]PinView, error) {
	var rows []models.Pin
	err := s.DB.Read(ctx).Where("alliance_id = ? AND place = ? AND ends_at > ?", reader.AllianceID, place, s.Clock.Now()).
		Order("created_at DESC, slot").Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return []PinView{}, err
	}
	ends, ids := map[models.ID]time.Time{}, make([]models.ID, len(rows))
	for i, pin := range rows {
		ends[pin.PostID], ids[i] = pin.EndsAt, pin.PostID
	}
	var posts []models.Post
	err = conduct.NotBlocked(s.DB.Read(ctx).Where("alliance_id = ? AND id IN ? AND deleted_at IS NULL", reader.AllianceID, ids), reader, "posts").Find(&posts).Error
	if err != nil {
		return nil, err
	}
	views, err := s.views(ctx, reader, posts)
	shown := make([]PinView, 0, len(views))
	for _, id := range ids {
		for _, v := range views {
			if v.ID == id {
				shown = append(shown, PinView{Post: v, Until: ends[id]})
			}
		}
	}
	return shown, err
}
