package referral

import (
	"context"

	"onestreet/models"
)

// came counts the members whom a store brought in and who were checked in at an event of the street in a month (R74). It is told
// when the month is over, so that nobody is seen coming, and withheld of fewer than the street's k. To come posts nothing (R37).
func (s *Service) came(ctx context.Context, a models.Alliance, store models.ID, month string) (*int64, error) {
	_, since, to, err := s.bounds(a, month)
	if err != nil || s.Clock.Now().Before(to) {
		return nil, err
	}
	var n int64
	err = s.DB.Read(ctx).Table("visits v").Joins("JOIN referrals r ON r.alliance_id = v.alliance_id AND r.member_id = v.member_id").
		Where("v.alliance_id = ? AND v.kind = ? AND v.cancelled_at IS NULL AND v.at >= ? AND v.at < ?", a.ID, models.VisitCheckIn, since.UTC(), to.UTC()).
		Where("r.store_id = ?", store).Distinct("v.member_id").Count(&n).Error
	if err != nil || n < int64(a.K) {
		return nil, err
	}
	return &n, nil
}
