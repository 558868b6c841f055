package books

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm"

	"onestreet/models"
	"onestreet/server/ledger"
	"onestreet/server/platform/db"
)

const (
	// longest is how long an audit may run. One that says it runs for longer was cut short with its node.
	longest = time.Hour
	// maxProblem bounds a problem's text in characters.
	maxProblem = 1000
)

// AuditNow begins an audit of a street's books for a coordinator (account) and returns at once; the audit goes on behind
// the request. Errors: audit_running.
func (s *Service) AuditNow(ctx context.Context, alliance, account models.ID) (models.AuditRun, error) {
	run, err := s.begin(ctx, alliance, account, nil)
	if err != nil {
		return run, err
	}
	s.running.Go(func() {
		if _, err := s.carryOut(s.until, run); err != nil {
			s.Log.Error("audit not recorded", slog.String("alliance", alliance.String()), slog.Any("error", err))
		}
	})
	return run, nil
}

// AuditNightly audits the books of every street that the clock has not audited since its last night. It is safe on every
// node: who comes second finds the audit running or done.
func (s *Service) AuditNightly(ctx context.Context) error {
	var streets []models.Alliance
	if err := s.DB.Read(ctx).Order("id").Find(&streets).Error; err != nil {
		return err
	}
	for _, street := range streets {
		if err := s.auditDue(ctx, street); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) auditDue(ctx context.Context, street models.Alliance) error {
	due := func(r *gorm.DB) error { return notSince(r, street.ID, street.AuditDue(s.Clock.Now()).UTC()) }
	err := due(s.DB.Read(ctx))
	if err == nil {
		var run models.AuditRun
		if run, err = s.begin(ctx, street.ID, models.ID{}, due); err == nil {
			_, err = s.carryOut(ctx, run)
		}
	}
	if errors.Is(err, errDone) || errors.Is(err, errRunning) {
		return nil
	}
	return err
}

// errDone says that the clock has audited a street tonight.
var errDone = errors.New("audited already")

// notSince is errDone when the clock has audited a street since.
func notSince(r *gorm.DB, alliance models.ID, since time.Time) error {
	var done int64
	err := r.Model(&models.AuditRun{}).Where("alliance_id = ? AND by_account IS NULL AND started_at >= ? AND state IN ?",
		alliance, since, []models.AuditState{models.AuditPassed, models.AuditFound}).Count(&done).Error
	if err == nil && done > 0 {
		return errDone
	}
	return err
}

// begin writes the run down; the unique key holds that a street has one at a time. due, where there is one, is asked with
// the key in hand: another node's audit may have ended a moment ago. Error: audit_running.
func (s *Service) begin(ctx context.Context, alliance, account models.ID, due func(tx *gorm.DB) error) (models.AuditRun, error) {
	now, one := s.Clock.Now().UTC(), int64(1)
	run := models.AuditRun{ID: models.NewID(), AllianceID: alliance, State: models.AuditRunning, Running: &one, ByAccount: account, StartedAt: now}
	err := s.DB.Tx(ctx, func(tx *gorm.DB) error {
		dead := tx.Model(&models.AuditRun{}).Where("alliance_id = ? AND running = 1 AND started_at < ?", alliance, now.Add(-longest)).
			Updates(map[string]any{"running": nil, "state": models.AuditFailed, "ended_at": now, "problem": "the node that carried it out was stopped"})
		if dead.Error != nil {
			return dead.Error
		}
		if err := tx.Create(&run).Error; err != nil || due == nil {
			return err
		}
		return due(tx)
	})
	if db.IsDuplicate(err) {
		return run, errRunning
	}
	if err == nil {
		s.changed(alliance)
	}
	return run, err
}

// carryOut audits, and writes down what it came to also when it was cut short.
func (s *Service) carryOut(ctx context.Context, run models.AuditRun) (models.AuditRun, error) {
	reading, done := context.WithTimeout(ctx, longest)
	defer done()
	report, err := s.Ledger.Audit().Street(reading, run.AllianceID)
	s.enter(&run, report, err)
	err = s.DB.Tx(context.WithoutCancel(ctx), func(tx *gorm.DB) error {
		return tx.Select("*").Where("running = 1").Updates(&run).Error
	})
	s.changed(run.AllianceID)
	return run, err
}

// enter puts a report into the run's row.
func (s *Service) enter(run *models.AuditRun, report ledger.Report, err error) {
	now := s.Clock.Now().UTC()
	run.State, run.Running, run.EndedAt, run.TookMs = models.AuditPassed, nil, &now, now.Sub(run.StartedAt).Milliseconds()
	run.Transfers, run.Accounts, run.Passed = report.Transfers, int64(report.Accounts), strings.Join(report.Passed, " ")
	switch found := report.Finding; {
	case err != nil:
		run.State, run.Problem = models.AuditFailed, cut(err.Error())
		s.Log.Error("audit could not read", slog.String("alliance", run.AllianceID.String()), slog.Any("error", err))
	case found != nil:
		run.State = models.AuditFound
		run.Check, run.Table, run.Row, run.Seq, run.Problem = found.Check, found.Table, found.Row, found.Seq, cut(found.Problem)
		s.Log.Error("the books do not hold", slog.String("finding", found.String()))
	}
}

func cut(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), maxProblem)])
}

// changed tells the coordinators' screens to ask again.
func (s *Service) changed(alliance models.ID) {
	s.Signal(alliance, "alliance", "audit.changed", map[string]any{})
}
