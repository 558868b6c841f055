// Package identity knows people: accounts by verified phone number, one-time codes, sessions with rotating refresh
// tokens, and grants that say who may do what.
//
//	phone ── code sent ── code right ── session ── access token (15 min) ─┐
//	                                      └─ refresh (rotates; reuse ends the session) ─┘
//
// A session is a person in one street: its tokens are good for that street only. Grants are read at every request, so
// that taking one away works at once. The guards of this package stand beside the routes of every feature.
package identity

import (
	"context"
	"log/slog"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/sms"
	"onestreet/server/platform/token"
)

// Options are the limits of logging in.
type Options struct {
	CodesPerAddress int  // one-time codes an hour for one network address (a shop's wireless network is one)
	Demo            bool // the demo answers with the code it sent, and lets people be entered as
	SecureCookie    bool // the site is served over https
}

// Street finds a street by its slug; the empty slug is the only or first street. Error: not_found.
type Street func(ctx context.Context, slug string) (models.ID, error)

// Service is the feature.
type Service struct {
	db     *db.DB
	clock  clock.Clock
	keys   *token.Keys
	sms    sms.Sender
	street Street
	opt    Options
	log    *slog.Logger
	views  Views
	gone   func(account models.ID)
	live   *db.Gather[models.ID, standing] // by session
}

// Views are what higher features know of the caller and identity shows in Me; set at wiring.
type Views struct {
	Street func(ctx context.Context, alliance models.ID) (StreetView, error)
	Member func(ctx context.Context, alliance, member models.ID) (MemberView, error)
	Stores func(ctx context.Context, alliance models.ID) (map[models.ID]models.StoreRef, error)
	People func(ctx context.Context) ([]DemoPerson, error)
	// Renamed tells the pool that a member's name or face has changed; member may be zero.
	Renamed func(tx *gorm.DB, member models.ID, changes map[string]any) error
}

// New returns the feature. Call Use before serving.
func New(d *db.DB, c clock.Clock, keys *token.Keys, sender sms.Sender, opt Options, log *slog.Logger) *Service {
	s := &Service{db: d, clock: c, keys: keys, sms: sender, opt: opt, log: log}
	s.live = db.NewGather(standingsAtOnce, s.standings)
	return s
}

// Use connects what the features below know: streets by slug, and the views of Me.
func (s *Service) Use(street Street, views Views) { s.street, s.views = street, views }

// OnRevoked is told, after the commit, of accounts that have lost a role or a session: their sockets are looked at again.
func (s *Service) OnRevoked(f func(account models.ID)) { s.gone = f }

func (s *Service) revoked(tx *gorm.DB, account models.ID) {
	db.AfterCommit(tx, func() {
		if s.gone != nil {
			s.gone(account)
		}
	})
}

// AccountByPhone finds the account of a phone in E.164, or makes it, in the caller's transaction.
func (s *Service) AccountByPhone(tx *gorm.DB, phone string) (models.Account, error) {
	hash := s.keys.Hash("phone", phone)
	fresh := models.Account{ID: models.NewID(), Phone: &phone, PhoneHash: hash, Locale: "zh-CN", CreatedAt: s.clock.Now()}
	if made := db.OnConflictSkip(tx).Create(&fresh); made.Error != nil || made.RowsAffected == 1 {
		return fresh, made.Error
	}
	var found models.Account
	if err := tx.Where("phone_hash = ?", hash).Take(&found).Error; err != nil {
		return found, err
	}
	if found.Phone != nil {
		return found, nil
	}
	found.Phone = &phone // erased when its owner left; the owner is back and has proved it
	return found, tx.Model(&models.Account{}).Where("id = ?", found.ID).Update("phone", phone).Error
}

// PhoneHash is the keyed hash under which a phone is known even after it is erased.
func (s *Service) PhoneHash(phone string) []byte { return s.keys.Hash("phone", phone) }

// Account reads an account. Error: not_found.
func (s *Service) Account(ctx context.Context, id models.ID) (models.Account, error) {
	return db.Find[models.Account](s.db.Read(ctx), "id = ?", id)
}

// Grant gives a role; a grant of the same scope is replaced.
func (s *Service) Grant(tx *gorm.DB, g models.Grant) error {
	if err := s.Revoke(tx, g.AllianceID, g.AccountID, g.Scope); err != nil {
		return err
	}
	return tx.Create(&g).Error
}

// Revoke takes the grant of a scope away; none there is no error.
func (s *Service) Revoke(tx *gorm.DB, alliance, account models.ID, scope string) error {
	s.revoked(tx, account)
	return tx.Where("alliance_id = ? AND account_id = ? AND scope = ?", alliance, account, scope).Delete(&models.Grant{}).Error
}

// Erase removes what is personal from an account that has no grant left anywhere: phone, name, face. The keyed hash of
// the phone stays, so that the phone still joins a pool once.
func (s *Service) Erase(tx *gorm.DB, account models.ID) error {
	var left int64
	if err := tx.Model(&models.Grant{}).Where("account_id = ?", account).Count(&left).Error; err != nil || left > 0 {
		return err
	}
	var a models.Account
	if err := tx.Where("id = ?", account).Take(&a).Error; err != nil {
		return err
	}
	if err := tx.Where("phone_hash = ?", a.PhoneHash).Delete(&models.LoginCode{}).Error; err != nil {
		return err
	}
	return tx.Model(&models.Account{}).Where("id = ?", account).Updates(map[string]any{"phone": nil, "name": "", "face": ""}).Error
}

// PhoneHashes reads the hashes under which accounts' phones are known, in the caller's transaction; who is not there is
// left out.
func (s *Service) PhoneHashes(tx *gorm.DB, ids []models.ID) (map[models.ID][]byte, error) {
	rows, err := accounts(tx, "phone_hash", ids)
	hashes := make(map[models.ID][]byte, len(rows))
	for _, a := range rows {
		hashes[a.ID] = a.PhoneHash
	}
	return hashes, err
}

// AskLocales asks, as one of several queries, for the languages of accounts; who is not there is left out.
func (s *Service) AskLocales(tx *gorm.DB, ids []models.ID, into map[models.ID]string) db.Query {
	var rows []models.Account
	return db.Query{Of: tx.Select("id", "locale").Where("id IN ?", ids), Into: &rows, Then: func() {
		for _, a := range rows {
			into[a.ID] = a.Locale
		}
	}}
}

// Names reads the names of accounts, in the caller's transaction; who is not there is left out.
func (s *Service) Names(tx *gorm.DB, ids []models.ID) (map[models.ID]string, error) {
	rows, err := accounts(tx, "name", ids)
	names := make(map[models.ID]string, len(rows))
	for _, a := range rows {
		names[a.ID] = a.Name
	}
	return names, err
}

// AskNames is Names as one of several queries.
func (s *Service) AskNames(tx *gorm.DB, ids []models.ID, into map[models.ID]string) db.Query {
	var rows []models.Account
	return db.Query{Of: tx.Select("id", "name").Where("id IN ?", ids), Into: &rows, Then: func() {
		for _, a := range rows {
			into[a.ID] = a.Name
		}
	}}
}

// accounts reads one column of accounts.
func accounts(tx *gorm.DB, column string, ids []models.ID) (rows []models.Account, err error) {
	if len(ids) > 0 {
		err = tx.Select("id", column).Where("id IN ?", ids).Find(&rows).Error
	}
	return rows, err
}
