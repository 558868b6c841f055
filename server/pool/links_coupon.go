package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// CouponLink makes the secret link of a store's campaign, in the caller's transaction; who has none of the street's
// cards joins by it first, and the store has brought them in. It works until the campaign's claims end.
func (s *Service) CouponLink(tx *gorm.DB, c models.Campaign) (models.JoinLink, error) {
	until := c.ClaimUntil
	link := models.JoinLink{
		AllianceID: c.AllianceID, StoreID: c.StoreID, Kind: models.TouchCoupon, CampaignID: c.ID, Label: firstRunes(c.Title, 20),
		CreatedAt: s.Clock.Now(), ExpiresAt: &until,
	}
	return link, newLink(tx, &link)
}

// PaperLink makes the link of whoever brings a printed code of a campaign and is no member yet: the paper brought them, like
// a poster. It works until the campaign's claims end.
func (s *Service) PaperLink(tx *gorm.DB, c models.Campaign, label string) (models.JoinLink, error) {
	until := c.ClaimUntil
	link := models.JoinLink{
		AllianceID: c.AllianceID, StoreID: c.StoreID, Kind: models.TouchPoster, CampaignID: c.ID, Label: firstRunes(label, 20),
		CreatedAt: s.Clock.Now(), ExpiresAt: &until,
	}
	return link, newLink(tx, &link)
}

// ScreenLink makes the link that a screen in a store's window shows, in the caller's transaction: whoever joins by it was
// brought by the window, like by a poster. Error: store_suspended.
func (s *Service) ScreenLink(tx *gorm.DB, store models.Store, label string) (models.JoinLink, error) {
	if !store.Active() {
		return models.JoinLink{}, ErrSuspended
	}
	link := models.JoinLink{AllianceID: store.AllianceID, StoreID: store.ID, Kind: models.TouchPoster, Label: label, CreatedAt: s.Clock.Now()}
	return link, newLink(tx, &link)
}

// GiftLink makes the link by which a member hands a coupon to a friend, in the caller's transaction: like the member's own
// invitation it names them as the inviter, and the store in whose name they invite. It works until a time.
func (s *Service) GiftLink(tx *gorm.DB, giver models.Member, campaign models.ID, until time.Time) (models.JoinLink, error) {
	store, err := invitesFor(tx, giver)
	if err != nil {
		return models.JoinLink{}, err
	}
	link := models.JoinLink{
		AllianceID: giver.AllianceID, StoreID: store, Kind: models.TouchMember, MemberID: giver.ID, CampaignID: campaign,
		CreatedAt: s.Clock.Now(), ExpiresAt: &until,
	}
	return link, newLink(tx, &link)
}

// EndLink ends a link now; one that has ended already stays as it is.
func (s *Service) EndLink(tx *gorm.DB, link models.ID) error {
	now := s.Clock.Now()
	return tx.Model(&models.JoinLink{}).Where("id = ? AND (expires_at IS NULL OR expires_at > ?)", link, now).Update("expires_at", now).Error
}

// Link finds a link by its code, also one that has ended. Error: link_unknown.
func (s *Service) Link(ctx context.Context, code string) (models.JoinLink, error) {
	link, err := db.Find[models.JoinLink](s.DB.Read(ctx), "code = ?", code)
	return link, db.IfNone(err, ErrLink)
}

// Brought counts by campaign the members who came to the street by its coupons: by its link, by paper, or by a gift.
func (s *Service) Brought(ctx context.Context, campaigns []models.ID) (map[models.ID]int64, error) {
	var rows []struct {
		CampaignID models.ID
		N          int64
	}
	err := s.DB.Read(ctx).Table("join_links AS l").Select("l.campaign_id, COUNT(*) AS n").
		Joins("JOIN members AS m ON m.join_link_id = l.id").Where("l.campaign_id IN ?", campaigns).Group("l.campaign_id").Scan(&rows).Error
	counts := make(map[models.ID]int64, len(rows))
	for _, r := range rows {
		counts[r.CampaignID] = r.N
	}
	return counts, err
}

// firstRunes is the beginning of a text, at most n characters.
func firstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n])
	}
	return text
}
