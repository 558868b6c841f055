package referral

import (
	"context"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/referral/words"
)

var pooled = models.Text{ZH: "积分整条街通用，哪家发的都收，月底一起结。", EN: "Points are the street’s own: every store honours them, whoever gave them. They are settled after the month."}

// explainHonoured tells what a store gave for the points that it took. A reversal says why it gave them back, so what it
// was for stands in the line that it takes back.
func (s *Service) explainHonoured(ctx context.Context, r Reader, lines []ledger.Line) (map[models.ID]Explanation, error) {
	var taken []models.Transfer
	err := s.DB.Read(ctx).Select("visit_id", "reason").
		Where("alliance_id = ? AND kind = ? AND reverses_id IS NULL", r.Alliance.ID, models.KindPointsSpent).
		Where("visit_id IN ?", about(lines, func(l ledger.Line) models.ID { return l.VisitID })).Find(&taken).Error
	what := make(map[models.ID]string, len(taken))
	for _, t := range taken {
		what[t.VisitID] = t.Reason
	}
	said := make(map[models.ID]Explanation, len(lines))
	for _, l := range lines {
		if given := what[l.VisitID]; given != "" {
			said[l.ID] = Explanation{Text: words.Join("收下%s的积分：%s", "Honoured points of %s: %s", r.Who(l.MemberID), models.Same(given)), Why: []models.Text{pooled}}
		}
	}
	return said, err
}
