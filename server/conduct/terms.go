package conduct

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct/advert"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// term checks a word: 2 to 20 characters that something is left of in its plain form.
func term(word string) (string, error) {
	word = strings.TrimSpace(models.PlainText(word))
	if n := utf8.RuneCountInString(word); n < 2 || n > 20 || utf8.RuneCountInString(advert.Plain(word)) < 2 {
		return "", ErrTerm.At("/word")
	}
	return word, nil
}

// OwnTerm is a word of the street's list as a coordinator writes it.
type OwnTerm struct {
	Word string `json:"word" maxLength:"200"`
	Does string `json:"does" enum:"ad,review,ok"`
	Off  bool   `json:"off,omitempty" doc:"it stands on the list and does nothing yet"`
}

// line is what the trail says of a word.
func (t OwnTerm) line() string {
	if t.Off {
		return "term_pause"
	}
	return "term_" + t.Does
}

// AddTerm puts a word on the street's list. Errors: term, term_taken.
func (s *Service) AddTerm(ctx context.Context, by *identity.Principal, in OwnTerm) (models.ConductTerm, error) {
	word, err := term(in.Word)
	if err != nil {
		return models.ConductTerm{}, err
	}
	defer s.forget(by.AllianceID)
	t := models.ConductTerm{ID: models.NewID(), AllianceID: by.AllianceID, Word: word, Does: in.Does, Active: !in.Off, AddedBy: by.AccountID, CreatedAt: s.Clock.Now()}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		made := db.OnConflictSkip(tx).Create(&t)
		if made.Error == nil && made.RowsAffected == 0 {
			return ErrTermTaken
		}
		if made.Error != nil {
			return made.Error
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: in.line(), Words: word})
	})
	return t, err
}

// SetTerm changes a word, what it does, or whether it is on. Errors: not_found, term, term_taken.
func (s *Service) SetTerm(ctx context.Context, by *identity.Principal, id models.ID, in OwnTerm) error {
	word, err := term(in.Word)
	if err != nil {
		return err
	}
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		t, err := db.Find[models.ConductTerm](db.Lock(tx), "id = ? AND alliance_id = ?", id, by.AllianceID)
		if err != nil {
			return err
		}
		err = tx.Model(&t).Updates(map[string]any{"word": word, "does": in.Does, "active": !in.Off}).Error
		if db.IsDuplicate(err) {
			return ErrTermTaken
		}
		if err != nil {
			return err
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: in.line(), Words: word})
	})
}

// DropTerm takes a word off the list. Error: not_found.
func (s *Service) DropTerm(ctx context.Context, by *identity.Principal, id models.ID) error {
	defer s.forget(by.AllianceID)
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		t, err := db.Find[models.ConductTerm](tx, "id = ? AND alliance_id = ?", id, by.AllianceID)
		if err != nil {
			return err
		}
		if err := tx.Delete(&t).Error; err != nil {
			return err
		}
		return s.note(tx, models.ConductLine{AllianceID: by.AllianceID, ByID: by.AccountID, What: "term_off", Words: t.Word})
	})
}
