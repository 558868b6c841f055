package pool

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// Export gathers everything that the platform holds of a member, by feature: the pool's own part and what the others
// contribute, as of one moment. Error: not_found.
func (s *Service) Export(ctx context.Context, alliance, member models.ID) (map[string]any, error) {
	m, err := s.Member(ctx, alliance, member)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"exported_at": s.Clock.Now()}
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		ctx := tx.Statement.Context
		for _, h := range append([]named[Export]{{"pool", s.exportOwn}}, s.hooks.exports...) {
			part, err := h.run(ctx, tx, m)
			if err != nil {
				return err
			}
			out[h.name] = part
		}
		return nil
	})
	return out, err
}

type exportedLine struct {
	Store        string   `json:"store"`
	Name         string   `json:"name"`
	Tags         []string `json:"tags"`
	Note         string   `json:"note"`
	LastPurchase string   `json:"last_purchase,omitempty"`
	Purchases    int      `json:"purchases"`
	SpentFen     int64    `json:"spent_fen"`
}

type exportedPool struct {
	Street      string         `json:"street"`
	Number      int64          `json:"number"`
	Name        string         `json:"name"`
	Face        string         `json:"face"`
	Phone       string         `json:"phone"`
	Birthday    string         `json:"birthday,omitempty"` // MM-DD
	JoinedAt    time.Time      `json:"joined_at"`
	OriginStore string         `json:"origin_store"`
	InvitedBy   string         `json:"invited_by,omitempty"` // a pseudonym
	Touches     []exportedSeen `json:"links_followed"`
	Books       []exportedLine `json:"in_store_books"`
	Privacy     []PrivacyRow   `json:"privacy"`
}

type exportedSeen struct {
	Store string           `json:"store"`
	Kind  models.TouchKind `json:"kind"`
	At    time.Time        `json:"at"`
}

func (s *Service) exportOwn(ctx context.Context, tx *gorm.DB, m models.Member) (any, error) {
	a, err := s.Alliance(ctx, m.AllianceID)
	if err != nil {
		return nil, err
	}
	account, err := s.Identity.Account(ctx, m.AccountID)
	if err != nil {
		return nil, err
	}
	stores, err := s.Stores(ctx, m.AllianceID)
	if err != nil {
		return nil, err
	}
	names := map[models.ID]string{}
	for _, store := range stores {
		names[store.ID] = store.Name
	}
	out := exportedPool{Street: a.Name, Number: m.Number, Name: m.Name, Face: m.Face, Phone: deref(account.Phone), Birthday: birthdayOf(m).String(), JoinedAt: m.JoinedAt, OriginStore: names[m.OriginStoreID]}
	if out.Privacy, err = s.privacyRows(ctx, m, stores); err != nil {
		return nil, err
	}
	if out.InvitedBy, err = aliasOf(tx, m.InviterID); err != nil {
		return nil, err
	}
	if out.Touches, err = exportTouches(tx, m, names); err != nil {
		return nil, err
	}
	lines, err := s.ownLines(ctx, m)
	for id, c := range lines {
		out.Books = append(out.Books, exportedLine{names[id], c.Name, c.Tags, c.Note, c.LastPurchase, c.Purchases, c.Spent})
	}
	return out, err
}

func aliasOf(tx *gorm.DB, member models.ID) (string, error) {
	if member.IsZero() {
		return "", nil
	}
	var m models.Member
	err := tx.Select("pseudonym").Where("id = ?", member).Take(&m).Error
	return m.Pseudonym, err
}

func exportTouches(tx *gorm.DB, m models.Member, names map[models.ID]string) ([]exportedSeen, error) {
	if m.DeviceID.IsZero() {
		return nil, nil
	}
	var rows []models.LinkTouch
	err := tx.Where("device_id = ? AND alliance_id = ?", m.DeviceID, m.AllianceID).Order("at").Find(&rows).Error
	seen := make([]exportedSeen, 0, len(rows))
	for _, t := range rows {
		seen = append(seen, exportedSeen{names[t.StoreID], t.Kind, t.At})
	}
	return seen, err
}
