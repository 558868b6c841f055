package relation

import (
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Visit is what there is to record. Amount is what was paid, in fen. Points and What are for a store that honours points: how
// many it takes, and what it gives for them; and for a check-in: how many the host gives the guest, and for what. Reference is unique in the alliance (ASCII, at most 120 characters):
// recorded twice, a visit counts once. At is when it happened; zero is now.
type Visit struct {
	Alliance, Store, Member models.ID
	Kind                    models.VisitKind
	Amount                  int64
	Points                  int64
	What                    string
	By                      models.ID // account of the staff
	Reference               string
	At                      time.Time
}

// Record notes a visit in the caller's transaction: the points that a purchase earns or that are spent, the facts and the
// level of the relation, and the event visit.recorded. A reference that is known is answered with its visit, and nothing
// is changed. Errors: not_found (store or member of another street), member_left, visit_reference_reused, and
// balance_too_low where a member spends more points than there are; the transaction cannot go on after it.
func (s *Service) Record(tx *gorm.DB, in Visit) (models.Visit, error) {
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
	street, err := s.admit(tx, v)
	if err != nil {
		return v, err
	}
	if v.Bought() {
		v.Points = models.PointsFor(v.Amount, street.PointsPerYuan)
	}
	made := db.OnConflictSkip(tx).Create(&v)
	if made.Error != nil {
		return v, made.Error
	}
	if made.RowsAffected == 0 {
		return recorded(tx, v)
	}
	return v, s.follow(tx, street, v, in.What)
}

// admit checks whom and where it is about. What will post waits for the ledger before it locks anything else.
func (s *Service) admit(tx *gorm.DB, v models.Visit) (models.Alliance, error) {
	ctx := tx.Statement.Context
	street, err := s.Pool.Alliance(ctx, v.AllianceID)
	if err != nil {
		return street, err
	}
	if v.Posts() {
		if _, err := s.Ledger.Lock(tx, v.AllianceID); err != nil {
			return street, err
		}
	}
	if _, err := s.Pool.Store(ctx, v.AllianceID, v.StoreID); err != nil {
		return street, err
	}
	_, err = s.member(tx, v.AllianceID, v.MemberID)
	return street, err
}

// recorded answers for a reference that is there already. Error: visit_reference_reused.
func recorded(tx *gorm.DB, v models.Visit) (models.Visit, error) {
	var known models.Visit
	if err := tx.Where("alliance_id = ? AND reference = ?", v.AllianceID, v.Reference).Take(&known).Error; err != nil {
		return known, err
	}
	other := known.Kind == models.VisitHonour && known.Points != v.Points
	if other || known.StoreID != v.StoreID || known.MemberID != v.MemberID || known.Kind != v.Kind || known.Amount != v.Amount {
		return known, ErrReference
	}
	return known, nil
}

// follow carries out what a new visit brings with it.
func (s *Service) follow(tx *gorm.DB, street models.Alliance, v models.Visit, what string) error {
	if v.Points > 0 {
		if _, err := s.Ledger.Post(tx, v.AllianceID, pointsEntry(v, what)); err != nil {
			return err
		}
	}
	if _, err := s.refresh(tx, street, v.StoreID, v.MemberID); err != nil {
		return err
	}
	s.cardChanged(tx, v)
	return s.Outbox.Add(tx, v.AllianceID, models.EventVisitRecorded, told(v))
}

// pointsEntry moves a visit's points: from the store to the member, or back to a store that honours them, with what it
// gave for them.
func pointsEntry(v models.Visit, what string) ledger.Entry {
	e := ledger.Entry{
		Debit: models.StorePoints(v.StoreID), Credit: models.MemberPoints(v.MemberID), Amount: v.Points, Kind: models.KindPointsIssued,
		Reference: pointsReference(v.ID), Member: v.MemberID, Store: v.StoreID, Visit: v.ID, At: v.At,
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

// Cancel takes a visit back in the caller's transaction, because its redemption was reversed or its points were taken by
// mistake: it counts no more, and its points go back. Cancelling twice changes nothing. Errors: not_found, and the ledger's when the points are spent.
func (s *Service) Cancel(tx *gorm.DB, alliance, visit models.ID, reason string) error {
	street, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return err
	}
	done := tx.Model(&models.Visit{}).Where("id = ? AND alliance_id = ? AND cancelled_at IS NULL", visit, alliance).Update("cancelled_at", s.Clock.Now())
	if done.Error != nil {
		return done.Error
	}
	var v models.Visit
	err = tx.Where("id = ? AND alliance_id = ?", visit, alliance).Take(&v).Error
	if db.IsNotFound(err) {
		return models.ErrNotFound
	}
	if err != nil || done.RowsAffected == 0 {
		return err
	}
	return s.unfollow(tx, street, v, reason)
}

func (s *Service) unfollow(tx *gorm.DB, street models.Alliance, v models.Visit, reason string) error {
	if v.Points > 0 {
		reference := pointsReference(v.ID)
		if _, err := s.Ledger.Reverse(tx, v.AllianceID, reference, reference+":back", reason); err != nil {
			return err
		}
	}
	if _, err := s.member(tx, v.AllianceID, v.MemberID); err == nil { // who has left has no relation any more
		if _, err := s.refresh(tx, street, v.StoreID, v.MemberID); err != nil {
			return err
		}
	}
	s.cardChanged(tx, v)
	return s.Outbox.Add(tx, v.AllianceID, models.EventVisitCancelled, told(v))
}
