package settlement

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// Mark is what a party says of a payment of a month: that it paid, or received it; not Given takes that back. Party is a store, or
// the alliance's own id for its fund. Note says how: 现金, 微信, 转账.
type Mark struct {
	Alliance, Party, Account, Payment models.ID
	Month                             string
	Given                             bool
	Note                              string
}

// Mark records one side's word on a payment. When both sides have said it, the payment goes into the ledger, once, and
// stands. Saying the same again changes nothing. Errors: not_found for a payment of others, payment_settled.
func (s *Service) Mark(ctx context.Context, m Mark) error {
	return s.DB.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := s.Ledger.Lock(tx, m.Alliance); err != nil {
			return err
		}
		closed, err := find[models.Settlement](tx, m.Alliance, "month = ?", m.Month)
		if err != nil {
			return err
		}
		p, err := find[models.SettlementPayment](tx, m.Alliance, "id = ? AND settlement_id = ? AND (from_id = ? OR to_id = ?)", m.Payment, closed.ID, m.Party, m.Party)
		if err != nil {
			return err
		}
		marks, err := marksOf(tx, p.ID)
		if err != nil {
			return err
		}
		return s.mark(tx, p, marks[p.ID], m)
	})
}

func (s *Service) mark(tx *gorm.DB, p models.SettlementPayment, marks []models.PaymentMark, m Mark) error {
	side := sideOf(p, m.Party)
	if same(marks, side, m.Given) {
		return nil
	}
	if models.PaymentAfter(marks) == models.PaymentSettled {
		return ErrSettled
	}
	row := models.PaymentMark{
		ID: models.NewID(), AllianceID: p.AllianceID, PaymentID: p.ID, Step: len(marks) + 1, Side: side, Given: m.Given,
		Note: strings.TrimSpace(m.Note), AccountID: m.Account, At: s.Clock.Now(),
	}
	if err := tx.Create(&row).Error; err != nil {
		return err
	}
	if models.PaymentAfter(append(marks, row)) == models.PaymentSettled {
		if err := s.post(tx, p); err != nil {
			return err
		}
	}
	return s.Outbox.Add(tx, p.AllianceID, models.EventPaymentMarked, models.PaymentMarked{PaymentID: p.ID, Side: side, Given: m.Given, Step: row.Step})
}

// same tells whether a side has said that already.
func same(marks []models.PaymentMark, side models.PaymentSide, given bool) bool {
	payer, payee := models.MarksStanding(marks)
	if side == models.SidePayer {
		return (payer != nil) == given
	}
	return (payee != nil) == given
}

func sideOf(p models.SettlementPayment, party models.ID) models.PaymentSide {
	if p.FromID == party {
		return models.SidePayer
	}
	return models.SidePayee
}

// post takes a payment off both accounts: the payer owes so much less, the payee is owed so much less.
func (s *Service) post(tx *gorm.DB, p models.SettlementPayment) error {
	_, err := s.Ledger.Post(tx, p.AllianceID, ledger.Entry{
		Debit: account(p.AllianceID, p.ToID), Credit: account(p.AllianceID, p.FromID), Amount: p.Amount,
		Kind: models.KindPayment, Reference: paymentReference(p.ID),
	})
	return err
}

func paymentReference(payment models.ID) string { return "payment:" + payment.String() }

// marksOf reads the marks of payments, in order.
func marksOf(r *gorm.DB, payments ...models.ID) (map[models.ID][]models.PaymentMark, error) {
	var rows []models.PaymentMark
	if len(payments) == 0 {
		return nil, nil
	}
	err := r.Where("payment_id IN ?", payments).Order("payment_id, step").Find(&rows).Error
	marks := map[models.ID][]models.PaymentMark{}
	for _, m := range rows {
		marks[m.PaymentID] = append(marks[m.PaymentID], m)
	}
	return marks, err
}
