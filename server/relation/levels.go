package relation

import (
	"context"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/pool"
)

// LevelView is a member's level at one store, for the member.
type LevelView struct {
	Store   models.StoreRef `json:"store"`
	Open    bool            `json:"open" doc:"the store is open now"`
	Level   models.Level    `json:"level" enum:"none,micro,weak,strong,super"`
	Reasons []string        `json:"reasons" nullable:"false"`
	Next    string          `json:"next" doc:"the nearest thing that makes it closer"`
}

// Level is a member's level at a store now, and why. Error: not_found.
func (s *Service) Level(ctx context.Context, alliance, store, member models.ID) (models.Level, []models.Text, error) {
	facts, err := s.Facts(ctx, alliance, store, member)
	now := s.Clock.Now()
	return facts.Bond(now).Level, facts.Explain(now), err
}

// Facts is all that a member's level at a store follows from. Error: not_found.
func (s *Service) Facts(ctx context.Context, alliance, store, member models.ID) (models.LevelFacts, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return models.LevelFacts{}, err
	}
	shop, err := s.Pool.Store(ctx, alliance, store)
	if err != nil {
		return models.LevelFacts{}, err
	}
	h, err := historyOf(s.DB.Read(ctx), store, member)
	if err != nil {
		return models.LevelFacts{}, err
	}
	open, err := complaints(s.DB.Read(ctx), "store_id = ? AND member_id = ?", store, member)
	h.QuietDays, h.Complaint, h.Trade = street.QuietDays, open[store], shop.Front
	return h.LevelFacts, err
}

// complaints tells by store where something is not settled.
func complaints(r *gorm.DB, narrow string, args ...any) (map[models.ID]bool, error) {
	var stores []models.ID
	err := r.Model(&models.Relation{}).Where("complained_at IS NOT NULL").Where(narrow, args...).Pluck("store_id", &stores).Error
	open := map[models.ID]bool{}
	for _, id := range stores {
		open[id] = true
	}
	return open, err
}

// Levels lists a member's level at every store of the street, the closest first, in the reader's language.
// Error: not_found.
func (s *Service) Levels(ctx context.Context, alliance, member models.ID, locale string) ([]LevelView, error) {
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return nil, err
	}
	stores, err := s.Pool.Stores(ctx, alliance)
	if err != nil {
		return nil, err
	}
	all, err := histories(s.DB.Read(ctx), "alliance_id = ? AND member_id = ?", alliance, member)
	if err != nil {
		return nil, err
	}
	open, err := complaints(s.DB.Read(ctx), "alliance_id = ? AND member_id = ?", alliance, member)
	if err != nil {
		return nil, err
	}
	views := make([]LevelView, 0, len(stores))
	for _, store := range stores {
		if h := all[pair{store.ID, member}]; h != nil || store.Active() {
			views = append(views, s.levelView(street, store, h, open[store.ID], locale))
		}
	}
	slices.SortStableFunc(views, func(a, b LevelView) int { return int(b.Level) - int(a.Level) })
	return views, nil
}

func (s *Service) levelView(street models.Alliance, store models.Store, h *history, complaint bool, locale string) LevelView {
	var facts models.LevelFacts
	if h != nil {
		facts = h.LevelFacts
	}
	facts.QuietDays, facts.Complaint, facts.Trade = street.QuietDays, complaint, store.Front
	now := s.Clock.Now()
	return LevelView{
		Store: store.Ref(), Open: pool.OpenAt(street, store, now), Level: facts.Bond(now).Level,
		Reasons: inLanguage(facts.Explain(now), locale), Next: facts.Next(now).In(locale),
	}
}

func inLanguage(texts []models.Text, locale string) []string {
	said := make([]string, len(texts))
	for i, t := range texts {
		said[i] = t.In(locale)
	}
	return said
}

// Badges is what other members see of some members: "strong" or "super" by the closest of their relations; who has no
// badge is not in the map.
func (s *Service) Badges(ctx context.Context, alliance models.ID, members []models.ID) (map[models.ID]string, error) {
	badges := map[models.ID]string{}
	for len(members) > 0 {
		n := min(len(members), 500)
		var rows []struct {
			MemberID models.ID
			Level    models.Level
		}
		err := s.DB.Read(ctx).Model(&models.Relation{}).Select("member_id, MAX(level) AS level").
			Where("alliance_id = ? AND member_id IN ? AND level >= ?", alliance, members[:n], models.LevelStrong).Group("member_id").Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			badges[r.MemberID] = r.Level.Badge()
		}
		members = members[n:]
	}
	return badges, nil
}

// Standing tells what a store knows of some members; who has no relation to it is not in the map.
func (s *Service) Standing(ctx context.Context, alliance, store models.ID, members []models.ID) (map[models.ID]models.Standing, error) {
	var rows []models.Relation
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND member_id IN ?", alliance, store, members).Find(&rows).Error
	known := make(map[models.ID]models.Standing, len(rows))
	for _, r := range rows {
		known[r.MemberID] = models.Standing{
			Level: r.Level, LastVisitAt: r.LastVisitAt, Purchases: r.Purchases, Spent: r.Spent, Remark: r.Remark, Tags: r.Tags, Note: r.Note,
		}
	}
	return known, err
}

// holdings answers the pool: which stores a member bought from, and which have written something down.
func (s *Service) holdings(ctx context.Context, alliance, member models.ID) (map[models.ID]pool.Holding, error) {
	var rows []models.Relation
	err := s.DB.Read(ctx).Where("alliance_id = ? AND member_id = ?", alliance, member).Find(&rows).Error
	held := make(map[models.ID]pool.Holding, len(rows))
	for _, r := range rows {
		held[r.StoreID] = pool.Holding{Bought: r.Purchases > 0, Notes: strings.TrimSpace(r.Remark+r.Note) != "" || len(r.Tags) > 0}
	}
	return held, err
}

// VisitsSince counts a member's visits in a store.
func (s *Service) VisitsSince(ctx context.Context, store, member models.ID, since time.Time) (int64, error) {
	var n int64
	err := s.DB.Read(ctx).Model(&models.Visit{}).Where("store_id = ? AND member_id = ? AND at >= ? AND cancelled_at IS NULL", store, member, since).Count(&n).Error
	return n, err
}
