package chat

import (
	"context"
	"errors"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

const (
	awayLength   = 200
	cannedMost   = 20
	cannedTitle  = 12
	cannedLength = 500
)

// Answering is how a store answers: its quiet hours in the street's time ("22:00" to "08:00"; both empty: none), what it
// says then (empty: the street's words), and the answers it has ready.
type Answering struct {
	QuietFrom  string          `json:"quiet_from" maxLength:"5"`
	QuietUntil string          `json:"quiet_until" maxLength:"5"`
	AwayText   string          `json:"away_text" doc:"at most 200 characters"`
	Canned     []models.Canned `json:"canned" nullable:"false" doc:"at most 20"`
}

func settingsOf(tx *gorm.DB, store models.ID) (models.ChatSettings, error) {
	row, err := db.Find[models.ChatSettings](tx, "store_id = ?", store)
	if errors.Is(err, models.ErrNotFound) {
		return models.ChatSettings{StoreID: store, Canned: []models.Canned{}, Version: 0}, nil
	}
	return row, err
}

// Answering reads how a store answers, with the version to change it by.
func (s *Service) Answering(ctx context.Context, store models.ID) (Answering, int64, error) {
	row, err := settingsOf(s.DB.Read(ctx), store)
	return Answering{row.QuietFrom, row.QuietUntil, row.AwayText, row.Canned}, row.Version, err
}

// SetAnswering changes how a store answers. Errors: quiet_hours, away_text, canned, precondition_failed,
// precondition_required.
func (s *Service) SetAnswering(ctx context.Context, alliance, store models.ID, ifMatch string, a Answering) error {
	a, err := a.checked()
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := db.Find[models.Store](db.Lock(tx), "id = ? AND alliance_id = ?", store, alliance); err != nil {
			return err
		}
		row, err := settingsOf(tx, store)
		if err != nil {
			return err
		}
		if err := web.Match(ifMatch, row.Version); err != nil {
			return err
		}
		row.AllianceID, row.Version, row.UpdatedAt = alliance, row.Version+1, s.Clock.Now()
		row.QuietFrom, row.QuietUntil, row.AwayText, row.Canned = a.QuietFrom, a.QuietUntil, a.AwayText, a.Canned
		return tx.Save(&row).Error
	})
}

func (a Answering) checked() (Answering, error) {
	a.AwayText = models.PlainText(a.AwayText)
	if utf8.RuneCountInString(a.AwayText) > awayLength {
		return a, ErrAwayText.At("/away_text")
	}
	if !models.ClockSpan(a.QuietFrom, a.QuietUntil) {
		return a, ErrQuiet.At("/quiet_from")
	}
	if len(a.Canned) > cannedMost {
		return a, ErrCanned.At("/canned")
	}
	canned := make([]models.Canned, len(a.Canned))
	for i, c := range a.Canned {
		c.Title, c.Text = models.PlainText(c.Title), models.PlainText(c.Text)
		if c.Title == "" || utf8.RuneCountInString(c.Title) > cannedTitle || c.Text == "" || utf8.RuneCountInString(c.Text) > cannedLength {
			return a, ErrCanned.At("/canned")
		}
		canned[i] = c
	}
	a.Canned = canned
	return a, nil
}
