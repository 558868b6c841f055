package press

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/feed"
	"onestreet/server/identity"
)

// boardMost bounds how many items a board shows, those changed last first.
const boardMost = 300

// PlanView is an item of the plan as the staff see it.
type PlanView struct {
	ID          models.ID         `json:"id"`
	Column      models.PlanColumn `json:"column" enum:"product,customers,personal"`
	Text        string            `json:"text"`
	Photos      []feed.PhotoView  `json:"photos" nullable:"false"`
	State       models.PlanState  `json:"state" enum:"draft,scheduled,published,refused"`
	DueAt       *time.Time        `json:"due_at,omitempty"`
	PublishedAt *time.Time        `json:"published_at,omitempty"`
	DraftedBy   string            `json:"drafted_by" doc:"the name of who wrote it"`
	EditedBy    string            `json:"edited_by,omitempty" doc:"of who changed it last"`
	ReleasedBy  string            `json:"released_by,omitempty" doc:"of the owner who scheduled or published it"`
	Why         string            `json:"why,omitempty" doc:"the code of the refusal"`
	Mine        bool              `json:"mine" doc:"the reader may take it out of the plan"`
	Version     int64             `json:"version" doc:"for If-Match"`
}

// PlanBoard is a store's plan: what is not published yet, and what was within four weeks. Counts are by column, of what was
// published in the last four weeks or is scheduled.
type PlanBoard struct {
	Items    []PlanView                  `json:"items" nullable:"false"`
	Counts   map[models.PlanColumn]int64 `json:"counts"`
	Missing  models.PlanColumn           `json:"missing,omitempty" doc:"the column that has nothing"`
	TooMuch  models.PlanColumn           `json:"too_much,omitempty" doc:"the column that has more than three fifths"`
	TimeZone string                      `json:"time_zone"`
}

// Board reads a store's plan.
func (s *Service) Board(ctx context.Context, by *identity.Principal, store models.ID) (PlanBoard, error) {
	street, err := s.Pool.Alliance(ctx, by.AllianceID)
	if err != nil {
		return PlanBoard{}, err
	}
	var rows []models.PlanItem
	err = s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND (state <> ? OR published_at > ?)", by.AllianceID, store, models.PlanPublished, s.Clock.Now().Add(-models.PlanSpan)).
		Order("updated_at DESC, id DESC").Limit(boardMost).Find(&rows).Error
	if err != nil {
		return PlanBoard{}, err
	}
	b := PlanBoard{Counts: map[models.PlanColumn]int64{}, TimeZone: street.TimeZone}
	for _, c := range models.PlanColumns {
		b.Counts[c] = 0
	}
	for _, item := range rows {
		if item.State == models.PlanPublished || item.State == models.PlanScheduled {
			b.Counts[item.Pillar]++
		}
	}
	hint := models.PlanBalance(b.Counts)
	b.Missing, b.TooMuch = hint.Missing, hint.TooMuch
	b.Items, err = s.planViews(ctx, by, rows)
	return b, err
}

func (s *Service) planViews(ctx context.Context, by *identity.Principal, rows []models.PlanItem) ([]PlanView, error) {
	ids, people := make([]models.ID, len(rows)), []models.ID{}
	for i, item := range rows {
		ids[i] = item.ID
		people = append(people, item.DraftedBy, item.EditedBy, item.ReleasedBy)
	}
	photos, err := s.Feed.PhotosUnder(ctx, ids)
	if err != nil {
		return nil, err
	}
	names, err := s.names(ctx, people)
	views := make([]PlanView, 0, len(rows))
	for _, item := range rows {
		v := PlanView{
			ID: item.ID, Column: item.Pillar, Text: item.Text, Photos: photos[item.ID], State: item.State, DueAt: item.DueAt, PublishedAt: item.PublishedAt,
			DraftedBy: names[item.DraftedBy], EditedBy: names[item.EditedBy], ReleasedBy: names[item.ReleasedBy], Why: item.Why,
			Mine: item.DraftedBy == by.AccountID || by.AtLeast(item.StoreID, models.RoleManager), Version: item.Version,
		}
		if v.Photos == nil {
			v.Photos = []feed.PhotoView{}
		}
		views = append(views, v)
	}
	return views, err
}

func (s *Service) names(ctx context.Context, accounts []models.ID) (map[models.ID]string, error) {
	names := map[models.ID]string{}
	if len(accounts) == 0 {
		return names, nil
	}
	var rows []models.Account
	err := s.DB.Read(ctx).Select("id, name").Where("id IN ?", accounts).Find(&rows).Error
	for _, a := range rows {
		names[a.ID] = a.Name
	}
	return names, err
}

// item reads one item of the plan.
func (s *Service) item(ctx context.Context, by *identity.Principal, store, id models.ID) (PlanView, error) {
	var rows []models.PlanItem
	err := s.DB.Read(ctx).Where("id = ? AND alliance_id = ? AND store_id = ?", id, by.AllianceID, store).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = models.ErrNotFound
	}
	if err != nil {
		return PlanView{}, err
	}
	views, err := s.planViews(ctx, by, rows)
	if err != nil {
		return PlanView{}, err
	}
	return views[0], nil
}
