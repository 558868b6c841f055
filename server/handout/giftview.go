package handout

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// GiftView is a gift as its giver sees it.
type GiftView struct {
	ID       models.ID         `json:"id"`
	CouponID models.ID         `json:"coupon_id"`
	State    models.GiftState  `json:"state" enum:"open,taken,taken_back,refused"`
	URL      string            `json:"url" doc:"what the giver sends to the friend"`
	MadeAt   time.Time         `json:"made_at"`
	EndedAt  *time.Time        `json:"ended_at,omitempty"`
	Taker    *models.PersonRef `json:"taker,omitempty"`
	Brought  bool              `json:"brought,omitempty" doc:"the friend came to the street by it"`
}

// CouponURL is what the QR code of a coupon's link says.
func (s *Service) CouponURL(code string) string { return s.Pool.PublicURL + "/c/" + code }

func (s *Service) giftViews(ctx context.Context, rows []models.Gift) ([]GiftView, error) {
	links, err := linksOf(s.DB.Read(ctx), rows)
	if err != nil || len(rows) == 0 {
		return []GiftView{}, err
	}
	var takers []models.ID
	for _, g := range rows {
		takers = append(takers, g.TakerID)
	}
	people, err := s.Pool.Members(ctx, rows[0].AllianceID, takers)
	if err != nil {
		return nil, err
	}
	views := make([]GiftView, len(rows))
	for i, g := range rows {
		views[i] = GiftView{ID: g.ID, CouponID: g.CouponID, State: g.State, URL: s.CouponURL(links[g.LinkID]), MadeAt: g.MadeAt, EndedAt: g.EndedAt, Brought: g.NewMember}
		if m, ok := people[g.TakerID]; ok {
			ref := m.Ref()
			views[i].Taker = &ref
		}
	}
	return views, nil
}

// linksOf reads the codes of gifts' links.
func linksOf(r *gorm.DB, rows []models.Gift) (map[models.ID]string, error) {
	ids := make([]models.ID, len(rows))
	for i, g := range rows {
		ids[i] = g.LinkID
	}
	var links []models.JoinLink
	err := r.Where("id IN ?", ids).Find(&links).Error
	codes := make(map[models.ID]string, len(links))
	for _, l := range links {
		codes[l.ID] = l.Code
	}
	return codes, err
}

// asSaid is a refusal as it is said to people; nil for none, and for a failure that is none.
func asSaid(err error) *models.Error {
	var said *models.Error
	if errors.As(err, &said) {
		return said
	}
	return nil
}
