package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// StaffMember is somebody who works for a store.
type StaffMember struct {
	AccountID   models.ID   `json:"account_id"`
	Name        string      `json:"name"`
	PhoneMasked string      `json:"phone_masked"`
	Role        models.Role `json:"role" enum:"clerk,manager,owner"`
	Since       time.Time   `json:"since"`
}

type staffRow struct {
	AccountID models.ID
	Name      string
	Phone     *string
	Role      models.Role
	CreatedAt time.Time
}

func (r staffRow) view() StaffMember {
	return StaffMember{AccountID: r.AccountID, Name: r.Name, PhoneMasked: masked(r.Phone), Role: r.Role, Since: r.CreatedAt}
}

func staffOf(tx *gorm.DB, alliance, store models.ID) *gorm.DB {
	return tx.Table("grants g").Select("g.account_id, g.role, g.created_at, a.name, a.phone").
		Joins("JOIN accounts a ON a.id = g.account_id").Where("g.alliance_id = ? AND g.store_id = ?", alliance, store)
}

// Staff lists who works for a store, the longest-serving first.
func (s *Service) Staff(ctx context.Context, alliance, store models.ID) ([]StaffMember, error) {
	var rows []staffRow
	err := staffOf(s.DB.Read(ctx), alliance, store).Order("g.created_at, g.account_id").Find(&rows).Error
	views := make([]StaffMember, 0, len(rows))
	for _, r := range rows {
		views = append(views, r.view())
	}
	return views, err
}

// Hire makes the owner of a phone staff of a store; who works there in another role changes to this one.
// Errors: phone, phone_foreign, not_found, already_staff, last_owner.
func (s *Service) Hire(ctx context.Context, alliance, store models.ID, rawPhone, name string, role models.Role) (StaffMember, error) {
	phone, err := identity.NormalizePhone(rawPhone)
	if err != nil {
		return StaffMember{}, err
	}
	var row staffRow
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := lockStore(tx, alliance, store); err != nil {
			return err
		}
		account, err := s.lockAccount(tx, phone)
		if err != nil {
			return err
		}
		if account, err = s.nameAccount(tx, account, name); err != nil {
			return err
		}
		if err := s.mayTakeRole(tx, alliance, store, account, role); err != nil {
			return err
		}
		if err := s.Identity.Grant(tx, models.StaffGrant(alliance, account.ID, store, role, s.Clock.Now())); err != nil {
			return err
		}
		return staffOf(tx, alliance, store).Where("g.account_id = ?", account.ID).Take(&row).Error
	})
	return row.view(), err
}

// lockStore holds a store, so that of two owners leaving at once one stays.
func lockStore(tx *gorm.DB, alliance, store models.ID) error {
	_, err := db.Find[models.Store](db.Lock(tx).Select("id"), "id = ? AND alliance_id = ?", store, alliance)
	return err
}

func (s *Service) mayTakeRole(tx *gorm.DB, alliance, store models.ID, account models.Account, role models.Role) error {
	has, err := grantOf(tx, alliance, store, account.ID)
	switch {
	case err != nil:
		return db.IfNone(err, nil)
	case has.Role == role:
		return ErrAlreadyStaff.With(account.Name)
	}
	return keepsAnOwner(tx, has)
}

// grantOf is what an account may do in a store. Error: not_found, for somebody who does not work there.
func grantOf(tx *gorm.DB, alliance, store, account models.ID) (models.Grant, error) {
	return db.Find[models.Grant](tx, "alliance_id = ? AND account_id = ? AND store_id = ?", alliance, account, store)
}

// keepsAnOwner refuses to take the last owner's grant away.
func keepsAnOwner(tx *gorm.DB, g models.Grant) error {
	if g.Role != models.RoleOwner {
		return nil
	}
	var owners int64
	err := tx.Model(&models.Grant{}).Where("alliance_id = ? AND store_id = ? AND role = ?", g.AllianceID, g.StoreID, models.RoleOwner).Count(&owners).Error
	if err == nil && owners < 2 {
		return ErrLastOwner
	}
	return err
}

// Dismiss ends somebody's work for a store, at once on every device. Errors: not_found, not_staff, last_owner.
func (s *Service) Dismiss(ctx context.Context, alliance, store, account models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := lockStore(tx, alliance, store); err != nil {
			return err
		}
		has, err := grantOf(tx, alliance, store, account)
		if err != nil {
			return db.IfNone(err, ErrNotStaff)
		}
		if err := keepsAnOwner(tx, has); err != nil {
			return err
		}
		return s.Identity.Revoke(tx, alliance, account, has.Scope)
	})
}
