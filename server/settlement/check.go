package settlement

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
)

// check draws every settlement of a street anew from the ledger and compares row by row.
func (s *Service) check(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var all []models.Settlement
	if err := r.Where("alliance_id = ?", alliance).Order("month").Find(&all).Error; err != nil {
		return nil, err
	}
	var end int64
	if err := r.Model(&models.Transfer{}).Where("alliance_id = ?", alliance).Select("COALESCE(MAX(seq), 0)").Scan(&end).Error; err != nil {
		return nil, err
	}
	var last models.Settlement
	for _, closed := range all {
		if problem := rangeProblem(last, closed, end); problem != "" {
			return finding(alliance, "settlements", closed.ID, problem), nil
		}
		if found, err := s.checkOne(r, closed); found != nil || err != nil {
			return found, err
		}
		last = closed
	}
	return nil, nil
}

func finding(alliance models.ID, table string, row models.ID, problem string) *ledger.Finding {
	return &ledger.Finding{Alliance: alliance, Table: table, Row: row.String(), Problem: problem}
}

func rangeProblem(last, closed models.Settlement, end int64) string {
	switch {
	case closed.FromSeq != last.ToSeq:
		return fmt.Sprintf("begins after seq %d, but the month before ends at %d", closed.FromSeq, last.ToSeq)
	case closed.ToSeq > end:
		return fmt.Sprintf("ends at seq %d, but the ledger ends at %d", closed.ToSeq, end)
	}
	return ""
}

func (s *Service) checkOne(r *gorm.DB, closed models.Settlement) (*ledger.Finding, error) {
	tallies := ledger.Tallies{}
	if err := s.Ledger.AddUp(r, closed.AllianceID, span(closed), tallies); err != nil {
		return nil, err
	}
	drawn, err := draw(closed, tallies)
	if errors.Is(err, ErrUnbalanced) {
		return finding(closed.AllianceID, "settlements", closed.ID, "its statements do not come to zero"), nil
	}
	if err != nil {
		return nil, err
	}
	if found, err := checkStatements(r, closed, drawn); found != nil || err != nil {
		return found, err
	}
	return checkPayments(r, closed, drawn)
}

func checkStatements(r *gorm.DB, closed models.Settlement, drawn sheet) (*ledger.Finding, error) {
	var stored []models.Statement
	if err := r.Where("settlement_id = ?", closed.ID).Order("party_id").Find(&stored).Error; err != nil {
		return nil, err
	}
	for i, st := range stored {
		if i >= len(drawn.statements) || drawn.statements[i].PartyID != st.PartyID {
			return finding(closed.AllianceID, "statements", st.ID, "is of a party that the ledger does not know in that month"), nil
		}
		want := drawn.statements[i]
		want.ID = st.ID
		if st != want {
			return finding(closed.AllianceID, "statements", st.ID, fmt.Sprintf("says %s, but its transfers come to %s", told(st), told(want))), nil
		}
		if worth := models.PointsWorth(st.PointsHonoured-st.PointsIssued, closed.PointsRate); st.PartyID != closed.AllianceID && st.PointsValue != worth {
			return finding(closed.AllianceID, "statements", st.ID, fmt.Sprintf("settles its points for %d fen, but they are worth %d", st.PointsValue, worth)), nil
		}
		if found, err := checkLines(r, st, drawn.lines[st.PartyID]); found != nil || err != nil {
			return found, err
		}
	}
	if len(stored) < len(drawn.statements) {
		return finding(closed.AllianceID, "settlements", closed.ID, "lacks the statement of "+drawn.statements[len(stored)].PartyID.String()), nil
	}
	return nil, nil
}

func told(st models.Statement) string {
	return fmt.Sprintf("%d fen earned, %d owed, %d and %d points worth %d", st.Earned, st.Owed, st.PointsIssued, st.PointsHonoured, st.PointsValue)
}

func checkLines(r *gorm.DB, st models.Statement, want []models.StatementLine) (*ledger.Finding, error) {
	var stored []models.StatementLine
	if err := r.Where("statement_id = ?", st.ID).Order("position").Find(&stored).Error; err != nil {
		return nil, err
	}
	for i, l := range stored {
		if i >= len(want) {
			return finding(st.AllianceID, "statement_lines", l.ID, "has no transfers"), nil
		}
		w := want[i]
		w.ID, w.StatementID = l.ID, st.ID
		if l != w {
			return finding(st.AllianceID, "statement_lines", l.ID, fmt.Sprintf("says %d over %d, but its transfers are %d over %d", l.Count, l.Amount, w.Count, w.Amount)), nil
		}
	}
	if len(stored) < len(want) {
		return finding(st.AllianceID, "statements", st.ID, fmt.Sprintf("lacks line %d", len(stored)+1)), nil
	}
	return nil, nil
}

// checkPayments compares the payments with those that the net figures come to: so they settle everyone, and are few.
func checkPayments(r *gorm.DB, closed models.Settlement, drawn sheet) (*ledger.Finding, error) {
	var stored []models.SettlementPayment
	if err := r.Where("settlement_id = ?", closed.ID).Order("position").Find(&stored).Error; err != nil {
		return nil, err
	}
	for i, p := range stored {
		if i >= len(drawn.payments) {
			return finding(closed.AllianceID, "settlement_payments", p.ID, "settles nothing"), nil
		}
		want := drawn.payments[i]
		want.ID = p.ID
		if p != want {
			return finding(closed.AllianceID, "settlement_payments", p.ID, fmt.Sprintf("is over %d fen, but %d are to be paid", p.Amount, want.Amount)), nil
		}
	}
	if len(stored) < len(drawn.payments) {
		return finding(closed.AllianceID, "settlements", closed.ID, fmt.Sprintf("lacks payment %d", len(stored)+1)), nil
	}
	return nil, nil
}

// checkRecords looks at what was said of statements and payments, and that the ledger has what follows from it.
func (s *Service) checkRecords(_ context.Context, r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	for _, check := range []func(*gorm.DB, models.ID) (*ledger.Finding, error){checkAnswers, checkMarks, checkCorrections} {
		if found, err := check(r, alliance); found != nil || err != nil {
			return found, err
		}
	}
	return nil, nil
}

func checkAnswers(r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	var rows []models.StatementAnswer
	if err := r.Where("alliance_id = ?", alliance).Order("statement_id, step").Find(&rows).Error; err != nil {
		return nil, err
	}
	var said []models.StatementAnswer
	for _, a := range rows {
		if len(said) > 0 && said[0].StatementID != a.StatementID {
			said = nil
		}
		if a.Step != len(said)+1 || !models.StateAfter(said).Takes(a.Kind) {
			return finding(alliance, "statement_answers", a.ID, fmt.Sprintf("is answer %d, a %s, to a statement that is %s", a.Step, a.Kind, models.StateAfter(said))), nil
		}
		said = append(said, a)
	}
	return nil, nil
}

// moved is a transfer by which the ledger bears something out.
type moved struct {
	ID, DebitID, CreditID models.ID
	Reference             string
	Amount                int64
}

// movedBy reads the transfers of a kind that stand, by reference.
func movedBy(r *gorm.DB, alliance models.ID, kind string) (map[string]moved, error) {
	var rows []moved
	err := r.Model(&models.Transfer{}).Select("id, debit_id, credit_id, reference, amount").
		Where("alliance_id = ? AND kind = ? AND step = ?", alliance, kind, models.StepSingle).Find(&rows).Error
	byReference := make(map[string]moved, len(rows))
	for _, m := range rows {
		byReference[m.Reference] = m
	}
	return byReference, err
}

// bears tells whether the transfer moves that amount between the two.
func (m moved) bears(alliance, debit, credit models.ID, amount int64) bool {
	return m.DebitID == models.AccountID(alliance, account(alliance, debit)) && m.CreditID == models.AccountID(alliance, account(alliance, credit)) && m.Amount == amount
}

// strayMove names the first transfer that no row of ours tells of.
func strayMove(alliance models.ID, left map[string]moved, problem string) *ledger.Finding {
	references := make([]string, 0, len(left))
	for reference := range left {
		references = append(references, reference)
	}
	if len(references) == 0 {
		return nil
	}
	return finding(alliance, "ledger_transfers", left[slices.Min(references)].ID, problem)
}

func checkMarks(r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	paid, err := movedBy(r, alliance, models.KindPayment)
	if err != nil {
		return nil, err
	}
	var rows []models.PaymentMark
	if err := r.Where("alliance_id = ?", alliance).Order("payment_id, step").Find(&rows).Error; err != nil {
		return nil, err
	}
	byPayment := map[models.ID][]models.PaymentMark{}
	for _, m := range rows {
		marks := byPayment[m.PaymentID]
		if m.Step != len(marks)+1 || same(marks, m.Side, m.Given) || models.PaymentAfter(marks) == models.PaymentSettled {
			return finding(alliance, "payment_marks", m.ID, fmt.Sprintf("is mark %d of a payment that is %s", m.Step, models.PaymentAfter(marks))), nil
		}
		byPayment[m.PaymentID] = append(marks, m)
	}
	var payments []models.SettlementPayment
	if err := r.Where("alliance_id = ?", alliance).Order("id").Find(&payments).Error; err != nil {
		return nil, err
	}
	for _, p := range payments {
		m, there := paid[paymentReference(p.ID)]
		settled := models.PaymentAfter(byPayment[p.ID]) == models.PaymentSettled
		if settled != there || there && !m.bears(alliance, p.ToID, p.FromID, p.Amount) {
			return finding(alliance, "settlement_payments", p.ID, "is "+string(models.PaymentAfter(byPayment[p.ID]))+", and the ledger has another"), nil
		}
		delete(paid, paymentReference(p.ID))
	}
	return strayMove(alliance, paid, "pays a settlement that is not there"), nil
}

func checkCorrections(r *gorm.DB, alliance models.ID) (*ledger.Finding, error) {
	posted, err := movedBy(r, alliance, models.KindCorrection)
	if err != nil {
		return nil, err
	}
	var rows []models.Correction
	if err := r.Where("alliance_id = ?", alliance).Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	for _, c := range rows {
		if m, there := posted[correctionReference(c.ID)]; !there || !m.bears(alliance, c.FromID, c.ToID, c.Amount) {
			return finding(alliance, "corrections", c.ID, "is not in the ledger as it says"), nil
		}
		delete(posted, correctionReference(c.ID))
	}
	return strayMove(alliance, posted, "corrects without saying who and why"), nil
}
