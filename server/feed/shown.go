package feed

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
)

// Newest reads what was said in the street's own feed since a moment, the newest first, as a visitor sees it. narrow adds
// to the query over posts what else they have to be.
func (s *Service) Newest(ctx context.Context, alliance models.ID, since time.Time, limit int, narrow func(*gorm.DB) *gorm.DB) ([]PostView, error) {
	query := s.DB.Read(ctx).Where("alliance_id = ? AND feed = ? AND deleted_at IS NULL AND created_at > ?", alliance, models.StreetFeed, since)
	var rows []models.Post
	if err := narrow(query).Order("seq DESC").Limit(limit).Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.views(ctx, &identity.Principal{AllianceID: alliance}, rows)
}
