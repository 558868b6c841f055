package relation

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// history is everything that happened between a member and a store.
type history struct {
	models.LevelFacts
	visits, spent int64
	lastVisit     time.Time
}

func (h *history) seen(v models.Visit) {
	h.visits++
	if v.At.After(h.lastVisit) {
		h.lastVisit = v.At
	}
	switch {
	case v.Bought():
		h.spent += v.Amount
		h.Bought = append(h.Bought, v.At)
	case v.Kind == models.VisitCheckIn:
		h.TookPart = append(h.TookPart, v.At)
	default:
		h.Seen = append(h.Seen, v.At)
	}
}

func (h *history) tookPart(p models.Participation) {
	if p.Kind == models.TookPartBrought {
		h.Brought = append(h.Brought, p.At)
		return
	}
	h.TookPart = append(h.TookPart, p.At)
}

// histories reads what happened between stores and members: narrow picks the rows, by store_id and member_id. The keys
// of the answer are stores.
func histories(tx *gorm.DB, narrow string, args ...any) (map[models.ID]*history, error) {
	var visits []models.Visit
	err := tx.Select("store_id", "kind", "amount", "at").Where("cancelled_at IS NULL").Where(narrow, args...).Find(&visits).Error
	if err != nil {
		return nil, err
	}
	var parts []models.Participation
	if err := tx.Select("store_id", "kind", "at").Where(narrow, args...).Find(&parts).Error; err != nil {
		return nil, err
	}
	all := map[models.ID]*history{}
	of := func(store models.ID) *history {
		if all[store] == nil {
			all[store] = &history{}
		}
		return all[store]
	}
	for _, v := range visits {
		of(v.StoreID).seen(v)
	}
	for _, p := range parts {
		of(p.StoreID).tookPart(p)
	}
	return all, nil
}

func historyOf(tx *gorm.DB, store, member models.ID) (history, error) {
	all, err := histories(tx, "store_id = ? AND member_id = ?", store, member)
	if h := all[store]; h != nil {
		return *h, err
	}
	return history{}, err
}

// refresh computes a relation anew from everything that happened and writes it down. The row is locked first, so that
// of two changes at once the later one sees both.
func (s *Service) refresh(tx *gorm.DB, street models.Alliance, store, member models.ID) (models.Relation, error) {
	r, err := s.lockRelation(tx, street.ID, store, member)
	if err != nil {
		return r, err
	}
	h, err := historyOf(tx, store, member)
	if err != nil {
		return r, err
	}
	s.judge(&r, h, street.QuietDays)
	return r, tx.Model(&models.Relation{}).Where("id = ?", r.ID).Updates(map[string]any{
		"visits": r.Visits, "purchases": r.Purchases, "spent": r.Spent, "took_part": r.TookPart, "brought": r.Brought,
		"last_visit_at": r.LastVisitAt, "last_active_at": r.LastActiveAt, "level": r.Level, "falls_at": r.FallsAt, "updated_at": s.Clock.Now(),
	}).Error
}

// judge fills in what follows from a history.
func (s *Service) judge(r *models.Relation, h history, quietDays int) {
	h.QuietDays, h.Complaint = quietDays, r.ComplainedAt != nil
	bond := h.Bond(s.Clock.Now())
	r.Visits, r.Purchases, r.Spent = h.visits, int64(len(h.Bought)), h.spent
	r.TookPart, r.Brought = int64(len(h.TookPart)), int64(len(h.Brought))
	r.LastVisitAt, r.LastActiveAt = orNil(h.lastVisit), orNil(bond.Last)
	r.Level, r.FallsAt = bond.Level, orNil(bond.FallsAt)
}

func orNil(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	return &at
}

// lockRelation holds the relation's row until the transaction ends, and makes it when there is none.
func (s *Service) lockRelation(tx *gorm.DB, alliance, store, member models.ID) (models.Relation, error) {
	var r models.Relation
	find := func() error { return db.Lock(tx).Where("store_id = ? AND member_id = ?", store, member).Take(&r).Error }
	err := find()
	if !db.IsNotFound(err) {
		return r, err
	}
	fresh := models.Relation{ID: models.NewID(), AllianceID: alliance, StoreID: store, MemberID: member, Tags: []string{}, UpdatedAt: s.Clock.Now()}
	if err := db.OnConflictSkip(tx).Create(&fresh).Error; err != nil {
		return r, err
	}
	return r, find()
}
