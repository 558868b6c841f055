package helper

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// waitingMost is how many questions of one member may wait at once.
const waitingMost = 5

// pass hands a question to a person: the staff of the store that it names, or the coordinator. The same question of the
// same member waits once.
func (s *Service) pass(ctx context.Context, p *identity.Principal, question string) error {
	street, err := s.Pool.Street(ctx, p.AllianceID)
	if err != nil {
		return err
	}
	row := models.HelperQuestion{ID: models.NewID(), AllianceID: p.AllianceID, MemberID: p.MemberID, Text: question, State: models.QuestionOpen, CreatedAt: s.Clock.Now()}
	text := plain(question)
	for _, one := range street.Stores {
		if named(text, one.StoreRef) {
			row.StoreID = one.ID
			break
		}
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := db.Find[models.Member](db.Lock(tx), "id = ?", p.MemberID); err != nil {
			return err
		}
		var open []models.HelperQuestion
		if err := tx.Where("member_id = ? AND state = ?", p.MemberID, models.QuestionOpen).Find(&open).Error; err != nil {
			return err
		}
		for _, q := range open {
			if q.Text == question {
				return nil
			}
		}
		if len(open) >= waitingMost {
			return ErrMany
		}
		s.tellDesk(tx, p.AllianceID, row.StoreID)
		return tx.Create(&row).Error
	})
}

// tellDesk lets a store's screens count again, once the transaction has committed; the coordinator looks by themselves.
func (s *Service) tellDesk(tx *gorm.DB, alliance, store models.ID) {
	if !store.IsZero() {
		db.AfterCommit(tx, func() { s.Signal(alliance, "desk:"+store.String(), "helper.changed", map[string]any{}) })
	}
}

// Questions lists what waits for a store's staff, or for the coordinator (the zero store), the oldest first.
func (s *Service) Questions(ctx context.Context, alliance, store models.ID) ([]models.HelperQuestion, error) {
	rows := []models.HelperQuestion{}
	err := of(s.DB.Read(ctx), alliance, store).Where("state = ?", models.QuestionOpen).Order("created_at, id").Limit(200).Find(&rows).Error
	return rows, err
}

// Answer answers a question: the member gets a letter, and with ways to ask it the answer is taught. An empty text sets it
// aside. Of two who answer at once one does. Errors: not_found, already_answered, text_too_long; with ways to ask, those of
// Teach.
func (s *Service) Answer(ctx context.Context, p *identity.Principal, store, id models.ID, in AnswerBody) error {
	text := models.PlainText(in.Text)
	if len([]rune(text)) > answerLength {
		return ErrTooLong.With(answerLength).At("/text")
	}
	now, state := s.Clock.Now(), models.QuestionReplied
	if text == "" {
		state = models.QuestionSetAside
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		q, err := db.Find[models.HelperQuestion](of(tx, p.AllianceID, store), "id = ?", id)
		if err != nil {
			return err
		}
		done := tx.Model(&models.HelperQuestion{}).Where("id = ? AND state = ?", id, models.QuestionOpen).
			Updates(map[string]any{"state": state, "answer": text, "answered_by": p.AccountID, "answered_at": now})
		if done.Error != nil {
			return done.Error
		}
		if done.RowsAffected == 0 {
			return ErrAnswered
		}
		s.tellDesk(tx, p.AllianceID, store)
		if text == "" {
			return nil
		}
		if len(in.Teach) > 0 {
			if _, err := s.learn(tx, p.AllianceID, store, Lesson{Words: in.Teach, Text: text}); err != nil {
				return err
			}
		}
		return s.Outbox.Add(tx, p.AllianceID, models.EventQuestionAnswered, models.QuestionAnswered{QuestionID: id, MemberID: q.MemberID, StoreID: store, At: now})
	})
}

// export is what a member has asked.
func (s *Service) export(_ context.Context, tx *gorm.DB, m models.Member) (any, error) {
	rows := []models.HelperQuestion{}
	err := tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Order("created_at, id").Find(&rows).Error
	return rows, err
}

// leave removes the questions of a member who leaves.
func (s *Service) leave(_ context.Context, tx *gorm.DB, m models.Member) error {
	return tx.Where("alliance_id = ? AND member_id = ?", m.AllianceID, m.ID).Delete(&models.HelperQuestion{}).Error
}
