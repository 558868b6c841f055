package ledger

import (
	"context"
	"fmt"
	"slices"

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

// Check looks for the first row of a street that does not hold; nil when all do. It reads through r only, and nothing of
// another street.
type Check func(ctx context.Context, r *gorm.DB, alliance models.ID) (*Finding, error)

// Checks are what the audit looks at after the ledger itself, in the order they were added.
type Checks struct{ all []namedCheck }

type namedCheck struct {
	name  string
	run   Check
	reads []string
}

// Add registers a feature's check; call it at wiring. name says feature and subject: "coupon.stock". reads are the
// tables it needs besides the ledger's accounts and transfers; a check whose tables are all in an export of the books is
// carried out on the export too, one that names none only on the database.
func (c *Checks) Add(name string, check Check, reads ...string) {
	c.all = append(c.all, namedCheck{name, check, reads})
}

// Within are the checks that need nothing but these tables.
func (c *Checks) Within(tables ...string) Checks {
	var within Checks
	for _, check := range c.all {
		missing := func(table string) bool { return !slices.Contains(tables, table) }
		if len(check.reads) > 0 && !slices.ContainsFunc(check.reads, missing) {
			within.all = append(within.all, check)
		}
	}
	return within
}

// Report is what an audit saw. Finding is nil when every row holds.
type Report struct {
	Alliances int
	Accounts  int
	Transfers int64
	Passed    []string // names of the checks that hold
	Finding   *Finding
}

// Audit recomputes the books from the rows alone. VerifierKey is the key of an alliance's checkpoints; it is asked for
// only where there are some. A Bare audit looks at transfers and accounts that have none of the caches beside them: those
// of an export.
type Audit struct {
	VerifierKey func(models.Alliance) (string, error)
	Bare        bool

	db     *db.DB
	checks *Checks
}

// NewAudit returns an audit of a database with the features' checks.
func NewAudit(d *db.DB, checks *Checks) *Audit {
	return &Audit{db: d, checks: checks, VerifierKey: func(models.Alliance) (string, error) { return "", errKeys }}
}

// Audit audits this service's database.
func (s *Service) Audit() *Audit {
	a := NewAudit(s.db, &s.Checks)
	a.VerifierKey = s.VerifierKey
	return a
}

// own are the names of the checks of the ledger itself.
func (a *Audit) own() []string {
	if a.Bare {
		return []string{"ledger.transfers", "ledger.checkpoints", "ledger.balances"}
	}
	return []string{"ledger.transfers", "ledger.tiles", "ledger.checkpoints", "ledger.balances", "ledger.history"}
}

// Names lists every check in the order in which they are carried out.
func (a *Audit) Names() []string {
	names := a.own()
	for _, check := range a.checks.all {
		names = append(names, check.name)
	}
	return names
}

// Run recomputes, street by street, every transfer's leaf, the numbering, what follows what, the tree's tiles, the
// checkpoints' roots and signatures, every balance and limit, then carries out the features' checks; all of it on the
// database as it is at one moment. It stops at the first row that does not hold and names it in the report. The error is
// for what kept it from reading.
func (a *Audit) Run(ctx context.Context) (Report, error) {
	return a.run(ctx, func(r *gorm.DB) (streets []models.ID, err error) {
		err = r.Raw("SELECT id FROM alliances UNION SELECT alliance_id FROM ledger_heads UNION SELECT alliance_id FROM ledger_accounts" +
			" UNION SELECT DISTINCT alliance_id FROM ledger_transfers ORDER BY 1").Scan(&streets).Error
		return streets, err
	})
}

// Street is Run for one street; it reads nothing of another.
func (a *Audit) Street(ctx context.Context, alliance models.ID) (Report, error) {
	return a.run(ctx, func(*gorm.DB) ([]models.ID, error) { return []models.ID{alliance}, nil })
}

func (a *Audit) run(ctx context.Context, streets func(r *gorm.DB) ([]models.ID, error)) (Report, error) {
	var report Report
	err := snapshot(ctx, a.db, func(r *gorm.DB) error {
		report = Report{}
		alliances, err := streets(r)
		if err != nil {
			return err
		}
		return a.all(ctx, r, alliances, &report)
	})
	return report, err
}

// all carries out check after check, each on every street.
func (a *Audit) all(ctx context.Context, r *gorm.DB, alliances []models.ID, report *Report) error {
	for _, alliance := range alliances {
		if err := a.one(r, alliance, report); err != nil || report.Finding != nil {
			return err
		}
	}
	report.Passed = append(report.Passed, a.own()...)
	for _, check := range a.checks.all {
		if err := check.on(ctx, r, alliances, report); err != nil || report.Finding != nil {
			return err
		}
		report.Passed = append(report.Passed, check.name)
	}
	return nil
}

func (c namedCheck) on(ctx context.Context, r *gorm.DB, alliances []models.ID, report *Report) error {
	for _, alliance := range alliances {
		found, err := c.run(ctx, r, alliance)
		if err != nil {
			return fmt.Errorf("check %s: %w", c.name, err)
		}
		if found != nil {
			found.Check, report.Finding = c.name, found
			return nil
		}
	}
	return nil
}

// one walks one alliance's transfers in order, then compares its head, its seals and its accounts.
func (a *Audit) one(r *gorm.DB, alliance models.ID, report *Report) error {
	w, err := newWalk(r, alliance)
	if err != nil {
		return err
	}
	if w.seals, err = a.newSealAudit(r, alliance); err != nil {
		return err
	}
	if !a.Bare {
		w.past = &pastBalances{alliance: alliance}
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
	if report.Finding, err = w.seals.finding(r); err != nil || report.Finding != nil {
		return err
	}
	if report.Finding = w.balances(); report.Finding != nil {
		return nil
	}
	report.Finding, err = w.past.finished(r)
	return err
}
