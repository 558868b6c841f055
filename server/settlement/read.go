package settlement

import (
	"context"
	"encoding/base64"

	"gorm.io/gorm"

	"onestreet/models"
)

// Statements lists a store's statements, the newest first.
func (s *Service) Statements(ctx context.Context, alliance, store models.ID) ([]StatementRow, error) {
	r := s.DB.Read(ctx)
	var statements []models.Statement
	err := r.Where("alliance_id = ? AND party_id = ?", alliance, store).Order("id DESC").Find(&statements).Error
	if err != nil {
		return nil, err
	}
	f, err := s.gather(ctx, r, alliance, statements)
	rows := make([]StatementRow, len(statements))
	for i, st := range statements {
		rows[i] = f.row(st)
	}
	return rows, err
}

// Statement is a store's month ("2026-10") in full; the alliance's own id is its fund. Error: not_found.
func (s *Service) Statement(ctx context.Context, alliance, party models.ID, name string) (Statement, error) {
	r := s.DB.Read(ctx)
	st, err := statementOf(r, alliance, party, name)
	if err != nil {
		return Statement{}, err
	}
	f, err := s.gather(ctx, r, alliance, []models.Statement{st})
	if err != nil {
		return Statement{}, err
	}
	return f.statement(r, st)
}

// folder holds what belongs to some statements.
type folder struct {
	names
	street   models.Alliance
	closed   map[models.ID]models.Settlement
	said     map[models.ID][]models.StatementAnswer
	payments map[models.ID][]models.SettlementPayment // by settlement
	marks    map[models.ID][]models.PaymentMark
}

// gather reads what belongs to some statements of a street.
func (s *Service) gather(ctx context.Context, r *gorm.DB, alliance models.ID, statements []models.Statement) (folder, error) {
	settlements, ids := make([]models.ID, len(statements)), make([]models.ID, len(statements))
	for i, st := range statements {
		settlements[i], ids[i] = st.SettlementID, st.ID
	}
	f, err := s.open(ctx, r, alliance, settlements...)
	if err != nil {
		return f, err
	}
	f.said, err = answersOf(r, ids...)
	return f, err
}

// open reads settlements with their payments and marks.
func (s *Service) open(ctx context.Context, r *gorm.DB, alliance models.ID, settlements ...models.ID) (folder, error) {
	f := folder{closed: map[models.ID]models.Settlement{}, payments: map[models.ID][]models.SettlementPayment{}}
	var err error
	if f.street, err = s.Pool.Alliance(ctx, alliance); err != nil {
		return f, err
	}
	f.alliance = alliance
	if f.stores, err = s.Pool.Refs(ctx, alliance); err != nil || len(settlements) == 0 {
		return f, err
	}
	var closed []models.Settlement
	if err := r.Where("+alliance_id = ? AND id IN ?", alliance, settlements).Find(&closed).Error; err != nil {
		return f, err
	}
	for _, c := range closed {
		f.closed[c.ID] = c
	}
	return f, f.readPayments(r, settlements)
}

func (f *folder) readPayments(r *gorm.DB, settlements []models.ID) error {
	var rows []models.SettlementPayment
	if err := r.Where("settlement_id IN ?", settlements).Order("settlement_id, position").Find(&rows).Error; err != nil {
		return err
	}
	ids := make([]models.ID, len(rows))
	for i, p := range rows {
		f.payments[p.SettlementID] = append(f.payments[p.SettlementID], p)
		ids[i] = p.ID
	}
	var err error
	f.marks, err = marksOf(r, ids...)
	return err
}

// of are the payments of a settlement that a party makes or expects.
func (f *folder) of(st models.Statement) []models.SettlementPayment {
	var own []models.SettlementPayment
	for _, p := range f.payments[st.SettlementID] {
		if p.FromID == st.PartyID || p.ToID == st.PartyID {
			own = append(own, p)
		}
	}
	return own
}

func (f *folder) settled(payments []models.SettlementPayment) (n int) {
	for _, p := range payments {
		if models.PaymentAfter(f.marks[p.ID]) == models.PaymentSettled {
			n++
		}
	}
	return n
}

func (f *folder) row(st models.Statement) StatementRow {
	closed, own := f.closed[st.SettlementID], f.of(st)
	return StatementRow{
		ID: st.ID, Month: closed.Month, ClosedAt: closed.ClosedAt, Earned: models.Fen(st.Earned), Owed: models.Fen(st.Owed), Net: models.Fen(st.Net),
		State: models.StateAfter(f.said[st.ID]), Payments: len(own), Settled: f.settled(own),
	}
}

func (f *folder) statement(r *gorm.DB, st models.Statement) (Statement, error) {
	closed := f.closed[st.SettlementID]
	v := Statement{
		StatementRow: f.row(st), Alliance: f.street.Name, Store: f.names.of(st.PartyID), FromSeq: closed.FromSeq, ToSeq: closed.ToSeq,
		Points:  StatementPoints{st.PointsIssued, st.PointsHonoured, models.Fen(closed.PointsRate), models.Fen(st.PointsValue)},
		Answers: answerViews(f.said[st.ID]), Due: []Payment{}, Corrections: []CorrectionView{},
	}
	for _, p := range f.of(st) {
		v.Due = append(v.Due, f.payment(p, closed.Month, f.marks[p.ID], st.PartyID))
	}
	var lines []models.StatementLine
	if err := r.Where("statement_id = ?", st.ID).Order("position").Find(&lines).Error; err != nil {
		return v, err
	}
	v.Groups = f.groups(lines)
	err := f.purse(r, closed, st, &v)
	if err != nil {
		return v, err
	}
	if v.Seal, err = sealOf(r, f.street, closed); err != nil {
		return v, err
	}
	var corrections []models.Correction
	err = r.Where("statement_id = ?", st.ID).Order("at, id").Find(&corrections).Error
	for _, c := range corrections {
		v.Corrections = append(v.Corrections, f.correction(c))
	}
	return v, err
}

// purse says on the treasurer's statement what it pays or collects for the fund, and on the fund's who does.
func (f *folder) purse(r *gorm.DB, closed models.Settlement, st models.Statement, v *Statement) error {
	switch {
	case closed.TreasurerID.IsZero():
	case st.PartyID == closed.AllianceID:
		v.Keeper = f.names.of(closed.TreasurerID)
	case st.PartyID == closed.TreasurerID:
		fund, err := find[models.Statement](r, closed.AllianceID, "settlement_id = ? AND party_id = ?", closed.ID, closed.AllianceID)
		kept := models.Fen(fund.Net)
		v.Kept = &kept
		return err
	}
	return nil
}

// sealOf is the first checkpoint over all of a month; nil before the evening that seals it.
func sealOf(r *gorm.DB, street models.Alliance, closed models.Settlement) (*StatementSeal, error) {
	var first []models.Checkpoint
	err := r.Where("alliance_id = ? AND size >= ?", closed.AllianceID, max(closed.ToSeq, 1)).Order("size").Limit(1).Find(&first).Error
	if err != nil || len(first) == 0 {
		return nil, err
	}
	return &StatementSeal{Origin: street.LedgerOrigin(), Size: first[0].Size, Root: base64.StdEncoding.EncodeToString(first[0].Root), SealedAt: first[0].SealedAt}, nil
}
