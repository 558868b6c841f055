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

// Lesson is what a store, or the street (the zero store), teaches the helper: words of the question, any of which calls
// the answer.
type Lesson struct {
	Words []string `json:"words" nullable:"false" doc:"1 to 10, each 2 to 20 characters"`
	Text  string   `json:"text" doc:"1 to 500 characters"`
}

func (l Lesson) checked() (Lesson, error) {
	clean := []string{}
	for _, w := range l.Words {
		w = strings.TrimSpace(plain(models.PlainText(w)))
		if n := utf8.RuneCountInString(w); n < 2 || n > 20 {
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

// Teach adds an answer. Errors: words, text_empty, text_too_long, answers_full.
func (s *Service) Teach(ctx context.Context, alliance, store models.ID, l Lesson) (models.HelperAnswer, error) {
	l, err := l.checked()
	if err != nil {
		return models.HelperAnswer{}, err
	}
	now := s.Clock.Now()
	row := models.HelperAnswer{ID: models.NewID(), AllianceID: alliance, StoreID: store, Words: l.Words, Text: l.Text, CreatedAt: now, UpdatedAt: now}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := db.Find[models.Alliance](db.Lock(tx), "id = ?", alliance); err != nil { // two who teach at once: one after the other
			return err
		}
		var n int64
		if err := of(tx.Model(&models.HelperAnswer{}), alliance, store).Count(&n).Error; err != nil {
			return err
		}
		if n >= answersMost {
			return ErrFull
		}
		return tx.Create(&row).Error
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

// taught is the answer whose word in the question is longest; stores that are not on the street now say nothing.
func (s *Service) taught(ctx context.Context, alliance models.ID, question string) (HelperReply, error) {
	var rows []models.HelperAnswer
	if err := s.DB.Read(ctx).Where("alliance_id = ?", alliance).Order("id").Find(&rows).Error; err != nil {
		return HelperReply{}, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return HelperReply{}, err
	}
	active := map[models.ID]models.Store{}
	for _, store := range stores {
		if store.Active() {
			active[store.ID] = store
		}
	}
	text, longest := plain(question), 0
	r := HelperReply{Intent: "taught", Lines: []string{}}
	for _, row := range rows {
		store, here := active[row.StoreID]
		for _, w := range row.Words {
			if n := utf8.RuneCountInString(w); n > longest && has(text, w) && (here || row.StoreID.IsZero()) {
				longest, r.Text, r.Link = n, row.Text, ""
				if here {
					r.Text, r.Link = store.Name+"："+row.Text, "/stores/"+store.ID.String()
				}
			}
		}
	}
	return r, nil
}
