package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// LinkView is a join link as the staff see it.
type LinkView struct {
	ID        models.ID        `json:"id"`
	Code      string           `json:"code"`
	Kind      models.TouchKind `json:"kind" enum:"counter,poster,staff"`
	Label     string           `json:"label"`
	URL       string           `json:"url"`
	Joined    int64            `json:"joined" doc:"members who joined through it"`
	CreatedAt time.Time        `json:"created_at"`
	ExpiresAt *time.Time       `json:"expires_at,omitempty"`
}

// JoinURL is what a link's QR code says.
func (s *Service) JoinURL(code string) string { return s.PublicURL + "/j/" + code }

func (s *Service) linkView(l models.JoinLink, joined int64) LinkView {
	return LinkView{
		ID: l.ID, Code: l.Code, Kind: l.Kind, Label: l.Label, URL: s.JoinURL(l.Code), Joined: joined,
		CreatedAt: l.CreatedAt, ExpiresAt: l.ExpiresAt,
	}
}

// JoinLinks lists a store's links, newest first; members' links and invitations are not among them.
func (s *Service) JoinLinks(ctx context.Context, alliance, store models.ID) ([]LinkView, error) {
	var links []models.JoinLink
	err := s.DB.Read(ctx).Where("alliance_id = ? AND store_id = ? AND campaign_id IS NULL AND kind IN ?", alliance, store,
		[]models.TouchKind{models.TouchCounter, models.TouchPoster, models.TouchStaff}).Order("created_at DESC, id DESC").Find(&links).Error
	if err != nil {
		return nil, err
	}
	joined, err := s.joinedBy(ctx, links)
	views := make([]LinkView, 0, len(links))
	for _, l := range links {
		views = append(views, s.linkView(l, joined[l.ID]))
	}
	return views, err
}

func (s *Service) joinedBy(ctx context.Context, links []models.JoinLink) (map[models.ID]int64, error) {
	ids := make([]models.ID, 0, len(links))
	for _, l := range links {
		ids = append(ids, l.ID)
	}
	var rows []struct {
		JoinLinkID models.ID
		N          int64
	}
	err := s.DB.Read(ctx).Model(&models.Member{}).Select("join_link_id, COUNT(*) AS n").Where("join_link_id IN ?", ids).
		Group("join_link_id").Find(&rows).Error
	counts := make(map[models.ID]int64, len(rows))
	for _, r := range rows {
		counts[r.JoinLinkID] = r.N
	}
	return counts, err
}

// NewLink is a join link to be made.
type NewLink struct {
	Kind      models.TouchKind
	Label     string
	ExpiresAt *time.Time
	By        models.ID // the account that makes it; a staff link is theirs
}

// MakeLink makes a join link of a store. Errors: not_found, store_suspended, link_in_past.
func (s *Service) MakeLink(ctx context.Context, alliance, store models.ID, in NewLink) (LinkView, error) {
	now := s.Clock.Now()
	if in.ExpiresAt != nil && !in.ExpiresAt.After(now) {
		return LinkView{}, ErrLinkTime.At("/expires_at")
	}
	link := models.JoinLink{AllianceID: alliance, StoreID: store, Kind: in.Kind, Label: in.Label, CreatedAt: now, ExpiresAt: in.ExpiresAt}
	if in.Kind == models.TouchStaff {
		link.AccountID = in.By
	}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		shop, err := s.Store(tx.Statement.Context, alliance, store)
		if err != nil {
			return err
		}
		if !shop.Active() {
			return ErrSuspended
		}
		return newLink(tx, &link)
	})
	return s.linkView(link, 0), err
}

// newLink stores a link under a code that nobody has; two of the same by chance are tried again.
func newLink(tx *gorm.DB, link *models.JoinLink) error {
	for {
		link.ID, link.Code = models.NewID(), models.NewLinkCode()
		if !link.CampaignID.IsZero() {
			link.Code = models.NewSecretLinkCode()
		}
		made := db.OnConflictSkip(tx).Create(link)
		if made.Error != nil || made.RowsAffected == 1 {
			return made.Error
		}
	}
}

// door is an open join link with what stands behind it.
type door struct {
	link     models.JoinLink
	store    models.Store
	alliance models.Alliance
}

// openDoor finds the link of a code. Errors: link_unknown, link_expired, link_suspended.
func (s *Service) openDoor(ctx context.Context, code string) (door, error) {
	var d door
	var err error
	if d.link, err = s.Link(ctx, code); err != nil {
		return d, err
	}
	if d.store, err = s.Store(ctx, d.link.AllianceID, d.link.StoreID); err != nil {
		return d, err
	}
	if !d.store.Active() {
		return d, ErrLinkSuspended
	}
	if d.link.Expired(s.Clock.Now()) {
		return d, ErrLinkExpired
	}
	d.alliance, err = s.Alliance(ctx, d.link.AllianceID)
	return d, err
}
