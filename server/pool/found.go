package pool

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Errors of founding.
var (
	ErrSlugTaken = models.Fail(models.Conflict, "slug_taken", "这个名字有人用了", "This name is taken.")
	ErrSlugForm  = models.Fail(models.Invalid, "slug", "地址里的名字只能用小写字母、数字和横线，2 到 40 个", "A slug takes 2 to 40 lower-case letters, digits and dashes.")
)

// Person is somebody who is given a role: a phone as people write it, and a name.
type Person struct{ Phone, Name, Face string }

// Found opens a new street with its first coordinator; alliance carries its slug, name and settings
// (models.NewAlliance). Errors: slug, slug_taken, phone, phone_foreign.
func (s *Service) Found(ctx context.Context, alliance models.Alliance, coordinator Person) (models.Alliance, error) {
	if !slugForm(alliance.Slug) {
		return alliance, ErrSlugForm.At("/slug")
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&alliance).Error; err != nil {
			return taken(err)
		}
		account, err := s.person(tx, coordinator)
		if err != nil {
			return err
		}
		return s.Identity.Grant(tx, models.CoordinatorGrant(alliance.ID, account.ID, s.Clock.Now()))
	})
	s.cache.clear()
	return alliance, err
}

// OpenStore adds a store at the east end of a street, with its owner and the join code for its counter.
// Errors: slug, slug_taken, hours, color_contrast, phone, phone_foreign.
func (s *Service) OpenStore(ctx context.Context, store models.Store, owner Person) (models.Store, error) {
	if err := checkStore(store); err != nil {
		return store, err
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		store.ID, store.Status, store.Version, store.CreatedAt = models.NewID(), models.StoreActive, 1, s.Clock.Now()
		if err := s.atTheEnd(tx, &store); err != nil {
			return err
		}
		if err := tx.Create(&store).Error; err != nil {
			return taken(err)
		}
		account, err := s.person(tx, owner)
		if err != nil {
			return err
		}
		if err := s.Identity.Grant(tx, models.StaffGrant(store.AllianceID, account.ID, store.ID, models.RoleOwner, store.CreatedAt)); err != nil {
			return err
		}
		return tx.Create(counterLink(store)).Error
	})
	s.cache.clear()
	return store, err
}

func checkStore(store models.Store) error {
	if !slugForm(store.Slug) {
		return ErrSlugForm.At("/slug")
	}
	if wrong := models.CheckHours(store.Hours); wrong.ZH != "" {
		return ErrHours.Field("/hours", wrong)
	}
	if !models.ReadableSign(store.Color) {
		return ErrColor.At("/color")
	}
	return nil
}

// atTheEnd takes the next place in the row; the street's row is held, so two new stores never get one place.
func (s *Service) atTheEnd(tx *gorm.DB, store *models.Store) error {
	if _, err := db.Find[models.Alliance](db.Lock(tx).Select("id"), "id = ?", store.AllianceID); err != nil {
		return err
	}
	return tx.Model(&models.Store{}).Where("alliance_id = ?", store.AllianceID).Select("COALESCE(MAX(position), 0) + 1").Scan(&store.Position).Error
}

func counterLink(store models.Store) *models.JoinLink {
	return &models.JoinLink{
		ID: models.NewID(), AllianceID: store.AllianceID, StoreID: store.ID, Code: models.NewLinkCode(),
		Kind: models.TouchCounter, Label: "柜台", CreatedAt: store.CreatedAt,
	}
}

// person finds or makes the account of somebody who is given a role.
func (s *Service) person(tx *gorm.DB, p Person) (models.Account, error) {
	phone, err := identity.NormalizePhone(p.Phone)
	if err != nil {
		return models.Account{}, err
	}
	account, err := s.Identity.AccountByPhone(tx, phone)
	if err != nil || account.Name != "" {
		return account, err
	}
	account.Name, account.Face = p.Name, p.Face
	return account, tx.Model(&models.Account{}).Where("id = ?", account.ID).Updates(map[string]any{"name": p.Name, "face": p.Face}).Error
}

func slugForm(slug string) bool {
	if len(slug) < 2 || len(slug) > 40 {
		return false
	}
	for _, r := range slug {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return true
}

func taken(err error) error {
	if db.IsDuplicate(err) {
		return ErrSlugTaken.At("/slug")
	}
	return err
}
