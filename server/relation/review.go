package relation

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

const reviewPage = 200

// Review lets silence take its levels: every relation whose time has come is computed anew. It may run on any node, at
// any time and more than once; it returns how many relations it looked at. The clock that calls it daily is the app's.
func (s *Service) Review(ctx context.Context) (int, error) {
	for looked := 0; ; {
		var due []models.Relation
		err := s.DB.Read(ctx).Where("falls_at <= ?", s.Clock.Now()).Order("falls_at").Limit(reviewPage).Find(&due).Error
		if err != nil || len(due) == 0 {
			return looked, err
		}
		for _, r := range due {
			if err := s.reviewOne(ctx, r); err != nil {
				return looked, err
			}
			looked++
		}
	}
}

// reviewOne computes one relation anew, unless it has gone meanwhile because its member left.
func (s *Service) reviewOne(ctx context.Context, r models.Relation) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		err := db.Lock(tx).Where("id = ?", r.ID).Take(&r).Error
		if err != nil {
			return db.IfNone(err, nil)
		}
		return s.recompute(tx, r.AllianceID, r.StoreID, r.MemberID)
	})
}
