package relation

import (
	"context"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

type exportedRelation struct {
	Store     models.ID    `json:"store_id"`
	Level     models.Level `json:"level"`
	Remark    string       `json:"remark,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Note      string       `json:"note,omitempty"`
	Complaint string       `json:"complaint,omitempty"`
}

type exportedVisit struct {
	Store     models.ID        `json:"store_id"`
	Kind      models.VisitKind `json:"kind"`
	At        time.Time        `json:"at"`
	PaidFen   int64            `json:"paid_fen"`
	Points    int64            `json:"points"`
	Cancelled bool             `json:"cancelled,omitempty"`
}

type exportedPart struct {
	Store models.ID                `json:"store_id"`
	Kind  models.ParticipationKind `json:"kind"`
	At    time.Time                `json:"at"`
}

type exported struct {
	Stores    map[models.ID]string `json:"stores"`
	Relations []exportedRelation   `json:"relations"`
	Visits    []exportedVisit      `json:"visits"`
	TookPart  []exportedPart       `json:"took_part"`
}

// export is everything that stores hold of a member here: portraits, visits, what counted for the level.
func (s *Service) export(ctx context.Context, tx *gorm.DB, m models.Member) (any, error) {
	out := exported{Stores: map[models.ID]string{}, Relations: []exportedRelation{}, Visits: []exportedVisit{}, TookPart: []exportedPart{}}
	refs, err := s.Pool.Refs(ctx, m.AllianceID)
	if err != nil {
		return nil, err
	}
	for id, ref := range refs {
		out.Stores[id] = ref.Name
	}
	var relations []models.Relation
	var visits []models.Visit
	var parts []models.Participation
	mine := func() *gorm.DB { return tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID) }
	if err := mine().Order("store_id").Find(&relations).Error; err != nil {
		return nil, err
	}
	if err := mine().Order("at, id").Find(&visits).Error; err != nil {
		return nil, err
	}
	if err := mine().Order("at, id").Find(&parts).Error; err != nil {
		return nil, err
	}
	out.fill(relations, visits, parts)
	return out, nil
}

func (out *exported) fill(relations []models.Relation, visits []models.Visit, parts []models.Participation) {
	for _, r := range relations {
		out.Relations = append(out.Relations, exportedRelation{r.StoreID, r.Level, r.Remark, r.Tags, r.Note, r.Complaint})
	}
	for _, v := range visits {
		out.Visits = append(out.Visits, exportedVisit{v.StoreID, v.Kind, v.At, v.Amount, v.Points, v.CancelledAt != nil})
	}
	for _, p := range parts {
		out.TookPart = append(out.TookPart, exportedPart{p.StoreID, p.Kind, p.At})
	}
}

// leave erases what stores know of a member who leaves: portraits, levels, what they took part in. The visits stay, as the
// receipts and the ledger's lines that name them do, under a member who is nobody any more.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	for _, row := range []any{&models.Relation{}, &models.Participation{}} {
		if err := tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Delete(row).Error; err != nil {
			return err
		}
	}
	return nil
}
