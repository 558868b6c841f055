package calendar

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
)

// missedPage bounds how many sign-ups are noted as missed in one transaction.
const missedPage = 500

// NoteMissed writes down who had places and did not come, once check-ins have closed. A job: the update's condition makes it
// safe on every node, and a list that a door brings in later still counts.
func (s *Service) NoteMissed(ctx context.Context) error {
	now := s.Clock.Now()
	closed := now.Add(-models.CheckInGrace)
	for {
		var ids []models.ID
		err := s.DB.Read(ctx).Table("sign_ups AS s").Joins("JOIN occurrences AS o ON o.id = s.occurrence_id").
			Where("o.ends_at <= ? AND o.ends_at > ? AND o.state = ? AND s.state = ?", closed, closed.Add(-models.NoShowWindow), models.EventStatePublished, models.SignedUp).
			Limit(missedPage).Pluck("s.id", &ids).Error
		if err != nil || len(ids) == 0 {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
			return tx.Model(&models.SignUp{}).Where("id IN ? AND state = ?", ids, models.SignedUp).UpdateColumn("state", models.Missed).Error
		})
		if err != nil {
			return err
		}
	}
}

// noShows counts how often members stayed away from events of the street within models.NoShowWindow; who never did is not
// in the map.
func (s *Service) noShows(tx *gorm.DB, alliance models.ID, members []models.ID) (map[models.ID]int, error) {
	var rows []struct {
		MemberID models.ID
		N        int
	}
	err := tx.Session(&gorm.Session{NewDB: true}).Table("sign_ups AS s").Select("s.member_id, COUNT(*) AS n").Joins("JOIN occurrences AS o ON o.id = s.occurrence_id").
		Where("s.alliance_id = ? AND s.member_id IN ? AND s.state = ? AND o.ends_at > ?", alliance, members, models.Missed, s.Clock.Now().Add(-models.NoShowWindow)).
		Group("s.member_id").Scan(&rows).Error
	away := make(map[models.ID]int, len(rows))
	for _, r := range rows {
		away[r.MemberID] = r.N
	}
	return away, err
}
