package settlement

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
)

// SettlementProgress is a closed month as the coordinator follows it. The fund's statement is not counted: nobody confirms it.
type SettlementProgress struct {
	ID         models.ID    `json:"id"`
	Month      string       `json:"month" example:"2026-10"`
	ClosedAt   time.Time    `json:"closed_at"`
	ByHand     bool         `json:"by_hand" doc:"by a coordinator; else by the clock"`
	Statements int          `json:"statements"`
	Confirmed  int          `json:"confirmed"`
	Disputed   int          `json:"disputed" doc:"waiting for the coordinator"`
	Payments   int          `json:"payments"`
	Settled    int          `json:"settled" doc:"recorded by both sides"`
	Moved      models.Money `json:"moved" doc:"what the payments come to"`
}

// NextClosing is the month that is closed next.
type NextClosing struct {
	Month string    `json:"month"`
	Over  bool      `json:"over" doc:"a coordinator may close it now"`
	DueAt time.Time `json:"due_at" doc:"when the clock closes it"`
}

// SettlementsView is a street's settlements, the newest first, and what comes next.
type SettlementsView struct {
	Items []SettlementProgress `json:"items" nullable:"false"`
	Next  NextClosing          `json:"next"`
}

// Overview shows the coordinator all settlements. Error: not_found.
func (s *Service) Overview(ctx context.Context, alliance models.ID) (SettlementsView, error) {
	r := s.DB.Read(ctx)
	a, err := s.Pool.Alliance(ctx, alliance)
	if err != nil {
		return SettlementsView{}, err
	}
	var all []models.Settlement
	if err := r.Where("alliance_id = ?", alliance).Order("month DESC").Find(&all).Error; err != nil {
		return SettlementsView{}, err
	}
	o := SettlementsView{Items: []SettlementProgress{}}
	for _, closed := range all {
		p, _, _, err := s.progress(ctx, r, closed)
		if err != nil {
			return o, err
		}
		o.Items = append(o.Items, p)
	}
	o.Next, err = s.next(a, append(all, models.Settlement{})[0])
	return o, err
}

func (s *Service) next(a models.Alliance, last models.Settlement) (NextClosing, error) {
	m, err := following(a, last, s.Clock.Now())
	return NextClosing{Month: m.name, Over: !s.Clock.Now().Before(m.over()), DueAt: m.due()}, err
}

// progress counts what was said of a settlement.
func (s *Service) progress(ctx context.Context, r *gorm.DB, closed models.Settlement) (SettlementProgress, folder, []models.Statement, error) {
	var statements []models.Statement
	if err := r.Where("settlement_id = ?", closed.ID).Find(&statements).Error; err != nil {
		return SettlementProgress{}, folder{}, nil, err
	}
	f, err := s.gather(ctx, r, closed.AllianceID, statements)
	p := SettlementProgress{
		ID: closed.ID, Month: closed.Month, ClosedAt: closed.ClosedAt, ByHand: !closed.ClosedBy.IsZero(),
		Payments: len(f.payments[closed.ID]), Settled: f.settled(f.payments[closed.ID]), Moved: models.Fen(0),
	}
	for _, st := range statements {
		if st.PartyID != closed.AllianceID {
			p.count(models.StateAfter(f.said[st.ID]))
		}
	}
	for _, payment := range f.payments[closed.ID] {
		p.Moved.Amount += payment.Amount
	}
	return p, f, statements, err
}

func (p *SettlementProgress) count(state models.StatementState) {
	p.Statements++
	switch state {
	case models.StatementConfirmed:
		p.Confirmed++
	case models.StatementDisputed:
		p.Disputed++
	}
}

// Settlement is a closed month with every statement and payment.
type Settlement struct {
	Progress   SettlementProgress `json:"progress"`
	FromSeq    int64              `json:"from_seq"`
	ToSeq      int64              `json:"to_seq"`
	Rate       models.Money       `json:"rate" doc:"for 100 points"`
	Statements []Statement        `json:"statements" nullable:"false" doc:"what waits for the coordinator first; the fund's at the end"`
	Payments   []Payment          `json:"payments" nullable:"false"`
}

// Settlement shows the coordinator a closed month in full. Error: not_found.
func (s *Service) Settlement(ctx context.Context, alliance models.ID, name string) (Settlement, error) {
	r := s.DB.Read(ctx)
	closed, err := find[models.Settlement](r, alliance, "month = ?", name)
	if err != nil {
		return Settlement{}, err
	}
	p, f, statements, err := s.progress(ctx, r, closed)
	if err != nil {
		return Settlement{}, err
	}
	v := Settlement{
		Progress: p, FromSeq: closed.FromSeq, ToSeq: closed.ToSeq, Rate: models.Fen(closed.PointsRate), Statements: []Statement{}, Payments: []Payment{},
	}
	f.sort(statements)
	for _, st := range statements {
		view, err := f.statement(r, st)
		if err != nil {
			return v, err
		}
		v.Statements = append(v.Statements, view)
	}
	for _, payment := range f.payments[closed.ID] {
		v.Payments = append(v.Payments, f.payment(payment, closed.Month, f.marks[payment.ID], alliance))
	}
	return v, nil
}

var urgency = []models.StatementState{models.StatementDisputed, models.StatementAnswered, models.StatementWaiting, models.StatementConfirmed}

// sort puts what waits for the coordinator first and the fund last; otherwise the largest figure first.
func (f *folder) sort(statements []models.Statement) {
	rank := func(st models.Statement) int {
		if st.PartyID == f.alliance {
			return len(urgency)
		}
		return slices.Index(urgency, models.StateAfter(f.said[st.ID]))
	}
	slices.SortFunc(statements, func(a, b models.Statement) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(max(b.Net, -b.Net), max(a.Net, -a.Net)), cmp.Compare(a.ID.String(), b.ID.String()))
	})
}
