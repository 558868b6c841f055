package feed

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// ReactionView is how many gave a reaction to a post, and whether the reader did.
type ReactionView struct {
	Kind  models.Reaction `json:"kind" enum:"thanks,yum,laugh,hug"`
	Count int64           `json:"count"`
	Mine  bool            `json:"mine"`
}

// Reacted are the reactions to a post, those that somebody gave, in their order.
type Reacted struct {
	Reactions []ReactionView `json:"reactions" nullable:"false"`
}

// React puts a reaction under a post, or takes it back; doing it twice is doing it once. The unique key decides.
// Errors: reaction_unknown, not_found, post_gone.
func (s *Service) React(ctx context.Context, a Author, post models.ID, kind models.Reaction, on bool) (Reacted, error) {
	if !kind.Known() {
		return Reacted{}, ErrReaction
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		p, err := s.findToAnswer(tx, a, post)
		if err != nil {
			return err
		}
		changed, err := s.setReaction(tx, p, a.Account, kind, on)
		if err == nil && changed > 0 {
			db.AfterCommit(tx, func() { s.tellReactions(p) })
		}
		return err
	})
	if err != nil {
		return Reacted{}, err
	}
	given, err := s.reactions(ctx, a.Account, []models.ID{post})
	return Reacted{Reactions: listed(given[post])}, err
}

func (s *Service) setReaction(tx *gorm.DB, p models.Post, account models.ID, kind models.Reaction, on bool) (int64, error) {
	r := models.PostReaction{PostID: p.ID, AccountID: account, Kind: kind, AllianceID: p.AllianceID, CreatedAt: s.Clock.Now()}
	if on {
		made := db.OnConflictSkip(tx).Create(&r)
		return made.RowsAffected, made.Error
	}
	gone := tx.Where("post_id = ? AND account_id = ? AND kind = ?", p.ID, account, kind).Delete(&models.PostReaction{})
	return gone.RowsAffected, gone.Error
}

// tellReactions counts when the signal leaves, as tellLikes does.
func (s *Service) tellReactions(p models.Post) {
	s.Streams.Signal(p.AllianceID, models.FeedStream(p.Feed), "post.reacted", func() any {
		given, err := s.reactions(context.Background(), models.ID{}, []models.ID{p.ID})
		if err != nil {
			return nil
		}
		return map[string]any{"post_id": p.ID, "reactions": listed(given[p.ID])}
	}, p.ID)
}

// reactions counts those of some posts; mine are an account's.
func (s *Service) reactions(ctx context.Context, account models.ID, posts []models.ID) (map[models.ID][]ReactionView, error) {
	given := map[models.ID][]ReactionView{}
	if len(posts) == 0 {
		return given, nil
	}
	var rows []struct {
		PostID models.ID
		Kind   models.Reaction
		Count  int64
		Mine   int64
	}
	err := s.DB.Read(ctx).Model(&models.PostReaction{}).
		Select("post_id, kind, COUNT(*) AS count, SUM(CASE WHEN account_id = ? THEN 1 ELSE 0 END) AS mine", account).
		Where("post_id IN ?", posts).Group("post_id, kind").Scan(&rows).Error
	counted := map[models.ID]map[models.Reaction]ReactionView{}
	for _, r := range rows {
		if counted[r.PostID] == nil {
			counted[r.PostID] = map[models.Reaction]ReactionView{}
		}
		counted[r.PostID][r.Kind] = ReactionView{Kind: r.Kind, Count: r.Count, Mine: r.Mine > 0}
	}
	for post, kinds := range counted {
		for _, kind := range models.Reactions {
			if v, ok := kinds[kind]; ok {
				given[post] = append(given[post], v)
			}
		}
	}
	return given, err
}

// listed is a list that is never null in JSON.
func listed[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
