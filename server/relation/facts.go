package relation

import (
	"strings"
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

// pair is a store and a member: a relation's two ends.
type pair struct{ store, member models.ID }

// of narrows rows that have store_id and member_id to some pairs.
func of(pairs []pair) (where string, args []any) {
	for _, p := range pairs {
		args = append(args, p.store, p.member)
	}
	return "(store_id = ? AND member_id = ?)" + strings.Repeat(" OR (store_id = ? AND member_id = ?)", len(pairs)-1), args
}

// histories reads what happened between stores and members: narrow picks the rows, by store_id and member_id.
func histories(tx *gorm.DB, narrow string, args ...any) (map[pair]*history, error) {
	all := map[pair]*history{}
	return all, db.FindAll(tx, askHistories(tx, all, narrow, args...)...)
}

// askHistories asks for what histories reads.
func askHistories(tx *gorm.DB, all map[pair]*history, narrow string, args ...any) []db.Query {
	between := func(p pair) *history {
		if all[p] == nil {
			all[p] = &history{}
		}
		return all[p]
	}
	var visits []models.Visit
	var parts []models.Participation
	return []db.Query{
		{Of: tx.Select("store_id", "member_id", "kind", "amount", "at").Where("cancelled_at IS NULL").Where(narrow, args...), Into: &visits, Then: func() {
			for _, v := range visits {
				between(pair{v.StoreID, v.MemberID}).seen(v)
			}
		}},
		{Of: tx.Select("store_id", "member_id", "kind", "at").Where(narrow, args...), Into: &parts, Then: func() {
			for _, p := range parts {
				between(pair{p.StoreID, p.MemberID}).tookPart(p)
			}
		}},
	}
}

func historyOf(tx *gorm.DB, store, member models.ID) (history, error) {
	all, err := histories(tx, "store_id = ? AND member_id = ?", store, member)
	if h := all[pair{store, member}]; h != nil {
		return *h, err
	}
	return history{}, err
}

// setRelations writes what follows from histories.
var setRelations = db.Update{
	Table: "relations", Key: []string{"id"},
	Set: []string{"visits", "purchases", "spent", "took_part", "brought", "last_visit_at", "last_active_at", "level", "falls_at", "updated_at"},
}

// refresh computes relations anew from everything that happened and writes them down. Their rows are locked first, so that
// of two changes at once the later one sees both.
func (s *Service) refresh(tx *gorm.DB, street models.Alliance, pairs ...pair) error {
	var happened map[pair]*history
	narrow, args := of(pairs)
	relations, err := s.lockRelations(tx, street.ID, pairs, func() []db.Query {
		happened = map[pair]*history{}
		return askHistories(tx, happened, narrow, args...)
	})
	if err != nil {
		return err
	}
	now, rows := s.Clock.Now(), []any{}
	for _, r := range relations {
		var h history
		if known := happened[pair{r.StoreID, r.MemberID}]; known != nil {
			h = *known
		}
		s.judge(&r, h, street.QuietDays)
		rows = append(rows, r.ID, r.Visits, r.Purchases, r.Spent, r.TookPart, r.Brought, r.LastVisitAt, r.LastActiveAt, r.Level, r.FallsAt, now)
	}
	return setRelations.Late(tx, rows)
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

// nothing is asked for besides.
func nothing() []db.Query { return nil }

// lockRelations holds relations' rows until the transaction ends, and makes those that are not there. Besides says what is
// asked for under that lock, anew each time it is called.
func (s *Service) lockRelations(tx *gorm.DB, alliance models.ID, pairs []pair, besides func() []db.Query) ([]models.Relation, error) {
	narrow, args := of(pairs)
	missing := map[pair]bool{}
	for _, p := range pairs {
		missing[p] = true
	}
	var found []models.Relation
	find := func() error {
		return db.FindAll(tx, append([]db.Query{{Of: db.Lock(tx).Where(narrow, args...), Into: &found}}, besides()...)...)
	}
	if err := find(); err != nil {
		return nil, err
	}
	for _, r := range found {
		delete(missing, pair{r.StoreID, r.MemberID})
	}
	if len(missing) == 0 {
		return found, nil
	}
	fresh := make([]models.Relation, 0, len(missing))
	for p := range missing {
		fresh = append(fresh, models.Relation{ID: models.NewID(), AllianceID: alliance, StoreID: p.store, MemberID: p.member, Tags: []string{}, UpdatedAt: s.Clock.Now()})
	}
	if err := db.OnConflictSkip(tx).Create(&fresh).Error; err != nil {
		return nil, err
	}
	return found, find()
}
