package calendar

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Paper is a draft or a template as the API shows it and takes it.
type Paper struct {
	ID        models.ID        `json:"id,omitzero" required:"false" readOnly:"true"`
	Kind      models.PaperKind `json:"kind" enum:"draft,template"`
	Title     string           `json:"title" doc:"at most 40 characters; may be empty"`
	Story     string           `json:"story" doc:"at most 2,000 characters"`
	Place     string           `json:"place" doc:"at most 60 characters; may be empty"`
	Capacity  int              `json:"capacity" doc:"1 to 10,000"`
	StartsAt  *time.Time       `json:"starts_at,omitempty"`
	EndsAt    *time.Time       `json:"ends_at,omitempty"`
	Terms     TermsView        `json:"terms"`
	Bring     string           `json:"bring,omitempty" doc:"what to bring, at most 200 characters"`
	PhotoIDs  []models.ID      `json:"photo_ids,omitempty" maxItems:"30" doc:"as an event's leaflet takes them"`
	Pictures  []EventPicture   `json:"pictures,omitempty" readOnly:"true"`
	Pattern   *Pattern         `json:"pattern,omitempty" doc:"how it comes again; absent: once"`
	UpdatedAt time.Time        `json:"updated_at,omitzero" required:"false" readOnly:"true"`
}

func (p Paper) row(desk Desk) models.EventPaper {
	terms := p.Terms.terms(models.ID{}, desk.Alliance)
	if terms.Questions == nil {
		terms.Questions = []models.Question{}
	}
	return models.EventPaper{
		AllianceID: desk.Alliance, StoreID: desk.Store, Kind: p.Kind, Title: strings.TrimSpace(p.Title), Story: strings.TrimSpace(p.Story),
		Place: strings.TrimSpace(p.Place), Capacity: p.Capacity, StartsAt: p.StartsAt, EndsAt: p.EndsAt, Terms: terms, Bring: strings.TrimSpace(p.Bring), Pictures: []models.Picture{}, Pattern: kept(p.Pattern),
	}
}

// kept is a draft's pattern as it is stored. It is judged when the draft is published.
func kept(p *Pattern) string {
	if p == nil {
		return ""
	}
	text, _ := json.Marshal(p) // texts and numbers always can be
	return string(text)
}

func readKept(text string) *Pattern {
	var p Pattern
	if text == "" || json.Unmarshal([]byte(text), &p) != nil {
		return nil
	}
	return &p
}

func paperView(r models.EventPaper) Paper {
	return Paper{
		ID: r.ID, Kind: r.Kind, Title: r.Title, Story: r.Story, Place: r.Place, Capacity: r.Capacity, StartsAt: r.StartsAt, EndsAt: r.EndsAt,
		Terms: termsView(r.Terms), UpdatedAt: r.UpdatedAt, Bring: r.Bring, Pictures: picturesView(r.Pictures), PhotoIDs: photoIDs(r.Pictures), Pattern: readKept(r.Pattern),
	}
}

func photoIDs(list []models.Picture) []models.ID {
	ids := make([]models.ID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	return ids
}

// Papers lists a store's drafts and templates, the last changed first.
func (s *Service) Papers(ctx context.Context, desk Desk) ([]Paper, error) {
	var rows []models.EventPaper
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ?", desk.Alliance, desk.Store).Order("updated_at DESC, id DESC").Limit(models.PapersMax).Find(&rows).Error
	views := make([]Paper, len(rows))
	for i, r := range rows {
		views[i] = paperView(r)
	}
	return views, err
}

// KeepPaper keeps a new draft or template. Errors: invalid, too_many_papers, too_many_pictures, picture_unknown.
func (s *Service) KeepPaper(ctx context.Context, desk Desk, p Paper) (Paper, error) {
	row, now := p.row(desk), s.Clock.Now()
	row.ID, row.CreatedBy, row.CreatedAt, row.UpdatedAt = models.NewID(), desk.Account, now, now
	if err := row.Check(); err != nil {
		return p, err
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var kept int64
		if err := tx.Model(&models.EventPaper{}).Where("store_id = ?", desk.Store).Count(&kept).Error; err != nil {
			return err
		}
		if kept >= models.PapersMax {
			return ErrManyPapers
		}
		var err error
		if row.Pictures, err = hangUp(tx, desk, row.ID, p.PhotoIDs); err != nil {
			return err
		}
		return tx.Create(&row).Error
	})
	return paperView(row), err
}

// ChangePaper writes a draft or template anew. Errors: not_found, invalid, too_many_pictures, picture_unknown.
func (s *Service) ChangePaper(ctx context.Context, desk Desk, id models.ID, p Paper) (Paper, error) {
	row := p.row(desk)
	if err := row.Check(); err != nil {
		return p, err
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		known, err := db.Find[models.EventPaper](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ?", id, desk.Alliance, desk.Store)
		if err != nil {
			return err
		}
		row.ID, row.CreatedBy, row.CreatedAt, row.UpdatedAt = id, known.CreatedBy, known.CreatedAt, s.Clock.Now()
		if row.Pictures, err = hangUp(tx, desk, id, p.PhotoIDs); err != nil {
			return err
		}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		return takeDown(tx, desk, known.Pictures)
	})
	return paperView(row), err
}

// DropPaper throws a draft or template away. Error: not_found.
func (s *Service) DropPaper(ctx context.Context, desk Desk, id models.ID) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		known, err := db.Find[models.EventPaper](db.Lock(tx), "id = ? AND alliance_id = ? AND store_id = ?", id, desk.Alliance, desk.Store)
		if err != nil {
			return err
		}
		if err := tx.Where("id = ?", id).Delete(&models.EventPaper{}).Error; err != nil {
			return err
		}
		return takeDown(tx, desk, known.Pictures)
	})
}
