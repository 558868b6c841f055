package conduct

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

func fineReference(strike models.ID) string { return "strike:" + strike.String() }

// strike holds a case against its author, once. The author's standing is locked, so that two at once are the first and
// the second. By is zero where a rule was sure.
func (s *Service) strike(tx *gorm.DB, c models.ConductCase, by models.ID) error {
	if err := s.holdStanding(tx, c.AllianceID, c.AccountID); err != nil {
		return err
	}
	now := s.Clock.Now()
	var alive int64
	err := tx.Model(&models.ConductStrike{}).Where("alliance_id = ? AND account_id = ? AND expires_at > ? AND state <> ?", c.AllianceID, c.AccountID, now, models.AppealGranted).Count(&alive).Error
	if err != nil {
		return err
	}
	st := models.ConductStrike{
		ID: models.NewID(), AllianceID: c.AllianceID, CaseID: c.ID, AccountID: c.AccountID, MemberID: c.MemberID, Nth: int(alive) + 1, Text: c.Text,
		Rule: c.Rule, Evidence: c.Evidence, DecidedBy: by, CreatedAt: now, ExpiresAt: now.AddDate(0, 0, models.StrikeDays), State: models.AppealNone,
	}
	made := db.OnConflictSkip(tx).Create(&st)
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error
	}
	if err := s.punish(tx, &st); err != nil {
		return err
	}
	if err := s.Outbox.Add(tx, c.AllianceID, models.EventStrikeGiven, models.StrikeGiven{StrikeID: st.ID, At: now}); err != nil {
		return err
	}
	why := c.Reason
	if by.IsZero() {
		why = strings.TrimSpace(c.Rule + " " + c.Evidence)
	}
	return s.note(tx, models.ConductLine{AllianceID: c.AllianceID, ByID: by, What: "strike", AccountID: c.AccountID, CaseID: c.ID, Feed: c.Feed, Words: c.Text, Why: cut(why)})
}

// cut keeps what fits into a reason.
func cut(words string) string {
	runes := []rune(words)
	return string(runes[:min(len(runes), wordsMost)])
}

func (s *Service) holdStanding(tx *gorm.DB, alliance, account models.ID) error {
	if err := db.OnConflictSkip(tx).Create(&models.ConductStanding{AllianceID: alliance, AccountID: account}).Error; err != nil {
		return err
	}
	_, err := s.standing(db.Lock(tx), alliance, account)
	return err
}

// punish takes points for the first two strikes, and puts out at the third.
func (s *Service) punish(tx *gorm.DB, st *models.ConductStrike) error {
	if st.Nth >= models.StrikesOut {
		return s.mute(tx, st.AllianceID, st.AccountID, &st.ExpiresAt)
	}
	rules, err := s.rules(tx, st.AllianceID)
	if err != nil || st.MemberID.IsZero() || rules.Fine == 0 {
		return err
	}
	if st.Points, err = s.fine(tx, *st, rules.Fine); err != nil || st.Points == 0 {
		return err
	}
	return tx.Model(&models.ConductStrike{}).Where("id = ?", st.ID).Update("points", st.Points).Error
}

// fine takes so many points, or as many as there are: nobody owes any.
func (s *Service) fine(tx *gorm.DB, st models.ConductStrike, points int64) (int64, error) {
	if _, err := s.Ledger.Lock(tx, st.AllianceID); err != nil {
		return 0, err
	}
	has, err := s.Ledger.Balance(tx, st.AllianceID, models.MemberPoints(st.MemberID))
	points = min(points, has.Available())
	if err != nil || points < 1 {
		return 0, err
	}
	_, err = s.Ledger.Post(tx, st.AllianceID, ledger.Entry{
		Debit: models.MemberPoints(st.MemberID), Credit: models.IssuerPoints(), Amount: points, Kind: models.KindPointsFine,
		Reference: fineReference(st.ID), Member: st.MemberID, Reason: "街谈里发了广告",
	})
	if errors.Is(err, ledger.ErrTooLow) {
		return 0, nil
	}
	return points, err
}

func (s *Service) mute(tx *gorm.DB, alliance, account models.ID, until *time.Time) error {
	return tx.Model(&models.ConductStanding{}).Where("alliance_id = ? AND account_id = ?", alliance, account).Update("muted_until", until).Error
}

const wordsMost = 200

// worded checks words of 2 to 200 characters.
func worded(text string) (string, error) {
	text = strings.TrimSpace(models.PlainText(text))
	if n := utf8.RuneCountInString(text); n < 2 || n > wordsMost {
		return "", ErrWords.At("/words")
	}
	return text, nil
}

// wordedOrNot also takes no words at all.
func wordedOrNot(text string) (string, error) {
	if strings.TrimSpace(models.PlainText(text)) == "" {
		return "", nil
	}
	return worded(text)
}

// Appeal says what speaks against a strike, once. Errors: words, not_found, appealed.
func (s *Service) Appeal(ctx context.Context, by *identity.Principal, strike models.ID, words string) error {
	words, err := worded(words)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		st, err := db.Find[models.ConductStrike](db.Lock(tx), "id = ? AND alliance_id = ? AND account_id = ?", strike, by.AllianceID, by.AccountID)
		if err != nil {
			return err
		}
		if st.State != models.AppealNone {
			return ErrAppealed
		}
		err = tx.Model(&st).Updates(map[string]any{"appeal": words, "appealed_at": s.Clock.Now(), "state": models.AppealOpen}).Error
		if err != nil {
			return err
		}
		return s.noteStrike(tx, st, by, "appeal", words)
	})
}

// noteStrike writes a line about a strike; words are the reason.
func (s *Service) noteStrike(tx *gorm.DB, st models.ConductStrike, by *identity.Principal, what, words string) error {
	c, err := db.Find[models.ConductCase](tx, "id = ?", st.CaseID)
	if err != nil {
		return err
	}
	return s.note(tx, models.ConductLine{AllianceID: st.AllianceID, ByID: by.AccountID, What: what, AccountID: st.AccountID, CaseID: st.CaseID, Feed: c.Feed, Words: st.Text, Why: words})
}

// strikeOf holds the row of a strike whose appeal somebody may decide: a moderator does not decide on their own strike.
// Errors: not_moderator, not_found to a moderator of the street, own_decision.
func (s *Service) strikeOf(tx *gorm.DB, by *identity.Principal, id models.ID) (models.ConductStrike, error) {
	st, err := db.Find[models.ConductStrike](db.Lock(tx), "id = ? AND alliance_id = ?", id, by.AllianceID)
	var c models.ConductCase
	if err == nil {
		c, err = db.Find[models.ConductCase](tx, "id = ?", st.CaseID)
	}
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return st, err
	}
	if refused := s.keeps(tx, by, c.Feed); refused != nil {
		return st, refused
	}
	if err == nil && !by.Coordinator && st.DecidedBy == by.AccountID {
		return st, ErrOwnStrike
	}
	return st, err
}

// Answer decides an appeal: one that is granted gives the points back, lets speak again and shows the text. Errors:
// not_moderator, words, not_found, no_appeal, own_decision.
func (s *Service) Answer(ctx context.Context, by *identity.Principal, strike models.ID, grant bool, words string) error {
	words, err := worded(words)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		st, err := s.strikeOf(tx, by, strike)
		if err != nil {
			return err
		}
		if st.State != models.AppealOpen || st.AccountID == by.AccountID {
			return ErrNoAppeal
		}
		st.State, st.Answer = models.AppealRefused, words
		if grant {
			st.State = models.AppealGranted
		}
		now := s.Clock.Now()
		err = tx.Model(&st).Updates(map[string]any{"state": st.State, "answer": words, "answered_by": by.AccountID, "answered_at": now}).Error
		if err != nil {
			return err
		}
		if err := s.Outbox.Add(tx, st.AllianceID, models.EventAppealDecided, models.AppealDecided{StrikeID: st.ID, At: now}); err != nil {
			return err
		}
		if grant {
			err = s.undo(tx, st)
		}
		if err != nil {
			return err
		}
		return s.noteStrike(tx, st, by, "appeal_"+string(st.State), words)
	})
}

// undo takes back what a strike did.
func (s *Service) undo(tx *gorm.DB, st models.ConductStrike) error {
	if st.Points > 0 {
		if _, err := s.Ledger.Reverse(tx, st.AllianceID, fineReference(st.ID), fineReference(st.ID)+":back", "申诉成立，积分退回"); err != nil {
			return err
		}
	}
	if st.Nth >= models.StrikesOut {
		if err := s.mute(tx, st.AllianceID, st.AccountID, nil); err != nil {
			return err
		}
	}
	c, err := db.Find[models.ConductCase](db.Lock(tx), "id = ?", st.CaseID)
	if err != nil {
		return err
	}
	if err := tx.Model(&c).Update("state", models.CasePassed).Error; err != nil {
		return err
	}
	if c.Why == "report" || c.Draft == "null" {
		return nil // it was shown before, and is gone
	}
	return s.board.Show(tx, c)
}
