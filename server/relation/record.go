package relation

import (
	"bytes"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// Visit is what there is to record. Amount is what was paid, in fen. Points and What are for a store that honours points: how
// many it takes, and what it gives for them; and for a check-in: how many the host gives the guest, and for what.
// Reference is unique in the alliance (ASCII, at most 120 characters): recorded twice, a visit counts once. New is for a
// reference that names what this transaction makes itself: it need not be looked for. At is when it happened; zero is now.
type Visit struct {
	Alliance, Store, Member models.ID
	Kind                    models.VisitKind
	Amount                  int64
	Points                  int64
	What                    string
	By                      models.ID // account of the staff
	Reference               string
	New                     bool
	At                      time.Time
}

// Record notes a visit in the caller's transaction: the points that a purchase earns or that are spent, the facts and the
// level of the relation, and the event visit.recorded. A reference that is known is answered with its visit, and nothing
// is changed. Errors: not_found (store or member of another street), member_left, visit_reference_reused, and
// balance_too_low where a member spends more points than there are; the transaction cannot go on after it.
func (s *Service) Record(tx *gorm.DB, in Visit) (models.Visit, error) {
	visits, err := s.RecordAll(tx, in)
	if err != nil {
		return models.Visit{}, err
	}
	return visits[0], nil
}

// RecordAll is Record for visits of one street, all or none, and returns them in their order.
func (s *Service) RecordAll(tx *gorm.DB, in ...Visit) ([]models.Visit, error) {
	visits, what := make([]models.Visit, len(in)), make(map[models.ID]string, len(in))
	for i, v := range in {
		visits[i] = s.visit(v)
		what[visits[i].ID] = v.What
	}
	street, err := s.admit(tx, visits)
	if err != nil {
		return nil, err
	}
	for i := range visits {
		if v := &visits[i]; v.Bought() {
			v.Points = models.PointsFor(v.Amount, street.PointsPerYuan)
		}
	}
	visits, fresh, err := enter(tx, visits, !slices.ContainsFunc(in, func(v Visit) bool { return !v.New }))
	if err != nil {
		return nil, err
	}
	return visits, s.follow(tx, street, fresh, what)
}

// enter writes visits down; all are what there is then, and fresh those that were not there before.
func enter(tx *gorm.DB, visits []models.Visit, areNew bool) (all, fresh []models.Visit, err error) {
	if areNew {
		return visits, visits, db.Create(tx, &visits)
	}
	made := db.OnConflictSkip(tx).Create(&visits)
	if made.Error != nil || made.RowsAffected == int64(len(visits)) {
		return visits, visits, made.Error
	}
	return recorded(tx, visits)
}

// visit is a visit to be.
func (s *Service) visit(in Visit) models.Visit {
	v := models.Visit{
		ID: models.NewID(), AllianceID: in.Alliance, StoreID: in.Store, MemberID: in.Member, Kind: in.Kind, Amount: in.Amount,
		ByID: in.By, Reference: in.Reference, At: in.At.UTC().Truncate(time.Microsecond),
	}
	if in.At.IsZero() {
		v.At = s.Clock.Now()
	}
	if v.Kind == models.VisitHonour || v.Kind == models.VisitCheckIn {
		v.Points = in.Points
	}
	return v
}

// admit checks whom and where visits are about. What will post waits for the ledger before it locks anything else.
func (s *Service) admit(tx *gorm.DB, visits []models.Visit) (models.Alliance, error) {
	ctx, alliance := tx.Statement.Context, visits[0].AllianceID
	street, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return street, err
	}
	if slices.ContainsFunc(visits, models.Visit.Posts) {
		if _, err := s.Ledger.Lock(tx, alliance); err != nil {
			return street, err
		}
	}
	var stores, members []models.ID
	for _, v := range visits {
		stores, members = append(stores, v.StoreID), append(members, v.MemberID)
	}
	for _, id := range distinct(stores) {
		if _, err := s.Pool.Store(ctx, alliance, id); err != nil {
			return street, err
		}
	}
	return street, s.mustBeHere(ctx, alliance, distinct(members))
}

// mustBeHere refuses members of another street, and those who have left. Errors: not_found, member_left.
func (s *Service) mustBeHere(ctx context.Context, alliance models.ID, ids []models.ID) error {
	members, err := s.Pool.Members(ctx, alliance, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		m, found := members[id]
		switch {
		case !found:
			return models.ErrNotFound
		case m.Left():
			return ErrLeft
		}
	}
	return nil
}

func distinct(ids []models.ID) []models.ID {
	slices.SortFunc(ids, func(a, b models.ID) int { return bytes.Compare(a[:], b[:]) })
	return slices.Compact(ids)
}

// recorded answers for visits some of whose references are there already; fresh are the others. Error: visit_reference_reused.
func recorded(tx *gorm.DB, visits []models.Visit) (all, fresh []models.Visit, err error) {
	references := make([]string, len(visits))
	for i, v := range visits {
		references[i] = v.Reference
	}
	var rows []models.Visit
	if err := tx.Where("alliance_id = ? AND reference IN ?", visits[0].AllianceID, references).Find(&rows).Error; err != nil {
		return nil, nil, err
	}
	first := make(map[string]models.Visit, len(rows))
	for _, row := range rows {
		first[row.Reference] = row
	}
	for _, v := range visits {
		known := first[v.Reference]
		if !same(known, v) {
			return nil, nil, ErrReference
		}
		if known.ID == v.ID {
			fresh = append(fresh, v)
		}
		all = append(all, known)
	}
	return all, fresh, nil
}

func same(a, b models.Visit) bool {
	spent := a.Kind != models.VisitHonour || a.Points == b.Points
	return spent && a.StoreID == b.StoreID && a.MemberID == b.MemberID && a.Kind == b.Kind && a.Amount == b.Amount
}

// follow carries out what new visits bring with them; what says for what points were spent.
func (s *Service) follow(tx *gorm.DB, street models.Alliance, visits []models.Visit, what map[models.ID]string) error {
	if len(visits) == 0 {
		return nil
	}
	var entries []ledger.Entry
	pairs, events := make([]pair, len(visits)), make([]models.VisitRecorded, len(visits))
	for i, v := range visits {
		if v.Points > 0 {
			entries = append(entries, pointsEntry(v, what[v.ID]))
		}
		pairs[i], events[i] = pair{v.StoreID, v.MemberID}, told(v)
		s.cardChanged(tx, v)
	}
	if err := s.refresh(tx, street, pairs...); err != nil {
		return err
	}
	if _, err := s.Ledger.Post(tx, street.ID, entries...); err != nil {
		return err
	}
	return outbox.AddAll(s.Outbox, tx, street.ID, models.EventVisitRecorded, events)
}

// pointsEntry moves a visit's points: from the store to the member, or back to a store that honours them, with what it
// gave for them.
func pointsEntry(v models.Visit, what string) ledger.Entry {
	e := ledger.Entry{
		Debit: models.StorePoints(v.StoreID), Credit: models.MemberPoints(v.MemberID), Amount: v.Points, Kind: models.KindPointsIssued,
		Reference: pointsReference(v.ID), New: true, Member: v.MemberID, Store: v.StoreID, Visit: v.ID, At: v.At,
	}
	switch v.Kind {
	case models.VisitHonour:
		e.Debit, e.Credit, e.Kind, e.Reason = e.Credit, e.Debit, models.KindPointsSpent, what
	case models.VisitCheckIn:
		e.Reason = what
	}
	return e
}

func pointsReference(visit models.ID) string { return "visit:" + visit.String() + ":points" }

func told(v models.Visit) models.VisitRecorded {
	return models.VisitRecorded{VisitID: v.ID, StoreID: v.StoreID, MemberID: v.MemberID, Kind: v.Kind, Amount: v.Amount, At: v.At}
}

// cardChanged tells the member's card that its points are others.
func (s *Service) cardChanged(tx *gorm.DB, v models.Visit) {
	if v.Points == 0 || s.Signal == nil {
		return
	}
	db.AfterCommit(tx, func() { s.Signal(v.AllianceID, "member:"+v.MemberID.String(), "card", map[string]any{}) })
}
