package relation

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// onVisits counts for inviters: a member they brought has bought in a store for the first time. What counts already, by an
// earlier purchase, stays as it is.
func (s *Service) onVisits(ctx context.Context, tx *gorm.DB, told []outbox.Told[models.VisitRecorded]) error {
	street, members, references := told[0].AllianceID, []models.ID{}, []string{}
	for _, v := range told {
		members, references = append(members, v.What.MemberID), append(references, brought(v.What.StoreID, v.What.MemberID))
	}
	var rows []models.Participation
	counted := db.Query{Of: tx.Select("reference", "at").Where("alliance_id = ? AND reference IN ?", street, references), Into: &rows}
	if err := db.FindAll(tx, s.Pool.AskMembers(tx, street, members), counted); err != nil {
		return err
	}
	known, err := s.Pool.Members(ctx, street, members)
	if err != nil {
		return err
	}
	since := make(map[string]time.Time, len(rows))
	for _, p := range rows {
		since[p.Reference] = p.At
	}
	for i, v := range told {
		first, counts := since[references[i]]
		if !bought(v.What) || counts && !v.What.At.Before(first) {
			continue
		}
		if err := s.countBrought(tx, known[v.What.MemberID], v.What.StoreID); err != nil {
			return err
		}
	}
	return nil
}

// onCancelled takes back what counted for an inviter, or counts it from the next purchase: the first was taken back.
func (s *Service) onCancelled(ctx context.Context, tx *gorm.DB, e outbox.Event, v models.VisitRecorded) error {
	if !bought(v) {
		return nil
	}
	m, err := s.Pool.Member(ctx, e.AllianceID, v.MemberID)
	if err != nil {
		return err
	}
	return s.countBrought(tx, m, v.StoreID)
}

func bought(v models.VisitRecorded) bool {
	return models.Visit{Kind: v.Kind, Amount: v.Amount}.Bought()
}

// countBrought counts for a member's inviter from the time when the member first bought in a store.
func (s *Service) countBrought(tx *gorm.DB, m models.Member, store models.ID) error {
	if m.InviterID.IsZero() {
		return nil
	}
	first, err := firstPurchase(tx, store, m.ID)
	if err != nil {
		return err
	}
	p := models.Participation{
		AllianceID: m.AllianceID, StoreID: store, MemberID: m.InviterID, Kind: models.TookPartBrought,
		Reference: brought(store, m.ID), At: first,
	}
	moved := tx.Where("alliance_id = ? AND reference = ? AND at <> ?", p.AllianceID, p.Reference, first).Delete(&models.Participation{})
	if moved.Error != nil {
		return moved.Error
	}
	return s.take(tx, p, moved.RowsAffected > 0)
}

// onOriginMoved gives what counted for one inviter to the other: a decision over an objection has made them the one who
// brought the member in.
func (s *Service) onOriginMoved(_ context.Context, tx *gorm.DB, e outbox.Event, m models.OriginMoved) error {
	if m.FromInviter == m.ToInviter {
		return nil
	}
	var stores []models.ID
	err := tx.Model(&models.Visit{}).Distinct("store_id").Where("alliance_id = ? AND member_id = ? AND cancelled_at IS NULL AND amount > 0", e.AllianceID, m.MemberID).
		Where("kind IN ?", []models.VisitKind{models.VisitPurchase, models.VisitRedemption}).Order("store_id").Pluck("store_id", &stores).Error
	for i := 0; err == nil && i < len(stores); i++ {
		err = s.moveBrought(tx, e.AllianceID, stores[i], m)
	}
	return err
}

func (s *Service) moveBrought(tx *gorm.DB, alliance, store models.ID, m models.OriginMoved) error {
	first, err := firstPurchase(tx, store, m.MemberID)
	if err != nil {
		return err
	}
	p := models.Participation{
		AllianceID: alliance, StoreID: store, MemberID: m.FromInviter, Kind: models.TookPartBrought, Reference: brought(store, m.MemberID), At: first,
	}
	taken := tx.Where("alliance_id = ? AND reference = ? AND member_id = ?", alliance, p.Reference, m.FromInviter).Delete(&models.Participation{})
	if taken.Error != nil {
		return taken.Error
	}
	p.At = time.Time{}
	if err := s.take(tx, p, taken.RowsAffected > 0); err != nil {
		return err
	}
	p.MemberID, p.At = m.ToInviter, first
	return s.take(tx, p, false)
}

// brought names the participation of whoever brought a member who bought in a store.
func brought(store, member models.ID) string {
	return "brought:" + store.String() + ":" + member.String()
}

// firstPurchase is when a member first bought in a store; the zero time when they have not.
func firstPurchase(tx *gorm.DB, store, member models.ID) (time.Time, error) {
	var first models.Visit
	err := tx.Select("at").Where("store_id = ? AND member_id = ? AND cancelled_at IS NULL AND amount > 0", store, member).
		Where("kind IN ?", []models.VisitKind{models.VisitPurchase, models.VisitRedemption}).Order("at").Limit(1).Take(&first).Error
	return first.At, db.IfNone(err, nil)
}

func (s *Service) onPost(_ context.Context, tx *gorm.DB, e outbox.Event, p models.PostCreated) error {
	return s.take(tx, models.Participation{
		AllianceID: e.AllianceID, StoreID: p.StoreID, MemberID: p.MemberID, Kind: models.TookPartPost, Reference: "post:" + p.PostID.String(), At: p.At,
	}, false)
}

func (s *Service) onComment(_ context.Context, tx *gorm.DB, e outbox.Event, c models.CommentCreated) error {
	return s.take(tx, models.Participation{
		AllianceID: e.AllianceID, StoreID: c.StoreID, MemberID: c.MemberID, Kind: models.TookPartComment, Reference: "comment:" + c.CommentID.String(), At: c.At,
	}, false)
}

// onTalk counts a talk with the store's staff, once a day.
func (s *Service) onTalk(_ context.Context, tx *gorm.DB, e outbox.Event, t models.ChatTalked) error {
	return s.take(tx, models.Participation{
		AllianceID: e.AllianceID, StoreID: t.StoreID, MemberID: t.MemberID, Kind: models.TookPartTalk,
		Reference: "talk:" + t.ConversationID.String() + ":" + t.Day, At: t.At,
	}, false)
}

// take writes a participation down, once, and computes the relation anew when anything has changed. One without a time
// is none. What is about no store, by no member or by one who has left counts for nothing.
func (s *Service) take(tx *gorm.DB, p models.Participation, changed bool) error {
	if p.StoreID.IsZero() || p.MemberID.IsZero() {
		return nil
	}
	if _, err := s.member(tx, p.AllianceID, p.MemberID); err != nil {
		if errors.Is(err, ErrLeft) {
			return nil
		}
		return err
	}
	if !p.At.IsZero() {
		p.ID = models.NewID()
		made := db.OnConflictSkip(tx).Create(&p)
		if made.Error != nil {
			return made.Error
		}
		changed = changed || made.RowsAffected > 0
	}
	if !changed {
		return nil
	}
	return s.recompute(tx, p.AllianceID, p.StoreID, p.MemberID)
}

func (s *Service) recompute(tx *gorm.DB, alliance, store, member models.ID) error {
	street, err := s.Pool.Alliance(tx.Statement.Context, alliance)
	if err != nil {
		return err
	}
	return s.refresh(tx, street, pair{store, member})
}
