package helper

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

const (
	questionLength = 200
	answerLength   = 500
	wordLength     = 40
	wordsMost      = 10
	answersMost    = 100
)

func said(text string) (string, error) {
	text = models.PlainText(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", ErrEmpty.At("/text")
	case n > questionLength:
		return "", ErrTooLong.With(questionLength).At("/text")
	}
	return text, nil
}

// Lesson is what a store, or the street (the zero store), teaches the helper: ways to ask, any of which calls the answer.
type Lesson struct {
	Words []string `json:"words" nullable:"false" maxItems:"100" doc:"1 to 10, each 2 to 40 characters: a word of the question, or the question"`
	Text  string   `json:"text" doc:"1 to 500 characters"`
}

func (l Lesson) checked() (Lesson, error) {
	clean := []string{}
	for _, w := range l.Words {
		w = strings.TrimSpace(plain(models.PlainText(w)))
		if n := utf8.RuneCountInString(w); n < 2 || n > wordLength {
			return l, ErrWords.At("/words")
		}
		clean = append(clean, w)
	}
	l.Words, l.Text = clean, models.PlainText(l.Text)
	switch {
	case len(clean) == 0 || len(clean) > wordsMost:
		return l, ErrWords.At("/words")
	case l.Text == "":
		return l, ErrEmpty.At("/text")
	case utf8.RuneCountInString(l.Text) > answerLength:
		return l, ErrTooLong.With(answerLength).At("/text")
	}
	return l, nil
}

// Teach adds an answer. Errors: words, text_empty, text_too_long, answers_full, others_name.
func (s *Service) Teach(ctx context.Context, alliance, store models.ID, l Lesson) (models.HelperAnswer, error) {
	var row models.HelperAnswer
	err := s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		row, err = s.learn(tx, alliance, store, l)
		return err
	})
	return row, err
}

// learn adds an answer in the caller's transaction.
func (s *Service) learn(tx *gorm.DB, alliance, store models.ID, l Lesson) (models.HelperAnswer, error) {
	l, err := s.fit(tx.Statement.Context, alliance, store, l)
	if err != nil {
		return models.HelperAnswer{}, err
	}
	if _, err := db.Find[models.Alliance](db.Lock(tx), "id = ?", alliance); err != nil { // two who teach at once: one after the other
		return models.HelperAnswer{}, err
	}
	var n int64
	if err := of(tx.Model(&models.HelperAnswer{}), alliance, store).Count(&n).Error; err != nil {
		return models.HelperAnswer{}, err
	}
	if n >= answersMost {
		return models.HelperAnswer{}, ErrFull
	}
	now := s.Clock.Now()
	row := models.HelperAnswer{ID: models.NewID(), AllianceID: alliance, StoreID: store, Words: l.Words, Text: l.Text, CreatedAt: now, UpdatedAt: now}
	return row, tx.Create(&row).Error
}

// fit checks a lesson; a store teaches nothing in another store's name.
func (s *Service) fit(ctx context.Context, alliance, store models.ID, l Lesson) (Lesson, error) {
	l, err := l.checked()
	if err != nil || store.IsZero() {
		return l, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return l, err
	}
	for _, w := range l.Words {
		for _, other := range stores {
			if other.ID != store && named(" "+w+" ", other.Ref()) {
				return l, ErrOthersName.With(other.Name).At("/words")
			}
		}
	}
	return l, nil
}

// Reteach changes an answer. Errors: those of Teach but answers_full, not_found.
func (s *Service) Reteach(ctx context.Context, alliance, store, id models.ID, l Lesson) (models.HelperAnswer, error) {
	l, err := s.fit(ctx, alliance, store, l)
	if err != nil {
		return models.HelperAnswer{}, err
	}
	var row models.HelperAnswer
	err = s.DB.Tx(ctx, func(tx *gorm.DB) (err error) {
		if row, err = db.Find[models.HelperAnswer](db.Lock(of(tx, alliance, store)), "id = ?", id); err != nil {
			return err
		}
		row.Words, row.Text, row.UpdatedAt = l.Words, l.Text, s.Clock.Now()
		return tx.Save(&row).Error
	})
	return row, err
}

// Unteach removes an answer. Error: not_found.
func (s *Service) Unteach(ctx context.Context, alliance, store, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		gone := of(tx, alliance, store).Where("id = ?", id).Delete(&models.HelperAnswer{})
		if gone.Error == nil && gone.RowsAffected == 0 {
			return models.ErrNotFound
		}
		return gone.Error
	})
}

// of narrows to a store's rows, or to the street's own.
func of(tx *gorm.DB, alliance, store models.ID) *gorm.DB {
	if store.IsZero() {
		return tx.Where("alliance_id = ? AND store_id IS NULL", alliance)
	}
	return tx.Where("alliance_id = ? AND store_id = ?", alliance, store)
}

// Lessons lists what a store has taught, the newest first.
func (s *Service) Lessons(ctx context.Context, alliance, store models.ID) ([]models.HelperAnswer, error) {
	rows := []models.HelperAnswer{}
	err := of(s.DB.Read(ctx), alliance, store).Order("created_at DESC, id DESC").Find(&rows).Error
	return rows, err
}
