package conduct

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Appoint makes a member a moderator, or ends it. Error: not_found.
func (s *Service) Appoint(ctx context.Context, by *identity.Principal, member models.ID, on bool) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		m, err := db.Find[models.Member](tx, "id = ? AND alliance_id = ?", member, by.AllianceID)
		if err != nil {
			return err
		}
		what := "moderator_off"
		if on {
			what = "moderator"
			err = db.OnConflictSkip(tx).Create(&models.ConductModerator{AllianceID: by.AllianceID, AccountID: m.AccountID, MemberID: m.ID, GrantedBy: by.AccountID, CreatedAt: s.Clock.Now()}).Error
		} else {
			err = tx.Where("alliance_id = ? AND account_id = ?", by.AllianceID, m.AccountID).Delete(&models.ConductModerator{}).Error
		}
		if err != nil {
			return err
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: what, AccountID: m.AccountID})
	})
}

// Block hides what the author of a post says from the caller. Errors: not_found, own_post.
func (s *Service) Block(ctx context.Context, by *identity.Principal, post models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ?", post, by.AllianceID)
		switch {
		case err != nil:
			return err
		case p.AccountID == by.AccountID:
			return ErrOwn
		case p.AccountID.IsZero() || !p.StoreID.IsZero():
			return models.ErrNotFound // a store is muted in the inbox's settings, not blocked
		}
		return db.OnConflictSkip(tx).Create(&models.ConductBlock{AllianceID: by.AllianceID, AccountID: by.AccountID, BlockedID: p.AccountID, CreatedAt: s.Clock.Now()}).Error
	})
}

// Unblock shows it again.
func (s *Service) Unblock(ctx context.Context, by *identity.Principal, account models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Where("alliance_id = ? AND account_id = ? AND blocked_id = ?", by.AllianceID, by.AccountID, account).Delete(&models.ConductBlock{}).Error
	})
}

// NotBlocked leaves out rows (with an account_id and no store_id) of those whom the reader blocked.
func NotBlocked(query *gorm.DB, reader *identity.Principal, table string) *gorm.DB {
	if reader.Visitor() {
		return query
	}
	return query.Where("NOT EXISTS (SELECT 1 FROM conduct_blocks b WHERE b.alliance_id = ? AND b.account_id = ? AND b.blocked_id = "+table+".account_id AND "+table+".store_id IS NULL)", reader.AllianceID, reader.AccountID)
}

// Hidden are the authors whom a reader does not see, by the ids that posts and comments show: a member's, else the account's.
func Hidden(read *gorm.DB, reader *identity.Principal) ([]models.ID, error) {
	ids := []models.ID{}
	if reader.Visitor() {
		return ids, nil
	}
	err := read.Table("conduct_blocks b").Joins("LEFT JOIN members m ON m.alliance_id = b.alliance_id AND m.account_id = b.blocked_id").
		Where("b.alliance_id = ? AND b.account_id = ?", reader.AllianceID, reader.AccountID).Pluck("COALESCE(m.id, b.blocked_id)", &ids).Error
	return ids, err
}

// heldLine is one line of a member's export.
type heldLine struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	Rule string    `json:"rule"`
}

// export is what is held of a member.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	out := struct {
		Cases   []heldLine `json:"cases"`
		Strikes []heldLine `json:"strikes"`
	}{Cases: []heldLine{}, Strikes: []heldLine{}}
	for model, to := range map[any]*[]heldLine{&models.ConductCase{}: &out.Cases, &models.ConductStrike{}: &out.Strikes} {
		err := tx.Model(model).Select("created_at AS at, text, rule").Where("alliance_id = ? AND account_id = ?", m.AllianceID, m.AccountID).Order("created_at, id").Scan(to).Error
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// leave empties what a member said; that it was an advert stays.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	own := tx.Where("alliance_id = ? AND account_id = ?", m.AllianceID, m.AccountID)
	for model, empty := range map[any]map[string]any{
		&models.ConductCase{}:   {"text": "", "draft": "null", "evidence": ""},
		&models.ConductStrike{}: {"text": "", "evidence": "", "appeal": "", "answer": ""},
		&models.ConductLine{}:   {"words": ""},
		&models.ConductReport{}: {"reason": ""},
	} {
		if err := own.Session(&gorm.Session{}).Model(model).Updates(empty).Error; err != nil {
			return err
		}
	}
	if err := own.Session(&gorm.Session{}).Delete(&models.ConductModerator{}).Error; err != nil {
		return err
	}
	return tx.Where("alliance_id = ? AND (account_id = ? OR blocked_id = ?)", m.AllianceID, m.AccountID, m.AccountID).Delete(&models.ConductBlock{}).Error
}
