package settlement

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

const (
	wordsLeast = 8
	wordsMost  = 400
)

// Who answers for a store.
type Who struct{ Alliance, Store, Account models.ID }

// Confirm says for a store that its statement of a month is right. Doing it twice is doing it once; a dispute that was
// open is dropped by it. Error: not_found.
func (s *Service) Confirm(ctx context.Context, who Who, name string) error {
	return s.say(ctx, who, name, models.AnswerConfirm, "")
}

// Dispute says for a store what is wrong with its statement of a month, in 8 to 400 characters.
// Errors: not_found, statement_text, statement_confirmed, statement_disputed.
func (s *Service) Dispute(ctx context.Context, who Who, name, text string) error {
	return s.say(ctx, who, name, models.AnswerDispute, text)
}

// Reply is the coordinator's word to a dispute, in 8 to 400 characters: the store then looks again.
// Errors: not_found, statement_text, statement_no_dispute.
func (s *Service) Reply(ctx context.Context, alliance, account, statement models.ID, text string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		st, err := find[models.Statement](db.Lock(tx), alliance, "id = ?", statement)
		if err != nil {
			return err
		}
		return s.answer(tx, st, models.StatementAnswer{Kind: models.AnswerReply, Text: text, AccountID: account})
	})
}

func (s *Service) say(ctx context.Context, who Who, name string, kind models.AnswerKind, text string) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		st, err := statementOf(tx, who.Alliance, who.Store, name)
		if err != nil {
			return err
		}
		if st, err = find[models.Statement](db.Lock(tx), who.Alliance, "id = ?", st.ID); err != nil {
			return err
		}
		return s.answer(tx, st, models.StatementAnswer{Kind: kind, Text: text, AccountID: who.Account})
	})
}

// answer adds a word to a statement whose row is locked.
func (s *Service) answer(tx *gorm.DB, st models.Statement, a models.StatementAnswer) error {
	text, ok := words(a.Text)
	if a.Kind != models.AnswerConfirm && !ok {
		return ErrWords
	}
	said, err := answersOf(tx, st.ID)
	if err != nil {
		return err
	}
	state := models.StateAfter(said[st.ID])
	if a.Kind == models.AnswerConfirm && state == models.StatementConfirmed {
		return nil
	}
	if !state.Takes(a.Kind) {
		return refusal(state, a.Kind)
	}
	a.ID, a.AllianceID, a.StatementID, a.Step, a.Text, a.At = models.NewID(), st.AllianceID, st.ID, len(said[st.ID])+1, text, s.Clock.Now()
	if err := tx.Create(&a).Error; err != nil {
		return err
	}
	return s.Outbox.Add(tx, st.AllianceID, models.EventStatementSaid, models.StatementSaid{StatementID: st.ID, Kind: a.Kind, Step: a.Step})
}

func refusal(state models.StatementState, kind models.AnswerKind) error {
	switch {
	case kind == models.AnswerReply:
		return ErrNoDispute
	case state == models.StatementConfirmed:
		return ErrConfirmed
	}
	return ErrDisputed
}

// words trims what somebody wrote, and tells whether it is long enough to say something.
func words(text string) (string, bool) {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	return text, n >= wordsLeast && n <= wordsMost
}

// statementOf reads a party's statement of a month. Error: not_found.
func statementOf(r *gorm.DB, alliance, party models.ID, name string) (models.Statement, error) {
	closed, err := find[models.Settlement](r, alliance, "month = ?", name)
	if err != nil {
		return models.Statement{}, err
	}
	return find[models.Statement](r, alliance, "settlement_id = ? AND party_id = ?", closed.ID, party)
}

// answersOf reads what was said of statements, in order.
func answersOf(r *gorm.DB, statements ...models.ID) (map[models.ID][]models.StatementAnswer, error) {
	var rows []models.StatementAnswer
	if len(statements) == 0 {
		return nil, nil
	}
	err := r.Where("statement_id IN ?", statements).Order("statement_id, step").Find(&rows).Error
	said := map[models.ID][]models.StatementAnswer{}
	for _, a := range rows {
		said[a.StatementID] = append(said[a.StatementID], a)
	}
	return said, err
}
