package coupon

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/web"
)

// storeList bounds how many campaigns a store's list shows, the newest first.
const storeList = 200

// Public lists what the street can claim now or soon, the newest first. Error: cursor.
func (s *Service) Public(ctx context.Context, reader *identity.Principal, cursor string, limit int) (web.Page[CampaignView], error) {
	var after models.ID
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[CampaignView]{}, err
	}
	query := s.DB.Read(ctx).Where("alliance_id = ? AND state IN ? AND given = ? AND claim_until >= ?",
		reader.AllianceID, []models.CampaignState{models.CampaignScheduled, models.CampaignLive}, models.GivenPublic, s.Clock.Now())
	return s.page(ctx, reader, query, after, limit)
}

// page reads the campaigns of a query after one, the newest first.
func (s *Service) page(ctx context.Context, reader *identity.Principal, query *gorm.DB, after models.ID, limit int) (web.Page[CampaignView], error) {
	if !after.IsZero() {
		query = query.Where("id < ?", after)
	}
	var rows []models.Campaign
	if err := query.Order("id DESC").Limit(limit + 1).Find(&rows).Error; err != nil {
		return web.Page[CampaignView]{}, err
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = web.EncodeCursor(rows[limit-1].ID)
	}
	views, err := s.campaignViews(ctx, reader, rows)
	return web.NewPage(views, next), err
}

// OfStore lists a store's own campaigns and those of others that it has, or is offered, a share in. A draft that was not
// sent out yet is its issuer's alone. Archived ones are listed apart.
func (s *Service) OfStore(ctx context.Context, reader *identity.Principal, store models.ID, archived bool) ([]CampaignView, error) {
	return s.byShares(ctx, reader, func(r *gorm.DB) *gorm.DB {
		return r.Where("s.store_id = ? AND (c.store_id = ? OR c.state <> ?) AND (c.state = ?) = ?",
			store, store, models.CampaignDraft, models.CampaignArchived, archived)
	})
}

// OfStreet lists every store's campaigns that were sent out, the newest first, for a coordinator. Error: cursor.
func (s *Service) OfStreet(ctx context.Context, reader *identity.Principal, cursor string, limit int) (web.Page[CampaignView], error) {
	var after models.ID
	if err := web.DecodeCursor(cursor, &after); err != nil {
		return web.Page[CampaignView]{}, err
	}
	query := s.DB.Read(ctx).Where("alliance_id = ? AND state NOT IN ?", reader.AllianceID, []models.CampaignState{models.CampaignDraft, models.CampaignArchived})
	return s.page(ctx, reader, query, after, limit)
}

// Waiting lists what waits for a store's signature.
func (s *Service) Waiting(ctx context.Context, reader *identity.Principal, store models.ID) ([]CampaignView, error) {
	return s.byShares(ctx, reader, func(r *gorm.DB) *gorm.DB {
		return r.Where("s.store_id = ? AND s.state = ? AND c.state = ?", store, models.ShareWaiting, models.CampaignSigning)
	})
}

// byShares lists the campaigns c of the reader's street whose present shares s fit.
func (s *Service) byShares(ctx context.Context, reader *identity.Principal, fit func(*gorm.DB) *gorm.DB) ([]CampaignView, error) {
	var rows []models.Campaign
	query := s.DB.Read(ctx).Table("campaigns AS c").Select("c.*").
		Joins("JOIN campaign_shares AS s ON s.campaign_id = c.id AND s.version = c.version").Where("c.alliance_id = ?", reader.AllianceID)
	if err := fit(query).Order("c.id DESC").Limit(storeList).Find(&rows).Error; err != nil {
		return nil, err
	}
	return s.campaignViews(ctx, reader, rows)
}
