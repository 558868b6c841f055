package calendar

import (
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// snapshot is what an entry was here before an import wrote it.
type snapshot struct {
	Imported models.ImportedEvent
	Event    models.Event
	Dates    []models.Occurrence // those that were not over
	Series   *models.Series      `json:",omitempty"`
	Terms    *models.SignUpTerms `json:",omitempty"`
	Paper    *models.EventPaper  `json:",omitempty"` // instead of the others
}

// keepBefore writes down what an entry is snapshot it is written; nothing of one that comes for the first time.
func (w *writer) keepBefore(l look, state models.CalendarRowState, came models.ImportedEvent) error {
	row := models.ImportedBefore{
		ID: models.NewID(), AllianceID: w.desk.Alliance, ImportID: w.imp.ID, ImportedID: came.ID, Line: l.Line, Title: cut(l.Title, models.EventTitleMax), CreatedAt: w.now,
	}
	if state != models.CalendarNew {
		was, err := beforeOf(w.tx, came)
		if err != nil {
			return err
		}
		was.Dates = notOver(was.Dates, w.judge)
		row.Was = asJSON(was)
	}
	return w.tx.Create(&row).Error
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most])
	}
	return text
}

func notOver(dates []models.Occurrence, j *judge) (left []models.Occurrence) {
	for _, o := range dates {
		if !o.Over(j.now) {
			left = append(left, o)
		}
	}
	return left
}

// beforeOf reads what an entry is here now, with all its dates. What is no more stays zero.
func beforeOf(tx *gorm.DB, came models.ImportedEvent) (b snapshot, err error) {
	b.Imported = came
	if came.EventID.IsZero() {
		b.Paper, err = maybe[models.EventPaper](tx, "id = ?", came.PaperID)
		return b, err
	}
	e, err := maybe[models.Event](tx, "id = ?", came.EventID)
	if err != nil || e == nil {
		return b, err
	}
	b.Event = *e
	if err = tx.Where("event_id = ?", e.ID).Order("id").Find(&b.Dates).Error; err != nil {
		return b, err
	}
	if b.Series, err = maybe[models.Series](tx, "event_id = ?", e.ID); err != nil {
		return b, err
	}
	b.Terms, err = maybe[models.SignUpTerms](tx, "event_id = ?", e.ID)
	return b, err
}

// maybe finds a row, or nil.
func maybe[T any](tx *gorm.DB, where string, args ...any) (*T, error) {
	row, err := db.Find[T](tx, where, args...)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return &row, err
}

// wasOf reads what was written down; nil of an entry that was not here.
func wasOf(row models.ImportedBefore) (*snapshot, error) {
	if row.Was == "" {
		return nil, nil
	}
	var b snapshot
	err := json.Unmarshal([]byte(row.Was), &b)
	return &b, err
}
