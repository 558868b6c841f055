package identity

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/token"
)

// SessionTTL is how long a device stays logged in without being opened; every refresh begins it anew.
const SessionTTL = 60 * 24 * time.Hour

// Tokens are what a device holds: the access token for requests, the refresh token for the cookie.
type Tokens struct {
	Session models.ID
	Access  string
	Expires time.Time
	Refresh string
}

// LogIn opens a session for a phone and its code in a street. Errors: phone, phone_foreign, code_…, account_unknown when
// the phone has no grant in the street.
func (s *Service) LogIn(ctx context.Context, rawPhone, code string, alliance models.ID) (Tokens, models.ID, error) {
	phone, err := NormalizePhone(rawPhone)
	if err != nil {
		return Tokens{}, models.ID{}, err
	}
	tried, err := s.TryCode(ctx, phone, code)
	if err != nil {
		return Tokens{}, models.ID{}, err
	}
	var out Tokens
	var account models.ID
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		account, err = s.known(tx, phone, alliance)
		if err != nil {
			return err
		}
		if err = s.UseCode(tx, tried); err != nil {
			return err
		}
		out, err = s.OpenSession(tx, account, alliance)
		return err
	})
	return out, account, err
}

// known finds the account of a phone that has a grant in the street.
func (s *Service) known(tx *gorm.DB, phone string, alliance models.ID) (models.ID, error) {
	a, err := db.Find[models.Account](tx, "phone_hash = ? AND EXISTS (SELECT 1 FROM grants g WHERE g.account_id = accounts.id AND g.alliance_id = ?)",
		s.keys.Hash("phone", phone), alliance)
	return a.ID, db.IfNone(err, ErrStranger)
}

// OpenSession logs an account in to a street, in the caller's transaction.
func (s *Service) OpenSession(tx *gorm.DB, account, alliance models.ID) (Tokens, error) {
	now := s.clock.Now()
	row := models.Session{ID: models.NewID(), AccountID: account, AllianceID: alliance, CreatedAt: now, ExpiresAt: now.Add(SessionTTL)}
	refresh, hash := newRefresh(row.ID)
	row.RefreshHash = hash
	if err := tx.Create(&row).Error; err != nil {
		return Tokens{}, err
	}
	return s.tokens(row, refresh)
}

// newRefresh makes "<session>.<random>" and the hash that is stored.
func newRefresh(session models.ID) (string, []byte) {
	text := session.String() + "." + token.Random(32)
	sum := sha256.Sum256([]byte(text))
	return text, sum[:]
}

func (s *Service) tokens(row models.Session, refresh string) (Tokens, error) {
	access, expires, err := s.keys.Access(row.AccountID, row.AllianceID, row.ID)
	return Tokens{Session: row.ID, Access: access, Expires: expires, Refresh: refresh}, err
}

// Refresh trades a refresh token for new tokens. A token that was traded before ends the session: somebody else holds
// it too. Error: session_ended.
func (s *Service) Refresh(ctx context.Context, refresh string) (Tokens, models.Session, error) {
	session, err := sessionOf(refresh)
	if err != nil {
		return Tokens{}, models.Session{}, err
	}
	var out Tokens
	var row models.Session
	reused := false
	err = s.db.Tx(ctx, func(tx *gorm.DB) error {
		reused = false
		err := db.Lock(tx).Where("id = ? AND ended_at IS NULL AND expires_at > ?", session, s.clock.Now()).Take(&row).Error
		if err != nil {
			return db.IfNone(err, ErrRefresh)
		}
		sum := sha256.Sum256([]byte(refresh))
		if subtle.ConstantTimeCompare(sum[:], row.RefreshHash) == 0 {
			reused = true
			return s.endSession(tx, session)
		}
		out, err = s.rotate(tx, row)
		return err
	})
	if err == nil && reused {
		err = ErrRefresh
	}
	return out, row, err
}

func (s *Service) rotate(tx *gorm.DB, row models.Session) (Tokens, error) {
	refresh, hash := newRefresh(row.ID)
	err := tx.Model(&models.Session{}).Where("id = ?", row.ID).Updates(map[string]any{
		"refresh_hash": hash, "generation": row.Generation + 1, "expires_at": s.clock.Now().Add(SessionTTL),
	}).Error
	if err != nil {
		return Tokens{}, err
	}
	return s.tokens(row, refresh)
}

func sessionOf(refresh string) (models.ID, error) {
	text, _, _ := strings.Cut(refresh, ".")
	id, err := models.ParseID(text)
	if err != nil {
		return id, ErrRefresh
	}
	return id, nil
}

func (s *Service) endSession(tx *gorm.DB, session models.ID) error {
	return tx.Model(&models.Session{}).Where("id = ? AND ended_at IS NULL", session).Update("ended_at", s.clock.Now()).Error
}

// LogOut ends the session of a refresh token, and with it the session's sockets; one that is unknown or ended is no error.
func (s *Service) LogOut(ctx context.Context, refresh string) error {
	session, err := sessionOf(refresh)
	if err != nil {
		return nil
	}
	return s.db.Tx(ctx, func(tx *gorm.DB) error {
		var owner []models.ID
		if err := tx.Model(&models.Session{}).Where("id = ?", session).Pluck("account_id", &owner).Error; err != nil || len(owner) == 0 {
			return err
		}
		s.revoked(tx, owner[0])
		return s.endSession(tx, session)
	})
}

// EndSessions logs an account out of a street on every device.
func (s *Service) EndSessions(tx *gorm.DB, account, alliance models.ID) error {
	s.revoked(tx, account)
	return tx.Model(&models.Session{}).Where("account_id = ? AND alliance_id = ? AND ended_at IS NULL", account, alliance).
		Update("ended_at", s.clock.Now()).Error
}
