package screen

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/conduct"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Candidate is a post that a store may want on its screens.
type Candidate struct {
	WallPost
	Own    bool `json:"own" doc:"the store said it itself: it is on every screen of the store"`
	Picked bool `json:"picked"`
}

// Candidates lists what a screen of the store could show now, the newest first, and what is picked of it.
func (s *Service) Candidates(ctx context.Context, alliance, store models.ID) ([]Candidate, error) {
	said, err := s.Feed.Newest(ctx, alliance, s.Clock.Now().Add(-wallAge), 2*wallPosts, func(query *gorm.DB) *gorm.DB {
		return conduct.NotInDoubt(query, "posts")
	})
	if err != nil {
		return nil, err
	}
	var picked []models.ID
	err = s.DB.Read(ctx).Model(&models.ScreenPick{}).Where("store_id = ? AND alliance_id = ?", store, alliance).Pluck("post_id", &picked).Error
	known := map[models.ID]bool{}
	for _, id := range picked {
		known[id] = true
	}
	list := make([]Candidate, len(said))
	for i, p := range said {
		list[i] = Candidate{WallPost: wallPost(p), Own: p.Store != nil && p.Store.ID == store, Picked: known[p.ID]}
	}
	return list, err
}

// Pick puts a post of the street on the store's screens, or takes it off them; doing it twice is doing it once.
// Error: not_found.
func (s *Service) Pick(ctx context.Context, by *identity.Principal, store, post models.ID, on bool) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ? AND feed = ? AND deleted_at IS NULL", post, by.AllianceID, models.StreetFeed)
		if err != nil {
			return err
		}
		s.lookAgain(tx, by.AllianceID)
		if !on {
			return tx.Where("store_id = ? AND post_id = ?", store, p.ID).Delete(&models.ScreenPick{}).Error
		}
		row := models.ScreenPick{StoreID: store, PostID: p.ID, AllianceID: by.AllianceID, PickedBy: by.AccountID, At: s.Clock.Now()}
		return db.OnConflictSkip(tx).Create(&row).Error
	})
}
