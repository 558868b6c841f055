package referral

import (
	"context"
	"time"

	"onestreet/models"
	"onestreet/server/ledger"
)

// Period is the part of the ledger that a month is made of. Once a street closes its months, a month is a range of the
// ledger's numbers and not of dates: what is recorded later falls into the next.
type Period struct {
	Month    string
	Span     ledger.Span
	ClosedAt *time.Time // set when the month is closed
	ClosesAt *time.Time // of the running month
}

// Periods tells the period of a month ("2026-10"; empty is the running one), and false for a street that has not closed
// any yet.
type Periods func(ctx context.Context, a models.Alliance, month string) (Period, bool, error)

// OnPeriods lets the feature that closes months tell what they are made of.
func (s *Service) OnPeriods(f Periods) { s.periods = f }

// period is what a month is made of. Error: month.
func (s *Service) period(ctx context.Context, a models.Alliance, month string) (Period, error) {
	named, since, to, err := s.bounds(a, month)
	if err != nil {
		return Period{}, err
	}
	if s.periods != nil {
		if p, known, err := s.periods(ctx, a, month); err != nil || known {
			return p, err
		}
	}
	return Period{Month: named, Span: ledger.Span{Since: since, To: to}}, nil
}

// monthOf is the street's month at a time.
func monthOf(a models.Alliance, at time.Time) string { return a.Local(at).Format("2006-01") }

// bounds are the first moments of a local month and of the next. Error: month.
func (s *Service) bounds(a models.Alliance, month string) (string, time.Time, time.Time, error) {
	if month == "" {
		month = monthOf(a, s.Clock.Now())
	}
	since, err := time.ParseInLocation("2006-01", month, a.Location())
	if err != nil || since.Year() < 2000 {
		return "", time.Time{}, time.Time{}, ErrMonth
	}
	return month, since, since.AddDate(0, 1, 0), nil
}
