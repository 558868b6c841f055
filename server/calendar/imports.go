package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"path"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/calendar/intake"
	"onestreet/server/platform/db"
)

// A calendar that is brought along: read and judged at once (package intake, importjudge.go), shown, and written when somebody
// chooses what of it is to come (importwrite.go). Each entry is known by its UID for ever, so that it comes once, and a newer file
// changes what it brought.

// SeeCalendar reads a calendar's file for a desk and judges every entry; nothing but the judgement is written. What the store looked
// at before and did not bring in is forgotten. Errors: not_found, store_suspended, import_too_large, those of intake.Read.
func (s *Service) SeeCalendar(ctx context.Context, desk Desk, name string, data []byte) (models.CalendarImport, error) {
	var imp models.CalendarImport
	if len(data) > models.CalendarFileMax {
		return imp, ErrImportLarge
	}
	j, err := s.judge(ctx, desk)
	if err != nil {
		return imp, err
	}
	file, err := intake.Read(data, intake.Street{Zone: j.street.Location(), Now: s.Clock.Now()})
	if err != nil {
		return imp, err
	}
	imp = models.CalendarImport{
		ID: models.NewID(), AllianceID: desk.Alliance, StoreID: desk.Store, AccountID: desk.Account, FileName: fileName(name),
		Source: file.Source, Encoding: file.Encoding, Columns: append([]models.CalendarColumn{}, file.Columns...), Notes: asJSON(file.Notes), CreatedAt: s.Clock.Now(),
	}
	rows, err := j.rows(s.DB.Read(ctx), &imp, file)
	if err != nil {
		return imp, err
	}
	return imp, s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := forgetLooks(tx, tx.Where("store_id = ?", desk.Store)); err != nil {
			return err
		}
		if err := tx.Create(&imp).Error; err != nil {
			return err
		}
		return tx.CreateInBatches(rows, 200).Error
	})
}

func fileName(name string) string {
	name = strings.ToValidUTF8(path.Base(strings.ReplaceAll(name, `\`, "/")), "")
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[len(runes)-100:])
	}
	return name
}

// asJSON writes what this package has made of texts, numbers and times: it always can be written.
func asJSON(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}

// forgetLooks forgets files that were looked at and not brought in.
func forgetLooks(tx, which *gorm.DB) error {
	var ids []models.ID
	err := which.Model(&models.CalendarImport{}).Where("done_at IS NULL").Limit(1000).Pluck("id", &ids).Error
	if err != nil || len(ids) == 0 {
		return err
	}
	if err := tx.Where("import_id IN ?", ids).Delete(&models.CalendarImportRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN ? AND done_at IS NULL", ids).Delete(&models.CalendarImport{}).Error
}

// lookKept is how long a file that somebody looked at waits to be brought in.
const lookKept = 24 * time.Hour

// ForgetLooks forgets calendars that were looked at a day ago and not brought in: they hold what was never meant for the street; and what
// was before those that were brought in, when they cannot be taken back any more.
func (s *Service) ForgetLooks(ctx context.Context) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if err := tx.Where("created_at < ?", s.Clock.Now().Add(-models.CalendarUndo)).Delete(&models.ImportedBefore{}).Error; err != nil {
			return err
		}
		return forgetLooks(tx, tx.Where("created_at < ?", s.Clock.Now().Add(-lookKept)))
	})
}

// looked reads an import of the desk's store. Error: not_found, also for another store's.
func (d Desk) looked(tx *gorm.DB, id models.ID) (models.CalendarImport, error) {
	return db.Find[models.CalendarImport](tx, "id = ? AND alliance_id = ? AND store_id = ?", id, d.Alliance, d.Store)
}

// uidHash is by what an entry is known.
func uidHash(uid string) []byte {
	sum := sha256.Sum256([]byte(uid))
	return sum[:]
}
