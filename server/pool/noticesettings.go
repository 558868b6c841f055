package pool

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
	"onestreet/server/platform/web"
)

// NoticeSettings are the letters that a member has asked for.
type NoticeSettings struct {
	MarketEve bool `json:"market_eve" doc:"a letter the evening before market day"`
}

// NoticeSettings reads what letters a member has asked for. Error: not_found.
func (s *Service) NoticeSettings(ctx context.Context, alliance, member models.ID) (NoticeSettings, error) {
	m, err := s.Member(ctx, alliance, member)
	return NoticeSettings{MarketEve: m.MarketLetters}, err
}

// SetNotices keeps what letters a member asks for. Error: not_found.
func (s *Service) SetNotices(ctx context.Context, alliance, member models.ID, n NoticeSettings) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		m, err := db.Find[models.Member](db.Lock(tx), "id = ? AND alliance_id = ? AND left_at IS NULL", member, alliance)
		if err != nil {
			return err
		}
		return tx.Model(&m).Update("market_letters", n.MarketEve).Error
	})
}

type noticesInput struct {
	Body NoticeSettings
}

func (s *Service) getNotices(ctx context.Context, _ *struct{}) (*web.Reply[NoticeSettings], error) {
	p := identity.From(ctx)
	n, err := s.NoticeSettings(ctx, p.AllianceID, p.MemberID)
	return web.OK(n), err
}

func (s *Service) putNotices(ctx context.Context, in *noticesInput) (*web.Reply[NoticeSettings], error) {
	p := identity.From(ctx)
	return web.OK(in.Body), s.SetNotices(ctx, p.AllianceID, p.MemberID, in.Body)
}
