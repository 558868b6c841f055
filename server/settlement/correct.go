package settlement

import (
	"context"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// maxCorrection is a million yuan, in fen.
const maxCorrection = 100_000_000

// Correction is what a coordinator puts right: Amount fen from one party to another, for a reason of 8 to 400
// characters. A zero From or To is the alliance's fund; Statement is the one that it answers, or zero.
type Correction struct {
	Alliance, Account   models.ID
	From, To, Statement models.ID
	Amount              int64
	Reason              string
}

// Correct posts a correction. It falls into the month that is running, whatever it is about.
// Errors: correction_party, correction_same, correction_amount, correction_reason, not_found for the statement.
func (s *Service) Correct(ctx context.Context, c Correction) (models.Correction, error) {
	var row models.Correction
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		var err error
		if row, err = s.correction(tx, c); err != nil {
			return err
		}
		if _, err := s.Ledger.Post(tx, c.Alliance, s.correctionEntry(row)); err != nil {
			return err
		}
		if err := tx.Create(&row).Error; err != nil {
			return err
		}
		return s.Outbox.Add(tx, c.Alliance, models.EventCorrectionPosted, models.CorrectionPosted{CorrectionID: row.ID})
	})
	return row, err
}

// correction checks what a coordinator asks for.
func (s *Service) correction(tx *gorm.DB, c Correction) (models.Correction, error) {
	reason, ok := words(c.Reason)
	row := models.Correction{
		ID: models.NewID(), AllianceID: c.Alliance, Amount: c.Amount, Reason: reason, StatementID: c.Statement, AccountID: c.Account, At: s.Clock.Now(),
	}
	switch {
	case c.From == c.To:
		return row, ErrSameParty
	case c.Amount < 1 || c.Amount > maxCorrection:
		return row, ErrAmount
	case !ok:
		return row, ErrReason
	}
	if !c.Statement.IsZero() {
		if _, err := find[models.Statement](tx, c.Alliance, "id = ?", c.Statement); err != nil {
			return row, err
		}
	}
	var err error
	if row.FromID, err = s.party(tx, c.Alliance, c.From, "/from"); err != nil {
		return row, err
	}
	row.ToID, err = s.party(tx, c.Alliance, c.To, "/to")
	return row, err
}

func (s *Service) party(tx *gorm.DB, alliance, store models.ID, pointer string) (models.ID, error) {
	if store.IsZero() {
		return alliance, nil
	}
	var n int64
	err := tx.Model(&models.Store{}).Where("id = ? AND alliance_id = ?", store, alliance).Count(&n).Error
	if err == nil && n == 0 {
		err = ErrParty.At(pointer)
	}
	return store, err
}

func (s *Service) correctionEntry(c models.Correction) ledger.Entry {
	return ledger.Entry{
		Debit: account(c.AllianceID, c.FromID), Credit: account(c.AllianceID, c.ToID), Amount: c.Amount,
		Kind: models.KindCorrection, Reference: correctionReference(c.ID), Reason: c.Reason, At: c.At,
	}
}

func correctionReference(id models.ID) string { return "correction:" + id.String() }
