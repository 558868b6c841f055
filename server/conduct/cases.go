package conduct

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/platform/db"
)

// Moderates tells whether somebody may decide: a coordinator, or a member whom one made a moderator. Error: not_moderator.
func (s *Service) Moderates(ctx context.Context, p *identity.Principal) error {
	if p.Coordinator {
		return nil
	}
	var n int64
	err := s.DB.Read(ctx).Model(&models.ConductModerator{}).Where("alliance_id = ? AND account_id = ?", p.AllianceID, p.AccountID).Count(&n).Error
	if err == nil && n == 0 {
		err = ErrModerator
	}
	return err
}

// Decisions on a case.
const (
	DecideShow   = "show"   // it stands, or is shown now
	DecideRemove = "remove" // it goes, and nothing is held against its author
	DecideStrike = "strike" // it is an advert
)

// keeps lets those decide in a feed who look after the street, or after the circle. Error: not_moderator.
func (s *Service) keeps(tx *gorm.DB, by *identity.Principal, feed string) error {
	err := s.Moderates(tx.Statement.Context, by)
	if err == nil || feed == models.StreetFeed || feed == "" || !errors.Is(err, ErrModerator) {
		return err
	}
	keeps, failed := s.board.Keeps(tx, by, feed)
	if failed == nil && keeps {
		return nil
	}
	if failed != nil && !errors.Is(failed, models.ErrNotFound) {
		return failed
	}
	return err
}

// caseOf holds the row of a case that somebody may decide. Errors: not_moderator, not_found to a moderator of the street.
func (s *Service) caseOf(tx *gorm.DB, by *identity.Principal, id models.ID) (models.ConductCase, error) {
	c, err := db.Find[models.ConductCase](db.Lock(tx), "id = ? AND alliance_id = ?", id, by.AllianceID)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return c, err
	}
	if refused := s.keeps(tx, by, c.Feed); refused != nil {
		return c, refused
	}
	return c, err
}

// Decide decides an open case; words say why, and may be empty. Nobody decides on their own words. Errors: words,
// not_moderator, not_found, case_decided.
func (s *Service) Decide(ctx context.Context, by *identity.Principal, id models.ID, decision, words string) error {
	words, err := wordedOrNot(words)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		c, err := s.caseOf(tx, by, id)
		if err != nil {
			return err
		}
		if !c.State.Open() || c.AccountID == by.AccountID {
			return ErrDecided
		}
		was, now := c.State, s.Clock.Now()
		c.State = map[string]models.CaseState{DecideShow: models.CasePassed, DecideRemove: models.CaseRemoved, DecideStrike: models.CaseStruck}[decision]
		c.Reason = words
		err = tx.Model(&c).Updates(map[string]any{"state": c.State, "decided_at": now, "decided_by": by.AccountID, "reason": words}).Error
		if err != nil {
			return err
		}
		if err := s.carryOut(tx, c, was, by.AccountID); err != nil {
			return err
		}
		if err := s.Outbox.Add(tx, c.AllianceID, models.EventCaseDecided, models.CaseDecided{CaseID: c.ID, WasHeld: was == models.CaseHeld, At: now}); err != nil {
			return err
		}
		s.doubt(tx, c)
		if c.State == models.CaseStruck && !c.AccountID.IsZero() {
			return nil // the strike has its own line
		}
		return s.note(tx, models.ConductLine{AllianceID: c.AllianceID, ByID: by.AccountID, What: decision, AccountID: c.AccountID, CaseID: c.ID, Feed: c.Feed, Words: c.Text, Why: words})
	})
}

// carryOut does what was decided: a struck text that was held is kept, for an appeal may bring it back.
func (s *Service) carryOut(tx *gorm.DB, c models.ConductCase, was models.CaseState, by models.ID) error {
	switch {
	case c.State == models.CasePassed && was == models.CaseHeld:
		if err := s.trust(tx, c); err != nil {
			return err
		}
		return s.board.Show(tx, c)
	case c.State == models.CaseRemoved && was == models.CaseHeld:
		return s.board.Drop(tx, c)
	case c.State != models.CasePassed && was == models.CaseShown:
		if err := s.board.TakeDown(tx, c); err != nil {
			return err
		}
	}
	if c.State == models.CaseStruck && !c.AccountID.IsZero() {
		return s.strike(tx, c, by)
	}
	return nil
}

// trust lets the author's next posts through without a look.
func (s *Service) trust(tx *gorm.DB, c models.ConductCase) error {
	if err := s.holdStanding(tx, c.AllianceID, c.AccountID); err != nil {
		return err
	}
	return tx.Model(&models.ConductStanding{}).Where("alliance_id = ? AND account_id = ?", c.AllianceID, c.AccountID).Update("passed", true).Error
}

// Report tells the moderators of a post, or of a comment under it, once a neighbour. Errors: words, not_found, own_post.
func (s *Service) Report(ctx context.Context, by *identity.Principal, post, comment models.ID, words string) error {
	words, err := worded(words)
	if err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		w, subject, err := s.said(tx, by.AllianceID, post, comment)
		if err != nil {
			return err
		}
		if w.Account == by.AccountID {
			return ErrOwn
		}
		w.Why = "report"
		if _, err := s.open(tx, w, subject, models.CaseShown, nil); err != nil {
			return err
		}
		c, err := db.Find[models.ConductCase](db.Lock(tx), "subject_id = ?", subject)
		if err != nil {
			return err
		}
		made := db.OnConflictSkip(tx).Create(&models.ConductReport{CaseID: c.ID, AccountID: by.AccountID, AllianceID: by.AllianceID, Reason: words, CreatedAt: s.Clock.Now()})
		if made.Error != nil || made.RowsAffected == 0 {
			return made.Error
		}
		return tx.Model(&c).Update("reports", gorm.Expr("reports + 1")).Error
	})
}

// said reads what was said, as words.
func (s *Service) said(tx *gorm.DB, alliance, post, comment models.ID) (Weighed, models.ID, error) {
	p, err := db.Find[models.Post](tx, "id = ? AND alliance_id = ? AND deleted_at IS NULL", post, alliance)
	if err != nil {
		return Weighed{}, post, err
	}
	w := Weighed{Words: Words{Alliance: alliance, Account: p.AccountID, Member: p.MemberID, Store: p.StoreID, Kind: "post", Feed: p.Feed, Text: p.Text}}
	if comment.IsZero() {
		return w, p.ID, nil
	}
	c, err := db.Find[models.PostComment](tx, "id = ? AND post_id = ? AND deleted_at IS NULL", comment, p.ID)
	w.Account, w.Member, w.Store, w.Kind, w.Post, w.Text = c.AccountID, c.MemberID, c.StoreID, "comment", p.ID, c.Text
	return w, c.ID, err
}
