package notify

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
)

// statementsOut tells every store of a street that its statement of the month waits for it.
func (s *Service) statementsOut(_ context.Context, tx *gorm.DB, e outbox.Event, p models.SettlementClosed) error {
	var statements []models.Statement
	err := tx.Where("alliance_id = ? AND settlement_id = ? AND party_id <> ?", e.AllianceID, p.SettlementID, e.AllianceID).Order("id").Find(&statements).Error
	for i := 0; err == nil && i < len(statements); i++ {
		st := statements[i]
		err = s.tellDesk(tx, deskDraft{
			alliance: e.AllianceID, store: st.PartyID, kind: models.DeskStatementOut, reference: "statement:" + st.ID.String(), at: e.At,
			amount: st.Net, facts: facts{Title: p.Month, Paid: st.Net},
		})
	}
	return err
}

// statementSaid tells a store's staff that one of them has disputed the statement, and what became of that.
func (s *Service) statementSaid(_ context.Context, tx *gorm.DB, e outbox.Event, p models.StatementSaid) error {
	kind := models.DeskStatementDisputed
	switch p.Kind {
	case models.AnswerConfirm:
		return nil // nothing is left to do about it
	case models.AnswerReply:
		kind = models.DeskStatementReplied
	case models.AnswerDispute:
	}
	st, err := db.Find[models.Statement](tx, "id = ? AND alliance_id = ?", p.StatementID, e.AllianceID)
	if err != nil {
		return err
	}
	closed, err := db.Find[models.Settlement](tx, "id = ?", st.SettlementID)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: s.storeOf(e, st.PartyID), kind: kind, reference: fmt.Sprintf("statement:%s:%d", st.ID, p.Step), at: e.At,
		facts: facts{Title: closed.Month},
	})
}

// storeOf is a party as the desk knows it: the fund has none.
func (s *Service) storeOf(e outbox.Event, party models.ID) models.ID {
	if party == e.AllianceID {
		return models.ID{}
	}
	return party
}

// paymentMarked tells the other side of a payment, and both when it is settled.
func (s *Service) paymentMarked(ctx context.Context, tx *gorm.DB, e outbox.Event, p models.PaymentMarked) error {
	payment, err := db.Find[models.SettlementPayment](tx, "id = ? AND alliance_id = ?", p.PaymentID, e.AllianceID)
	if err != nil {
		return err
	}
	closed, err := db.Find[models.Settlement](tx, "id = ?", payment.SettlementID)
	if err != nil {
		return err
	}
	var marks []models.PaymentMark
	if err := tx.Where("payment_id = ? AND step <= ?", payment.ID, p.Step).Order("step").Find(&marks).Error; err != nil {
		return err
	}
	by, other := payment.FromID, payment.ToID
	if p.Side == models.SidePayee {
		by, other = other, by
	}
	kind := models.DeskPaymentMarked
	switch {
	case models.PaymentAfter(marks) == models.PaymentSettled:
		kind = models.DeskPaymentSettled
	case !p.Given:
		kind = models.DeskPaymentTakenBack
	}
	name, err := s.nameOf(ctx, e, by)
	if err != nil {
		return err
	}
	return s.tellDesk(tx, deskDraft{
		alliance: e.AllianceID, store: s.storeOf(e, other), kind: kind, reference: fmt.Sprintf("payment:%s:%d", payment.ID, p.Step), at: e.At,
		facts: facts{Title: closed.Month, Store: name, Paid: payment.Amount, Ours: p.Side == models.SidePayee},
	})
}

// nameOf is what a party is called on a desk; empty is the alliance.
func (s *Service) nameOf(ctx context.Context, e outbox.Event, party models.ID) (string, error) {
	if party == e.AllianceID {
		return "", nil
	}
	store, err := s.Pool.Store(ctx, e.AllianceID, party)
	return store.Name, err
}

// correctionPosted tells both stores that the coordinator put something right between them.
func (s *Service) correctionPosted(_ context.Context, tx *gorm.DB, e outbox.Event, p models.CorrectionPosted) error {
	c, err := db.Find[models.Correction](tx, "id = ? AND alliance_id = ?", p.CorrectionID, e.AllianceID)
	if err != nil {
		return err
	}
	for party, amount := range map[models.ID]int64{c.FromID: -c.Amount, c.ToID: c.Amount} {
		err := s.tellDesk(tx, deskDraft{
			alliance: e.AllianceID, store: s.storeOf(e, party), kind: models.DeskCorrection, reference: "correction:" + c.ID.String(), at: e.At,
			amount: amount, facts: facts{Title: c.Reason},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settlementLine finds the words for what a desk notice tells of a closed month.
func settlementLine(kind models.DeskKind, f facts) (text, detail models.Text) {
	who := models.Same(f.Store)
	if f.Store == "" {
		who = models.Text{ZH: "联盟", EN: "The alliance"}
	}
	sum := models.Same(models.Yuan(max(f.Paid, -f.Paid)))
	switch kind {
	case models.DeskStatementOut:
		return both("%s对账单出来了", "The statement of %s is out", monthSaid(f.Title)), owedSaid(f.Paid, sum)
	case models.DeskStatementDisputed:
		return both("%s对账单，我们提了异议", "We disputed the statement of %s", monthSaid(f.Title)), models.Text{ZH: "协调人会答复", EN: "The coordinator will reply"}
	case models.DeskStatementReplied:
		return both("%s对账单，协调人答复了", "The coordinator replied about the statement of %s", monthSaid(f.Title)), models.Text{ZH: "看看对不对，对了就确认", EN: "Look again, and confirm it when it is right"}
	case models.DeskPaymentMarked:
		if f.Ours {
			return both("%s说收到了 %s", "%s says that %s was received", who, sum), models.Text{ZH: "我们也记一笔，账就清了", EN: "When we record it too, it is settled"}
		}
		return both("%s说付了 %s", "%s says that %s was paid", who, sum), models.Text{ZH: "收到了就记一笔，账就清了", EN: "When we have it and record it, it is settled"}
	case models.DeskPaymentTakenBack:
		return both("%s把 %s 那笔撤回了", "%s took back the record of %s", who, sum), monthSaid(f.Title)
	case models.DeskPaymentSettled:
		return both("和%s的账清了，%s", "Settled with %s: %s", who, sum), both("%s，两边都记了", "%s, recorded by both", monthSaid(f.Title))
	case models.DeskCorrection:
		return models.Text{ZH: "协调人记了一笔更正", EN: "The coordinator posted a correction"}, models.Same(f.Title)
	}
	return models.Same(f.Title), models.Text{}
}

func owedSaid(net int64, sum models.Text) models.Text {
	switch {
	case net > 0:
		return both("该收 %s，看看对不对", "%s to receive; see whether it is right", sum)
	case net < 0:
		return both("该付 %s，看看对不对", "%s to pay; see whether it is right", sum)
	}
	return models.Text{ZH: "不收不付，看看对不对", EN: "Even; see whether it is right"}
}

// monthSaid tells "2026-10" as people do: 10 月.
func monthSaid(month string) models.Text {
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return models.Same(month)
	}
	return models.Text{ZH: at.Format("1 月"), EN: at.Format("January")}
}
