package screen

import (
	"context"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
)

// ScreenView is a screen as the store's staff see it.
type ScreenView struct {
	ID         models.ID  `json:"id"`
	Name       string     `json:"name"`
	PickedOnly bool       `json:"picked_only" doc:"shows only what the store said itself or picked"`
	URL        string     `json:"url,omitempty" doc:"to open on the TV; for the owner only"`
	Joined     int64      `json:"joined" doc:"members who came in by its code"`
	CreatedAt  time.Time  `json:"created_at"`
	SeenAt     *time.Time `json:"seen_at,omitempty" doc:"when its TV was last heard of"`
}

// Screens lists a store's screens, in the order in which they were made; revoked ones are not among them.
func (s *Service) Screens(ctx context.Context, by *identity.Principal, store models.ID) ([]ScreenView, error) {
	var rows []models.Screen
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND revoked_at IS NULL", by.AllianceID, store).Order("id").Find(&rows).Error
	if err != nil {
		return nil, err
	}
	links, err := s.Pool.JoinLinks(ctx, by.AllianceID, store)
	if err != nil {
		return nil, err
	}
	views := make([]ScreenView, 0, len(rows))
	for _, sc := range rows {
		views = append(views, s.view(by, sc, links))
	}
	return views, nil
}

func (s *Service) view(by *identity.Principal, sc models.Screen, links []pool.LinkView) ScreenView {
	v := ScreenView{ID: sc.ID, Name: sc.Name, PickedOnly: sc.PickedOnly, CreatedAt: sc.CreatedAt, SeenAt: sc.SeenAt}
	if by.AtLeast(sc.StoreID, models.RoleOwner) {
		v.URL = s.PublicURL + "/screen#" + s.secretOf(sc.ID)
	}
	for _, l := range links {
		if l.ID == sc.LinkID {
			v.Joined = l.Joined
		}
	}
	return v
}

// Setting is what an owner says of a screen.
type Setting struct {
	Name       string
	PickedOnly bool
}

func (w Setting) clean() (Setting, error) {
	w.Name = models.PlainText(w.Name)
	if w.Name == "" || utf8.RuneCountInString(w.Name) > models.ScreenNameLength {
		return w, ErrName.With(models.ScreenNameLength).At("/name")
	}
	return w, nil
}

// Make starts a screen of a store. Errors: screen_name, not_found, store_suspended, screens_many.
func (s *Service) Make(ctx context.Context, by *identity.Principal, store models.ID, w Setting) (models.Screen, error) {
	w, err := w.clean()
	if err != nil {
		return models.Screen{}, err
	}
	sc := models.Screen{
		ID: models.NewID(), AllianceID: by.AllianceID, StoreID: store, Name: w.Name, PickedOnly: w.PickedOnly, MadeBy: by.AccountID, CreatedAt: s.Clock.Now(),
	}
	sc.Mark = s.markOf(s.secretOf(sc.ID))
	return sc, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		shop, err := s.room(tx, by.AllianceID, store)
		if err != nil {
			return err
		}
		link, err := s.Pool.ScreenLink(tx, shop, w.Name)
		if err != nil {
			return err
		}
		sc.LinkID = link.ID
		return tx.Create(&sc).Error
	})
}

// room holds the store's row and sees that one more screen fits: of two at once the second waits and counts the first.
func (s *Service) room(tx *gorm.DB, alliance, store models.ID) (models.Store, error) {
	shop, err := db.Find[models.Store](db.Lock(tx), "id = ? AND alliance_id = ?", store, alliance)
	if err != nil {
		return shop, err
	}
	var n int64
	err = tx.Model(&models.Screen{}).Where("store_id = ? AND revoked_at IS NULL", store).Count(&n).Error
	if err == nil && n >= models.ScreensMost {
		err = ErrMany.With(models.ScreensMost)
	}
	return shop, err
}

// Change gives a screen another name, or lets it show more or less; its TV looks again. Errors: screen_name, not_found,
// screen_off.
func (s *Service) Change(ctx context.Context, alliance, store, id models.ID, w Setting) error {
	w, err := w.clean()
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		sc, err := s.own(tx, alliance, store, id)
		if err != nil {
			return err
		}
		s.lookAgain(tx, alliance)
		return tx.Model(&sc).Updates(map[string]any{"name": w.Name, "picked_only": w.PickedOnly}).Error
	})
}

func (s *Service) own(tx *gorm.DB, alliance, store, id models.ID) (models.Screen, error) {
	sc, err := db.Find[models.Screen](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ?", id, alliance, store)
	if err == nil && sc.RevokedAt != nil {
		err = ErrOff
	}
	return sc, err
}

// SwitchOff ends a screen: its sockets hear nothing more from then on, its secret and its code lead nowhere. Errors:
// not_found, screen_off.
func (s *Service) SwitchOff(ctx context.Context, alliance, store, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		sc, err := s.own(tx, alliance, store, id)
		if err != nil {
			return err
		}
		return s.end(tx, sc)
	})
}

func (s *Service) end(tx *gorm.DB, sc models.Screen) error {
	db.AfterCommit(tx, func() { s.Revoke(sc.ID) })
	if err := s.Pool.EndLink(tx, sc.LinkID); err != nil {
		return err
	}
	return tx.Model(&models.Screen{}).Where("id = ?", sc.ID).Update("revoked_at", s.Clock.Now()).Error
}

// storeLeft ends the screens of a store that leaves the street.
func (s *Service) storeLeft(_ context.Context, tx *gorm.DB, e outbox.Event, left models.StoreDeparted) error {
	var rows []models.Screen
	err := tx.Where("alliance_id = ? AND store_id = ? AND revoked_at IS NULL", e.AllianceID, left.StoreID).Find(&rows).Error
	for i := 0; err == nil && i < len(rows); i++ {
		err = s.end(tx, rows[i])
	}
	return err
}
