package press

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// auditSeries looks for a series whose number of parts is not that of its rows, or whose rows have a gap.
func auditSeries(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var wrong []struct {
		models.TalkSeries
		Told, Last int64
	}
	const (
		told = "(SELECT COUNT(*) FROM talk_parts p WHERE p.series_id = s.id)"
		last = "(SELECT COALESCE(MAX(p.number), 0) FROM talk_parts p WHERE p.series_id = s.id)"
	)
	err := r.Table("talk_series s").Select("s.*, "+told+" AS told, "+last+" AS last").
		Where("s.alliance_id = ?", alliance).Where("s.parts <> " + told + " OR s.parts <> " + last).Order("s.id").Limit(1).Scan(&wrong).Error
	if err != nil || len(wrong) == 0 {
		return nil, err
	}
	w := wrong[0]
	return &ledger.Finding{
		Alliance: w.AllianceID, Table: "talk_series", Row: w.ID.String(),
		Problem: fmt.Sprintf("says that it has %d parts, has %d, the last of them number %d", w.Parts, w.Told, w.Last),
	}, nil
}
