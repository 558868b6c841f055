package calendar

import (
	"context"
	"slices"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/blob"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// The leaflet is what goes with an invitation beside its plan: pictures, and what to bring. It is of the whole event, so all
// dates of a series share it.
//
// A picture is a photo as the feed takes them: uploaded first, unused, its uploader's. Hanging it at an event or a paper uses it;
// then it may hang at other events and papers of the same host too (held again, made from a template). When it hangs nowhere any
// more it is unused again, and the job that forgets uploads takes it away.

// Leaflet is what an organiser hangs up. Pictures are ids of photos, the cover first.
type Leaflet struct {
	Bring    string // at most 200 characters
	Pictures []models.ID
}

// SetLeaflet says what to bring to an event and hangs its pictures up; what was there goes. Another thing to bring counts as a
// change that calendar programs notice. Errors: not_found, event_cancelled, invalid, too_many_pictures, picture_unknown.
func (s *Service) SetLeaflet(ctx context.Context, desk Desk, event models.ID, l Leaflet) (models.Event, error) {
	l.Bring = strings.TrimSpace(l.Bring)
	var e models.Event
	if err := models.CheckBring(l.Bring); err != nil {
		return e, err
	}
	return e, s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if e, err = s.liveEvent(tx, desk, event); err != nil {
			return err
		}
		was := e
		if e.Pictures, err = hangUp(tx, desk, e.ID, l.Pictures); err != nil {
			return err
		}
		if e.Bring = l.Bring; e.Bring != was.Bring {
			e.Sequence++
			e.UpdatedAt = s.Clock.Now()
		}
		if err := tx.Save(&e).Error; err != nil {
			return err
		}
		return takeDown(tx, desk, was.Pictures)
	})
}

// hangUp uses photos for something of the desk's host, in their order. Errors: too_many_pictures, picture_unknown.
func hangUp(tx *gorm.DB, desk Desk, at models.ID, photos []models.ID) ([]models.Picture, error) {
	pictures := make([]models.Picture, 0, len(photos))
	if len(photos) > models.EventPicturesMax {
		return nil, ErrManyPictures
	}
	for i, id := range photos {
		if slices.Contains(photos[:i], id) {
			continue
		}
		p, err := db.Find[models.Photo](db.Lock(tx), "id = ? AND alliance_id = ?", id, desk.Alliance)
		if err == nil {
			err = use(tx, desk, p, at)
		}
		if err != nil {
			return nil, db.IfNone(err, ErrPicture)
		}
		pictures = append(pictures, models.Picture{ID: p.ID, W: p.Width, H: p.Height})
	}
	return pictures, nil
}

// use takes an unused photo of the desk's own account, or allows one that hangs at something of its host already.
func use(tx *gorm.DB, desk Desk, p models.Photo, at models.ID) error {
	if p.PostID.IsZero() {
		if p.AccountID != desk.Account {
			return ErrPicture
		}
		return tx.Model(&models.Photo{}).Where("id = ?", p.ID).Update("post_id", at).Error
	}
	n, err := hangs(tx, desk, p.ID)
	if err == nil && n == 0 {
		err = ErrPicture
	}
	return err
}

// hangs counts at how many events and papers of the desk's host a picture hangs.
func hangs(tx *gorm.DB, desk Desk, photo models.ID) (int64, error) {
	var events, papers int64
	has := "%" + photo.String() + "%"
	err := tx.Model(&models.Event{}).Where("store_id = ? AND pictures LIKE ?", desk.Store, has).Count(&events).Error
	if err != nil {
		return 0, err
	}
	err = tx.Model(&models.EventPaper{}).Where("store_id = ? AND pictures LIKE ?", desk.Store, has).Count(&papers).Error
	return events + papers, err
}

// takeDown gives up those of some pictures that hang nowhere any more.
func takeDown(tx *gorm.DB, desk Desk, pictures []models.Picture) error {
	for _, p := range pictures {
		n, err := hangs(tx, desk, p.ID)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if err := tx.Model(&models.Photo{}).Where("id = ?", p.ID).Update("post_id", nil).Error; err != nil {
			return err
		}
	}
	return nil
}

// EventPicture is a picture of an event; w and h are the full size in pixels.
type EventPicture blob.View

func picturesView(list []models.Picture) []EventPicture {
	views := make([]EventPicture, len(list))
	for i, p := range list {
		views[i] = EventPicture(blob.Shown(blob.Public, p.ID, p.W, p.H))
	}
	return views
}

type leafletInput struct {
	Store models.ID `path:"store"`
	Event models.ID `path:"event"`
	Body  struct {
		Bring    string      `json:"bring,omitempty" doc:"what to bring, at most 200 characters"`
		PhotoIDs []models.ID `json:"photo_ids" maxItems:"30" nullable:"false" doc:"at most nine: own unused uploads, or pictures of an event or template of this host; the first is the cover"`
	}
}

func (s *Service) putLeaflet(ctx context.Context, in *leafletInput) (*web.Reply[EventView], error) {
	e, err := s.SetLeaflet(ctx, deskOf(ctx, in.Store), in.Event, Leaflet{Bring: in.Body.Bring, Pictures: in.Body.PhotoIDs})
	return s.eventReply(ctx, e, err)
}
