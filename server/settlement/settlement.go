// Package settlement closes a street's month: one net figure a store, few payments, and everything on record.
//
//	1st of the month, 9:00 ── close ──▶ settlement ──▶ statements ── confirm ─────────────────────────▶ confirmed
//	                                        │               └── dispute ◀──▶ reply (and a correction) ──┘
//	                                        └──▶ payments ── marked by the payer ──┬──▶ settled: a transfer, once
//	                                                     ── marked by the payee ──┘
//
// A month is a range of the ledger's numbers, not of dates. Closing takes the ledger's lock and then everything from
// where the month before ended up to the last transfer there is; so a closed month can never change, and what is recorded
// later falls into the next, whenever it happened. A correction by the coordinator is such a line.
//
// What a party earned and owes is added up from the ledger's rows in that range and netted over the street
// (models.Net), so that there are fewer payments than parties. The parties are the stores and the alliance's fund, which
// owes the credits. One of the stores may keep the fund's purse (the treasurer): then it pays and is paid for the fund,
// only stores pay each other, and there are fewer payments than stores. What the treasurer has in hand for the fund is what
// the two accounts then show: the store owes it, the fund is owed it. Paying is recorded by both sides; when both have said so, a transfer takes the sum off both
// accounts. That is neither earned nor owed, and stands in no statement. Nothing is held in between, so nothing is
// pending: one side's word alone moves no books.
//
// Points are settled in money with the fund, which stands behind every point on the street: at closing a store pays the
// agreed rate for the points that it issued and is paid for those it honoured. A store that honours as many as it issues
// pays nothing; one that gives many and takes few pays for the custom that its points bring to others; and points that
// the alliance itself gave to inviters cost whoever honours them nothing. Each store's points are rounded by themselves,
// and the fund takes the exact opposite, so no fen is lost.
//
// All rows are written once: how a statement or a payment stands follows from what was said of it, in order.
package settlement

import (
	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/identity"
	"onestreet/server/ledger"
	"onestreet/server/platform/clock"
	"onestreet/server/platform/db"
	"onestreet/server/platform/outbox"
	"onestreet/server/pool"
	"onestreet/server/referral"
)

// Deps is what the feature stands on.
type Deps struct {
	DB       *db.DB
	Clock    clock.Clock
	Outbox   *outbox.Outbox
	Identity *identity.Service
	Ledger   *ledger.Service
	Pool     *pool.Service
	Referral *referral.Service
}

// Service is the feature.
type Service struct{ Deps }

// New returns the feature. It tells the ledger's pages what months are made of, explains its own lines there, and adds
// its check to the audit.
func New(d Deps) *Service {
	s := &Service{Deps: d}
	d.Referral.OnPeriods(s.period)
	d.Referral.Explain(models.KindPointsSettled, s.explainPoints)
	d.Referral.Explain(models.KindCorrection, explainCorrections)
	d.Referral.Explain(models.KindPayment, explainPayments)
	d.Referral.Explain(models.KindPrize, explainPrizes)
	d.Ledger.Checks.Add("settlement.statements", s.check, "settlements", "statements", "statement_lines", "settlement_payments")
	d.Ledger.Checks.Add("settlement.records", s.checkRecords, "settlements", "statements", "settlement_payments", "statement_answers", "payment_marks", "corrections")
	return s
}

// account is where a party's money stands; the alliance's own id is its fund.
func account(alliance, party models.ID) models.AccountKey {
	if party == alliance {
		return models.FundFen()
	}
	return models.StoreFen(party)
}

// find reads one row of a street. Error: not_found.
func find[T any](tx *gorm.DB, alliance models.ID, where string, args ...any) (T, error) {
	return db.Find[T](tx.Where("alliance_id = ?", alliance), where, args...)
}
