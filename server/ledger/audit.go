package ledger

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/platform/db"
)

// Finding names a row that does not hold, and why.
type Finding struct {
	Check    string // "ledger.transfers", "coupon.stock", …
	Alliance models.ID
	Table    string
	Row      string // the row's id or key
	Seq      int64  // of a transfer; 0 elsewhere
	Problem  string
}

// String is the finding as the command line prints it.
func (f Finding) String() string {
	place := ""
	if f.Seq > 0 {
		place = fmt.Sprintf(", seq %d", f.Seq)
	}
	return fmt.Sprintf("%s: %s row %s%s of alliance %s: %s", f.Check, f.Table, f.Row, place, f.Alliance, f.Problem)
}

// Check looks for the first row that does not hold; nil when all do. It reads through r only.
type Check func(ctx context.Context, r *gorm.DB) (*Finding, error)

// Checks are what the audit looks at after the ledger itself, in the order they were added.
type Checks struct {
	names []string
	run   []Check
}

// Add registers a feature's check; call it at wiring. name says feature and subject: "coupon.stock".
func (c *Checks) Add(name string, check Check) {
	c.names, c.run = append(c.names, name), append(c.run, check)
}

// Report is what an audit saw. Finding is nil when every row holds.
type Report struct {
	Alliances int
	Accounts  int
	Transfers int64
	Passed    []string // names of the checks that hold
	Finding   *Finding
}

// Audit recomputes the books from the rows alone.
type Audit struct {
	db     *db.DB
	checks *Checks
}

// NewAudit returns an audit of a database with the features' checks.
func NewAudit(d *db.DB, checks *Checks) *Audit { return &Audit{db: d, checks: checks} }

// Audit audits this service's database.
func (s *Service) Audit() *Audit { return NewAudit(s.db, &s.Checks) }

// Run recomputes every transfer's leaf, the numbering, what follows what, every balance and limit, then carries out the
// features' checks; all of it on the database as it is at one moment. It stops at the first row that does not hold and
// names it in the report. The error is for what kept it from reading.
func (a *Audit) Run(ctx context.Context) (Report, error) {
	var report Report
	err := snapshot(ctx, a.db, func(r *gorm.DB) error {
		report = Report{}
		if err := a.ledgers(r, &report); err != nil || report.Finding != nil {
			return err
		}
		return a.features(ctx, r, &report)
	})
	return report, err
}

func (a *Audit) ledgers(r *gorm.DB, report *Report) error {
	var alliances []models.ID
	err := r.Raw("SELECT alliance_id FROM ledger_heads UNION SELECT alliance_id FROM ledger_accounts" +
		" UNION SELECT DISTINCT alliance_id FROM ledger_transfers ORDER BY alliance_id").Scan(&alliances).Error
	if err != nil {
		return err
	}
	for _, alliance := range alliances {
		if err := auditOne(r, alliance, report); err != nil || report.Finding != nil {
			return err
		}
	}
	report.Passed = append(report.Passed, "ledger.transfers", "ledger.balances")
	return nil
}

func (a *Audit) features(ctx context.Context, r *gorm.DB, report *Report) error {
	for i, check := range a.checks.run {
		found, err := check(ctx, r)
		if err != nil {
			return fmt.Errorf("check %s: %w", a.checks.names[i], err)
		}
		if found != nil {
			found.Check = a.checks.names[i]
			report.Finding = found
			return nil
		}
		report.Passed = append(report.Passed, a.checks.names[i])
	}
	return nil
}

// auditOne walks one alliance's transfers in order, then compares its accounts and its head.
func auditOne(r *gorm.DB, alliance models.ID, report *Report) error {
	w, err := newWalk(r, alliance)
	if err != nil {
		return err
	}
	report.Alliances++
	report.Accounts += len(w.accounts)
	report.Finding, err = w.transfers(r)
	report.Transfers += w.seq
	if err != nil || report.Finding != nil {
		return err
	}
	if report.Finding, err = w.head(r); err != nil || report.Finding != nil {
		return err
	}
	report.Finding = w.balances()
	return nil
}
