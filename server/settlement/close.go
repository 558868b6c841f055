package settlement

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

// Close closes a month ("2026-10") for a coordinator, from its end on; closing it again answers with what is closed.
// Months are closed in order. Errors: month, settlement_not_over, settlement_order, not_found.
func (s *Service) Close(ctx context.Context, alliance, by models.ID, name string) (models.Settlement, error) {
	known, err := s.ahead(ctx, alliance)
	if err != nil {
		return models.Settlement{}, err
	}
	var closed models.Settlement
	err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
		a, err := s.Pool.Alliance(tx.Statement.Context, alliance)
		if err != nil {
			return err
		}
		m, err := parseMonth(a, name)
		if err != nil {
			return err
		}
		closed, err = s.close(tx, a, m, by, known)
		return err
	})
	return closed, err
}

// CloseDue closes every month of every street that is due, in order. Every node may run it at any time: whoever comes
// second finds the month closed. A street that fails does not keep the others waiting.
func (s *Service) CloseDue(ctx context.Context) error {
	var streets []models.Alliance
	if err := s.DB.Read(ctx).Order("created_at, id").Find(&streets).Error; err != nil {
		return err
	}
	var failed []error
	for _, a := range streets {
		if err := s.closeStreet(ctx, a); err != nil {
			failed = append(failed, fmt.Errorf("street %s: %w", a.Slug, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) closeStreet(ctx context.Context, a models.Alliance) error {
	for {
		last, err := lastOf(s.DB.Read(ctx), a.ID)
		if err != nil {
			return err
		}
		m, err := following(a, last, s.Clock.Now())
		if err != nil || s.Clock.Now().Before(m.due()) {
			return err
		}
		known, err := s.ahead(ctx, a.ID)
		if err != nil {
			return err
		}
		err = s.DB.Tx(ctx, func(tx *gorm.DB) error {
			_, err := s.close(tx, a, m, models.ID{}, known)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// close writes a month down under the ledger's lock, where nobody posts, or finds it written. known is what was added up
// before the lock.
func (s *Service) close(tx *gorm.DB, a models.Alliance, m month, by models.ID, known reckoning) (models.Settlement, error) {
	head, err := s.Ledger.Lock(tx, a.ID)
	if err != nil {
		return models.Settlement{}, err
	}
	closed, err := find[models.Settlement](tx, a.ID, "month = ?", m.name)
	if !errors.Is(err, models.ErrNotFound) {
		return closed, err
	}
	last, err := s.inTurn(tx, a, m)
	if err != nil {
		return models.Settlement{}, err
	}
	closed = models.Settlement{
		ID: models.NewID(), AllianceID: a.ID, Month: m.name, FromSeq: last.ToSeq, ToSeq: head.Seq, PointsRate: a.PointsRate,
		ClosedAt: s.Clock.Now(), ClosedBy: by,
	}
	if closed.TreasurerID, err = s.treasurer(tx, a); err != nil {
		return closed, err
	}
	if known.after != closed.FromSeq {
		known = since(closed.FromSeq) // another node has closed the month before meanwhile
	}
	if known, err = s.settlePoints(tx, closed, known); err != nil {
		return closed, err
	}
	closed.ToSeq = known.upTo
	if err := writeDown(tx, closed, known.tallies); err != nil {
		return closed, err
	}
	return closed, s.Outbox.Add(tx, a.ID, models.EventSettlementClosed, models.SettlementClosed{SettlementID: closed.ID, Month: m.name})
}

// treasurer is the store that keeps the alliance's purse, as long as it takes part in the street; zero: none does.
func (s *Service) treasurer(tx *gorm.DB, a models.Alliance) (models.ID, error) {
	if a.TreasurerID.IsZero() {
		return models.ID{}, nil
	}
	keeper, err := s.Pool.Store(tx.Statement.Context, a.ID, a.TreasurerID)
	if err != nil || !keeper.Active() {
		return models.ID{}, err
	}
	return keeper.ID, nil
}

// inTurn returns the settlement that a month follows. Errors: settlement_not_over, settlement_order.
func (s *Service) inTurn(tx *gorm.DB, a models.Alliance, m month) (models.Settlement, error) {
	last, err := lastOf(tx, a.ID)
	if err != nil {
		return last, err
	}
	next, err := following(a, last, s.Clock.Now())
	switch {
	case err != nil:
		return last, err
	case s.Clock.Now().Before(m.over()):
		return last, ErrNotOver
	case m.name != next.name:
		return last, ErrOrder.With(next.name)
	}
	return last, nil
}

// lastOf is a street's newest settlement; the zero one where there is none.
func lastOf(r *gorm.DB, alliance models.ID) (models.Settlement, error) {
	last, err := db.Find[models.Settlement](r.Order("month DESC"), "alliance_id = ?", alliance)
	return last, db.IfNone(err, nil)
}

// span is the settlement's part of the ledger.
func span(closed models.Settlement) ledger.Span { return ledger.Numbered(closed.FromSeq, closed.ToSeq) }

// settlePoints posts what each store's points come to in money, and reckons up to the last of these transfers.
func (s *Service) settlePoints(tx *gorm.DB, closed models.Settlement, known reckoning) (reckoning, error) {
	known, err := s.reach(tx, closed.AllianceID, known, closed.ToSeq)
	if err != nil {
		return known, err
	}
	parties := known.tallies.Parties()
	var entries []ledger.Entry
	for _, party := range sorted(parties) {
		if e, any := pointsEntry(closed, party, tally(parties[party])); any {
			entries = append(entries, e)
		}
	}
	if _, err := s.Ledger.Post(tx, closed.AllianceID, entries...); err != nil {
		return known, err
	}
	head, err := s.Ledger.Lock(tx, closed.AllianceID)
	if err != nil {
		return known, err
	}
	return s.reach(tx, closed.AllianceID, known, head.Seq)
}

// pointsEntry is what the fund pays a store for its points, or the other way round; false when it comes to nothing.
func pointsEntry(closed models.Settlement, store models.ID, f figures) (ledger.Entry, bool) {
	worth := models.PointsWorth(f.honoured-f.issued, closed.PointsRate)
	e := ledger.Entry{
		Debit: models.FundFen(), Credit: models.StoreFen(store), Amount: worth, Kind: models.KindPointsSettled,
		Reference: pointsReference(closed, store), Store: store, At: closed.ClosedAt,
	}
	if worth < 0 {
		e.Debit, e.Credit, e.Amount = e.Credit, e.Debit, -worth
	}
	return e, worth != 0
}

func pointsReference(closed models.Settlement, store models.ID) string {
	return "points:" + closed.Month + ":" + store.String()
}
