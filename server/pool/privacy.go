package pool

import (
	"context"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"onestreet/models"
)

// PrivacyView is who sees what of a member.
type PrivacyView struct {
	Stores      []PrivacyRow `json:"stores" nullable:"false"`
	WeeklyLimit int          `json:"weekly_limit" doc:"messages a week at most, whoever sends them"`
}

// PrivacyRow is what one store sees of a member.
type PrivacyRow struct {
	Store     models.StoreRef `json:"store"`
	Phone     bool            `json:"phone" doc:"the store can see the number"`
	Purchases bool            `json:"purchases" doc:"the store knows of purchases there"`
	Notes     bool            `json:"notes" doc:"the store has written something down"`
	Muted     bool            `json:"muted" doc:"nothing from this store"`
}

// Privacy shows a member, store by store in street order, who sees what. Error: not_found.
func (s *Service) Privacy(ctx context.Context, alliance, member models.ID) (PrivacyView, error) {
	a, err := s.Alliance(ctx, alliance)
	if err != nil {
		return PrivacyView{}, err
	}
	m, err := s.Member(ctx, alliance, member)
	if err != nil {
		return PrivacyView{}, err
	}
	stores, err := s.Stores(ctx, alliance)
	if err != nil {
		return PrivacyView{}, err
	}
	rows, err := s.privacyRows(ctx, m, stores)
	return PrivacyView{Stores: rows, WeeklyLimit: a.WeeklyLimit}, err
}

func (s *Service) privacyRows(ctx context.Context, m models.Member, stores []models.Store) ([]PrivacyRow, error) {
	var choices []models.Privacy
	if err := s.DB.Read(ctx).Where("member_id = ?", m.ID).Find(&choices).Error; err != nil {
		return nil, err
	}
	chosen := map[models.ID]models.Privacy{}
	for _, c := range choices {
		chosen[c.StoreID] = c
	}
	lines, err := s.ownLines(ctx, m)
	if err != nil {
		return nil, err
	}
	held, err := s.holdings(ctx, m.AllianceID, m.ID)
	rows := make([]PrivacyRow, 0, len(stores))
	for _, store := range stores {
		line, choice := lines[store.ID], chosen[store.ID]
		h := held[store.ID]
		rows = append(rows, PrivacyRow{
			Store: store.Ref(), Phone: choice.Phone && (h.Bought || store.ID == m.OriginStoreID), Muted: choice.Muted,
			Purchases: h.Bought || line.Purchases > 0, Notes: h.Notes || line.Note != "" || len(line.Tags) > 0,
		})
	}
	return rows, err
}

// ownLines are the lines of every store's book about a member, by store.
func (s *Service) ownLines(ctx context.Context, m models.Member) (map[models.ID]models.Customer, error) {
	var rows []models.Customer
	err := s.DB.Read(ctx).Where("member_id = ? AND alliance_id = ?", m.ID, m.AllianceID).Find(&rows).Error
	lines := make(map[models.ID]models.Customer, len(rows))
	for _, c := range rows {
		lines[c.StoreID] = c
	}
	return lines, err
}

// SetPrivacy sets what a member allows one store. Errors: not_found; phone_not_needed when the phone is offered to a
// store that is neither the origin nor has sold the member anything.
func (s *Service) SetPrivacy(ctx context.Context, alliance, member, store models.ID, phone, muted bool) (PrivacyRow, error) {
	m, err := s.Member(ctx, alliance, member)
	if err != nil {
		return PrivacyRow{}, err
	}
	shop, err := s.Store(ctx, alliance, store)
	if err != nil {
		return PrivacyRow{}, err
	}
	if phone && store != m.OriginStoreID {
		held, err := s.holdings(ctx, alliance, member)
		if err != nil {
			return PrivacyRow{}, err
		}
		if !held[store].Bought {
			return PrivacyRow{}, ErrNoReason
		}
	}
	if err := s.keepChoice(ctx, m, store, phone, muted); err != nil {
		return PrivacyRow{}, err
	}
	rows, err := s.privacyRows(ctx, m, []models.Store{shop})
	if err != nil {
		return PrivacyRow{}, err
	}
	return rows[0], nil
}

func (s *Service) keepChoice(ctx context.Context, m models.Member, store models.ID, phone, muted bool) error {
	row := models.Privacy{ID: models.NewID(), AllianceID: m.AllianceID, MemberID: m.ID, StoreID: store, Phone: phone, Muted: muted, UpdatedAt: s.Clock.Now()}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{
			Columns: []clause.Column{{Name: "member_id"}, {Name: "store_id"}}, DoUpdates: clause.AssignmentColumns([]string{"phone", "muted", "updated_at"}),
		}).Create(&row).Error
	})
}

// Muted tells which of some members want nothing from a store.
func (s *Service) Muted(ctx context.Context, alliance, store models.ID, members []models.ID) (map[models.ID]bool, error) {
	var ids []models.ID
	err := s.DB.Read(ctx).Model(&models.Privacy{}).Where("alliance_id = ? AND store_id = ? AND muted AND member_id IN ?", alliance, store, members).
		Pluck("member_id", &ids).Error
	return setOf(ids), err
}
